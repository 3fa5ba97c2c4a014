"""The search box of the frame, on whatever page one is."""

from streamlit.testing.v1 import AppTest

from crm import db, interactions
from crm.interactions import NewInteraction
from crm.people import Person
from crm.web.frame import menu
from tests.cast import Cast
from tests.pages.opening import opened


def looked_for(me: Person, words: str, file: str = "tasks") -> AppTest:
    page = opened(file, me)
    page.button(key="search_open").click().run()
    page.text_input(key="search_typed").input(words).run()
    assert not page.exception
    return page


def told(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in [*page.caption, *page.markdown, *page.info])


def said(cast: Cast, words: str) -> None:
    with db.write(by=cast.mei, why="talk") as session:
        interactions.log(session, cast.mei, NewInteraction(client_id=cast.harbour.id, summary=words, topic="Fees"))


def test_words_of_a_talk_are_found_in_their_sentence_with_whom_it_was(cast_on_duckdb: Cast) -> None:
    said(cast_on_duckdb, "We met at noon. The rebate of October was booked *twice*. Nothing else.")

    page = looked_for(cast_on_duckdb.mei, "rebate")

    assert r"The :orange-background[rebate] of October was booked \*twice\*." in told(page)
    assert cast_on_duckdb.harbour.name in told(page)


def test_nobody_finds_what_they_may_not_see(cast_on_duckdb: Cast) -> None:
    said(cast_on_duckdb, "The rebate of October was booked twice.")

    page = looked_for(cast_on_duckdb.tomas, "rebate")

    assert "October" not in told(page)
    assert "Nothing that you may see holds this." in told(page)


def test_while_nothing_is_typed_those_stand_there_whom_one_spoke_to_last(cast_on_duckdb: Cast) -> None:
    said(cast_on_duckdb, "A word.")

    page = opened("tasks", cast_on_duckdb.mei)
    page.button(key="search_open").click().run()

    assert cast_on_duckdb.harbour.name.split()[0] in str([link.proto.label for link in page.get("page_link")])


def test_on_another_page_the_box_is_closed_again(cast_on_duckdb: Cast) -> None:
    page = looked_for(cast_on_duckdb.mei, "rebate")

    page.switch_page(str(menu.PAGES / "clients.py"))
    page.run()

    assert "search_typed" not in [one.key for one in page.text_input]
