"""Getting in, staying in, and being put out, in a real browser."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Server, at, live, sign_in
from tests.browser.server import PASSWORD


def test_a_wrong_password_is_told_and_the_right_one_opens_the_page_that_was_asked_for(page: Page) -> None:
    page.goto("/log")
    expect(page).to_have_url(at("/login"))
    sign_in(page, "mei", to="/log", password="not the password")
    expect(page.get_by_role("alert")).to_have_text("The e-mail or the password is not right.")
    expect(page.get_by_label("E-mail")).to_have_value("mei@desk.example")

    sign_in(page, "mei", to="/log")

    expect(page).to_have_url(at("/log"))
    expect(page.get_by_label("What was said")).to_be_visible()


def test_unknown_accounts_get_the_same_answer(page: Page) -> None:
    sign_in(page, "nobody")

    expect(page.get_by_role("alert")).to_have_text("The e-mail or the password is not right.")


def test_signing_out_moves_every_tab_and_back_shows_nothing(context: BrowserContext, page: Page) -> None:
    sign_in(page, "mei")
    expect(page.get_by_text("Only for Mei Lin")).to_be_visible()
    other = context.new_page()
    other.goto("/")
    expect(other.get_by_text("Only for Mei Lin")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()

    expect(page).to_have_url(at("/login"), timeout=3000)
    expect(other).to_have_url(at("/login"), timeout=3000)
    page.go_back()
    expect(page).to_have_url(re.compile("/login"))
    expect(page.get_by_text("Only for Mei Lin")).to_have_count(0)


def test_an_ended_session_moves_the_open_page_within_about_a_second(page: Page, server: Server) -> None:
    sign_in(page, "mei")
    expect(page.get_by_text("Only for Mei Lin")).to_be_visible()

    server.ask("end", "mei")

    expect(page).to_have_url(at("/login"), timeout=2000)


def test_a_disabled_colleague_is_put_out_and_stays_out(page: Page, server: Server) -> None:
    sign_in(page, "oskar")
    expect(page.get_by_text("Only for Oskar Nowak")).to_be_visible()

    server.ask("active", "oskar", "no")
    try:
        expect(page).to_have_url(at("/login"), timeout=2000)
        sign_in(page, "oskar")
        expect(page.get_by_role("alert")).to_be_visible()
    finally:
        server.ask("active", "oskar", "yes")


def test_what_was_typed_survives_an_expired_session_and_is_saved_once(page: Page, server: Server) -> None:
    sign_in(page, "tomas", to="/log")
    live(page).get_by_label("What was said").fill("wants-a-lower-fee")
    server.ask("expire", "tomas")

    page.get_by_role("button", name="Log it").click()
    expect(page).to_have_url(at("/login"))
    assert server.ask("tasks", "wants-a-lower-fee") == "0"

    sign_in(page, "tomas", to="/log")
    expect(page.get_by_text("Here is what you typed and had not sent yet")).to_be_visible()
    expect(live(page).get_by_label("What was said")).to_have_value("wants-a-lower-fee")
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("Logged.")).to_be_visible()
    expect(live(page).get_by_label("What was said")).to_have_value("")
    assert server.ask("tasks", "wants-a-lower-fee") == "1"

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert server.ask("tasks", "wants-a-lower-fee") == "0"
    page.reload()
    expect(live(page).get_by_label("What was said")).to_have_value("")
    expect(page.get_by_text("had not sent yet")).to_have_count(0)


def test_an_expired_session_cannot_load_a_page(page: Page, server: Server) -> None:
    sign_in(page, "mei")
    expect(page.get_by_text("Only for Mei Lin")).to_be_visible()
    server.ask("expire", "mei")

    page.goto("/log")

    expect(page).to_have_url(at("/login"))


def test_the_browser_complains_about_nothing(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    sign_in(page, "mei")
    expect(page.get_by_text("Only for Mei Lin")).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    )
    expect(page.get_by_text("list.csv")).to_be_visible()
    page.goto("/log")
    expect(page.get_by_label("What was said")).to_be_visible()

    assert complaints == []


def test_the_language_is_one_click_and_stays(page: Page) -> None:
    sign_in(page, "oskar")
    page.get_by_text("中文").click()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()

    page.get_by_text("English").click()

    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_sign_in_page_works_without_javascript_and_on_a_narrow_screen(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(
        base_url=server.url, java_script_enabled=False, viewport={"width": 390, "height": 700}, locale="zh-CN"
    )
    page = context.new_page()
    page.goto("/login")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    box = page.locator("main").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390

    page.get_by_label("电子邮箱").fill("mei@desk.example")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    assert "vip_desk" in {cookie["name"] for cookie in context.cookies()}
    context.close()
