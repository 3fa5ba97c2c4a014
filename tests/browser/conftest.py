"""A real server over small pages, one over the pages people see, and one Chromium, for all browser tests of a worker."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect, sync_playwright

from tests.browser.server import PASSWORD

ROOT = Path(__file__).parents[2]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them on one worker, so that they share the server."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass
class Server:
    """The running server; `ask` has it do something to its database."""

    url: str
    process: subprocess.Popen[str]

    def ask(self, *words: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("= "):
                return line[2:].strip()
        raise AssertionError("the server has gone")


@pytest.fixture(scope="session")
def server(empty_duckdb: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Small pages that hold what a test of the frame around them needs."""
    with _served(empty_duckdb, tmp_path_factory.mktemp("server"), Path(__file__).parent / "pages") as started:
        yield started


@pytest.fixture(scope="session")
def desk(empty_duckdb: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The pages that people see."""
    with _served(empty_duckdb, tmp_path_factory.mktemp("desk"), ROOT / "pages") as started:
        yield started


@contextmanager
def _served(empty_duckdb: Path, folder: Path, pages: Path) -> Iterator[Server]:
    shutil.copy(empty_duckdb, folder / "crm.duckdb")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"CRM_DATABASE_URL": f"duckdb:///{folder / 'crm.duckdb'}", "CRM_DATA_DIR": str(folder)}
    log = (folder / "log.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.server", str(port), str(pages)],
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process, folder / "log.txt")
        yield Server(url, process)
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait_for(url: str, process: subprocess.Popen[str], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            httpx.get(f"{url}/healthz", timeout=1).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def installed() -> str | None:
    """Where the Chromium of this machine is, if it has one."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, as it is installed here."""
    path = installed()
    if not path:
        message = "NO CHROMIUM: the browser tests did not run, so sign-in, headers and drafts are not proven here"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(message)
        pytest.skip(message)
    browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture
def context(chromium: Browser, server: Server) -> Iterator[BrowserContext]:
    """A browser nobody has used yet."""
    server.ask("forgive")
    made = chromium.new_context(base_url=server.url, locale="en-GB")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def come_in(chromium: Browser, desk: Server) -> Iterator[Callable[..., Page]]:
    """Sign somebody in to the pages that people see, each time in a browser of its own."""
    used: list[BrowserContext] = []

    def come(login: str, *, to: str = "/") -> Page:
        desk.ask("forgive")
        used.append(chromium.new_context(base_url=desk.url, locale="en-GB"))
        page = used[-1].new_page()
        sign_in(page, login, to=to)
        return page

    yield come
    for context in used:
        context.close()


def sign_in(page: Page, login: str, *, to: str = "/", password: str = PASSWORD) -> None:
    """Sign in and wait until the page of `to` is there."""
    page.goto(f"/login?next={to}")
    page.get_by_label("E-mail").fill(f"{login}@desk.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def live(page: Page) -> Locator:
    """What the newest run of a page has drawn: what an earlier one drew stands greyed out beside it for a moment."""
    return page.locator('[data-testid="stElementContainer"][data-stale="false"]')


def at(path: str) -> re.Pattern[str]:
    """An address of ours that ends in this path."""
    return re.compile(rf"https?://[^/]+{path}(\?.*)?$")
