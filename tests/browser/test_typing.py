"""What only a browser knows: the field one is in, where a dialog puts the cursor, and where a message lies."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import live, sign_in


def test_words_of_the_field_one_is_in_survive_a_reload(page: Page) -> None:
    sign_in(page, "mei")
    note = live(page).get_by_label("Note")
    note.press_sequentially("Half a sentence")
    expect(page.get_by_text("noted: Half a sentence")).to_be_visible()
    expect(note).to_be_focused()

    note.press_sequentially(" and more")
    page.reload()

    expect(live(page).get_by_label("Note")).to_have_value("Half a sentence and more")


def place(found: Locator) -> tuple[float, float]:
    """Where it stands; how wide it may be hangs on what is drawn beside it."""
    box = found.bounding_box()
    assert box
    return box["x"], box["y"]


def test_a_dialog_is_typed_into_sent_by_a_key_and_moves_nothing(come_in: Callable[..., Page]) -> None:
    page = come_in("mei", to="/tasks")
    heading = page.get_by_role("heading", name="Tasks", exact=True)
    expect(heading).to_be_visible()
    expect(page.get_by_role("button", name="New task")).to_be_enabled()
    before = place(heading)
    page.keyboard.press("n")
    expect(page.get_by_label("What is to be done")).to_be_focused()

    page.keyboard.type("Call about margin")
    expect(page.get_by_text("Press Enter")).to_be_hidden()
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("Task added.")).to_be_visible()
    expect(page.get_by_text("Undo", exact=True)).to_be_in_viewport()
    assert place(heading) == before
