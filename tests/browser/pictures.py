"""The pictures of the README, taken anew: `python -m tests.browser.pictures` makes a demo, opens it and writes them."""

import csv
import io
import re
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from crm.bench import serving
from tests.browser.conftest import QUIET, ROOT, installed

FOLDER = ROOT / ".github" / "pictures"
CLIENT = "Quarry Lane Partners"  # in whose tier and silence the day of their manager begins
SECONDS = 30_000
SETTLED = 2_500  # charts and tables have been drawn


def main() -> None:
    path = installed()
    if not path:
        raise SystemExit("There is no Chromium here to take pictures with.")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        serving.make_demo(folder)
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        with serving.served(folder) as address:
            take(browser, address)
        browser.close()


def take(browser: Browser, address: str) -> None:
    page = _signed_in(browser, address, "Kwame")
    _keep(page, "my_day")
    _open_client(page)
    _keep(page, "client")
    _drop_a_list(page, address)
    _keep(page, "import_preview")
    lead = _signed_in(browser, address, "Samira")
    lead.goto(f"{address}/leadership")
    lead.locator(".js-plotly-plot").first.wait_for(timeout=SECONDS)
    _keep(lead, "leadership")


def _signed_in(browser: Browser, address: str, name: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light", locale="en-GB")
    page.goto(f"{address}/login?language=en")
    page.get_by_role("button", name=re.compile(name)).first.click()
    page.wait_for_url(re.compile(r"/(?!login)[^/]*$"))
    return page


def _open_client(page: Page) -> None:
    page.get_by_text(CLIENT, exact=True).first.click()
    page.wait_for_url(re.compile("/client"), timeout=SECONDS)


def _drop_a_list(page: Page, address: str) -> None:
    page.goto(f"{address}/imports")
    field = page.get_by_test_id("stFileUploaderDropzoneInput")
    field.wait_for(state="attached", timeout=SECONDS)
    page.wait_for_timeout(SETTLED)
    field.set_input_files(_list_of_clients())
    page.wait_for_url(re.compile("step="), timeout=SECONDS)


def _list_of_clients() -> FilePayload:
    """Ten clients of one manager, some of whom rose, one who is new, and one with a manager who does not work here."""
    with (ROOT / "data" / "demo" / "clients.csv").open(encoding="utf-8") as file:
        mine = [row for row in csv.DictReader(file) if row["manager"].startswith("kwame")][:10]
    fields = ["venue", "uid", "name", "tier", "country", "manager"]
    written = io.StringIO()
    writer = csv.DictWriter(written, fields, extrasaction="ignore")
    writer.writeheader()
    writer.writerow({"venue": "OKX", "uid": "743072917935893796", "name": "Saltmarsh Capital", "tier": "VIP2"})
    writer.writerow({"venue": "OKX", "uid": "743072917935893797", "name": "Sunken Spire", "manager": "Quentin"})
    for place, row in enumerate(mine):
        raised = {"tier": f"VIP{int(row['tier'][3:] or 0) + 1}"} if place % 2 == 0 and row["tier"] else {}
        writer.writerow(row | raised)
    return {"name": "book_of_kwame.csv", "mimeType": "text/csv", "buffer": written.getvalue().encode()}


def _keep(page: Page, name: str) -> None:
    page.wait_for_timeout(SETTLED)
    FOLDER.mkdir(exist_ok=True)
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.save(FOLDER / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    main()
