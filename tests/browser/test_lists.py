"""The heads of a list, which is a drawing, clicked in a real browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_main_journey import cells

Visit = Callable[..., Page]
BOX, DONE, TASK, MENU, HEAD, FIRST_ROW = 16, 56, 200, 405, 16, 52  # where they are drawn, in pixels


def click(page: Page, x: int, y: int) -> None:
    page.get_by_test_id("stDataFrame").click(position={"x": x, "y": y})


def heads(page: Page) -> Locator:
    """What a table says of its columns to those who cannot see it drawn."""
    return page.locator("[role=columnheader]")


def listed(page: Page, *, there: str, elsewhere: str) -> None:
    """On this page of the list stands one task, and another does not."""
    expect(cells(page).filter(has_text=there)).not_to_have_count(0)
    expect(cells(page).filter(has_text=elsewhere)).to_have_count(0)


def test_a_head_sorts_the_whole_list_not_its_page_and_a_second_click_turns_it(come_in: Visit, desk: Server) -> None:
    desk.ask("plan", "oskar", "60")
    page = come_in("oskar", to="/tasks")
    expect(page.get_by_text("1 to 50 of 60")).to_be_visible()
    listed(page, there="Call 059", elsewhere="Call 000")

    click(page, TASK, HEAD)
    expect(page).to_have_url(re.compile("sort=title&way=up"))
    listed(page, there="Call 000", elsewhere="Call 059")

    click(page, TASK, HEAD)
    expect(page).to_have_url(re.compile("sort=title&way=down"))
    listed(page, there="Call 059", elsewhere="Call 000")

    page.reload()
    expect(page.get_by_text("1 to 50 of 60")).to_be_visible()
    listed(page, there="Call 059", elsewhere="Call 000")
    expect(heads(page).filter(has_text="↓ Task")).to_have_count(1)


def test_a_head_that_sorts_nothing_leaves_what_is_ticked(come_in: Visit, desk: Server) -> None:
    desk.ask("plan", "oskar", "2")
    page = come_in("oskar", to="/tasks")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()

    click(page, BOX, FIRST_ROW)
    expect(page.get_by_text("1 chosen")).to_be_visible()
    click(page, DONE, HEAD)

    expect(page.locator("[role=columnheader][aria-selected=true]")).to_have_count(0)
    expect(page.get_by_text("1 chosen")).to_be_visible()
    expect(page).not_to_have_url(re.compile("sort="))


def test_the_menu_of_a_head_does_not_offer_to_sort_the_page(come_in: Visit, desk: Server) -> None:
    desk.ask("plan", "oskar", "2")
    page = come_in("oskar", to="/tasks")
    page.get_by_test_id("stDataFrame").hover(position={"x": TASK, "y": HEAD})

    click(page, MENU, HEAD)

    menu = page.get_by_test_id("stDataFrameColumnMenu")
    expect(menu.get_by_text("Autosize")).to_be_visible()
    expect(menu.get_by_text("Sort ascending")).to_be_hidden()
    expect(menu.get_by_text("Sort descending")).to_be_hidden()
    expect(menu.get_by_text("Pin column")).to_be_visible()
