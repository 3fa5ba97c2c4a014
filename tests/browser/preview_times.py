"""How long somebody waits who drops 100,000 rows into the demo, until the first page of their preview is drawn.

`python -m tests.browser.preview_times [DROPS]`: seconds of each drop, upload included, and their median; the first comes while
the server is still starting its jobs and the browser has never drawn a table, so it is told apart.
"""

import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from crm.bench import imports, serving
from tests.browser.conftest import QUIET, installed

ROWS, DROPS = 100_000, 9


def main(drops: int) -> None:
    path = installed()
    if not path:
        raise SystemExit("There is no Chromium here to drop a file into.")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder, file = Path(name), Path(name) / "clients.csv"
        imports.write_list(file, ROWS)
        serving.make_demo(folder)
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        with serving.served(folder) as address:
            page = _signed_in(browser.new_page(), address)
            first, *seconds = [_dropped(page, address, file) for _ in range(drops + 1)]
        browser.close()
    sys.stdout.write(" ".join(f"{one:.2f}" for one in seconds))
    sys.stdout.write(f"\nmedian {statistics.median(seconds):.2f} s, at most {max(seconds):.2f} s")
    sys.stdout.write(f"; the first after the start {first:.2f} s\n")


def _signed_in(page: Page, address: str) -> Page:
    page.goto(f"{address}/login?language=en")
    page.get_by_role("button", name=re.compile("lead", re.IGNORECASE)).first.click()
    page.wait_for_url(re.compile(r"/(?!login)[^/]*$"))
    return page


def _dropped(page: Page, address: str, file: Path) -> float:
    page.goto(f"{address}/imports")
    field = page.get_by_test_id("stFileUploaderDropzoneInput")
    field.wait_for(state="attached")
    page.wait_for_timeout(1500)  # whoever drops a file has looked at the page
    begun = time.monotonic()
    field.set_input_files(file)
    page.wait_for_url(re.compile("step=preview"))
    page.get_by_test_id("stDataFrame").locator("canvas").first.wait_for()
    return time.monotonic() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else DROPS)
