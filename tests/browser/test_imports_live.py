"""An import that takes its time, and a file that is none, in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, sign_in
from tests.browser.test_main_journey import drop, preview

Visit = Callable[..., Page]
MANY = 20_000


def long_list() -> bytes:
    rows = (
        f"{720_318_264_059_100_003 + 10 * place},Reed Account {place:05},reed{place}@reed.example,VIP{1 + place % 5},PL"
        for place in range(1, MANY + 1)
    )
    return "\n".join(["UID,Client Name,E-mail,VIP Level,Country", *rows]).encode()


def test_a_long_import_is_seen_under_way_after_a_reload_and_in_another_browser(come_in: Visit, desk: Server) -> None:
    here = come_in("oskar", to="/imports")
    drop(here, "long.csv", long_list())
    preview(here)
    desk.ask("hold")

    here.get_by_role("button", name="Apply: 20,000 rows").click()

    under_way = here.get_by_text("Matching the rows")
    expect(under_way).to_be_visible()
    here.reload()
    expect(under_way).to_be_visible()
    there = come_in("oskar", to="/imports")
    there.goto(here.url)
    expect(there.get_by_text("Matching the rows")).to_be_visible()
    expect(there.get_by_text("This goes on without the page: you may leave and come back.")).to_be_visible()
    desk.ask("go")
    for page in (here, there):
        expect(page.get_by_text("Applied on")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("20,000 rows in the file = 20,000 New + 0 Changed")).to_be_visible()
    there.goto("/clients")
    expect(there.get_by_text("1 to 50 of 20,001")).to_be_visible()


def test_a_broken_file_is_answered_in_one_sentence(come_in: Visit) -> None:
    page = come_in("tomas", to="/imports")

    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {
            "name": "list.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": b"PK\x03\x04 this was an Excel file once",
        }
    )

    told = page.get_by_test_id("stAlertContentError").get_by_role("paragraph")
    expect(told).to_have_text("list.xlsx is damaged or was cut off on its way; fetch it again and try once more.")
    expect(page.get_by_text("No file has come in yet.")).to_be_visible()


def test_what_cannot_be_pressed_can_still_be_read_in_the_dark(chromium: Browser, desk: Server) -> None:
    desk.ask("forgive")
    context = chromium.new_context(base_url=desk.url, color_scheme="dark")
    page = context.new_page()
    sign_in(page, "tomas", to="/imports")
    drop(page, "broken.csv", b"UID,Name\n7.43073E+17,Broken Excel\n")
    preview(page)
    button = page.get_by_role("button", name="Apply: 0 rows")
    expect(button).to_be_disabled()

    letters = button.get_by_role("paragraph").evaluate("it => getComputedStyle(it).color")

    assert letters != "rgb(11, 20, 32)"  # the letters of a light button, on a dark one
    context.close()
