"""Logging a conversation from the screen."""

from datetime import UTC, date, datetime

from sqlmodel import select

from crm import db, journal
from crm.interactions import Interaction
from crm.tasks import Task, TaskKind
from tests.cast import Cast
from tests.pages.opening import opened


def said() -> list[Interaction]:
    with db.read() as session:
        return list(session.exec(select(Interaction)).all())


def test_a_manager_logs_with_the_client_and_two_lines(cast_on_duckdb: Cast) -> None:
    page = opened("log", cast_on_duckdb.mei)

    page.selectbox(key="log.0.client").set_value(cast_on_duckdb.harbour.id)
    page.text_area(key="log.0.summary").set_value("Asked about the fee of perpetuals.")
    page.button(key="log_it").click().run()

    [logged] = said()
    with db.read() as session:
        [made] = journal.recent(session, limit=1)
    assert not page.exception
    assert (logged.client_id, logged.person_id) == (cast_on_duckdb.harbour.id, cast_on_duckdb.mei.id)
    assert logged.summary == "Asked about the fee of perpetuals."
    assert made.made_by == cast_on_duckdb.mei.id
    assert page.text_area(key="log.1.summary").value == ""


def test_what_was_promised_becomes_a_promise_with_its_day(cast_on_duckdb: Cast) -> None:
    page = opened("log", cast_on_duckdb.mei, client=str(cast_on_duckdb.harbour.id))

    page.text_area(key="log.0.summary").set_value("Wants the VIP5 fee table in writing.")
    page.text_input(key="log.0.next_steps").set_value("Send the fee table")
    page.date_input(key="log.0.follow_up_on").set_value(date(2026, 3, 20))
    page.checkbox(key="log.0.is_promise").check()
    page.datetime_input(key="log.0.happened_at").set_value(datetime(2026, 3, 13, 18, 30))  # noqa: DTZ001
    page.button(key="log_it").click().run()

    [logged] = said()
    with db.read() as session:
        [task] = session.exec(select(Task)).all()
    assert logged.happened_at == datetime(2026, 3, 13, 10, 30, tzinfo=UTC)
    assert (task.title, task.kind, task.due_on) == ("Send the fee table", TaskKind.PROMISE, date(2026, 3, 20))
    assert (task.client_id, task.owner_id) == (cast_on_duckdb.harbour.id, cast_on_duckdb.mei.id)


def test_a_logged_conversation_is_taken_back_by_undo(cast_on_duckdb: Cast) -> None:
    page = opened("log", cast_on_duckdb.mei, client=str(cast_on_duckdb.harbour.id))
    page.text_area(key="log.0.summary").set_value("Meant for somebody else.")
    page.button(key="log_it").click().run()

    next(button for button in page.button if (button.key or "").startswith("undo.")).click().run()

    assert said() == []


def test_without_words_nothing_is_logged_and_the_page_says_what_is_missing(cast_on_duckdb: Cast) -> None:
    page = opened("log", cast_on_duckdb.tomas, client=str(cast_on_duckdb.northlight.id))

    page.button(key="log_it").click().run()

    assert [error.value for error in page.error] == ["Write what was said first."]
    assert said() == []


def test_what_was_typed_and_not_sent_is_there_again(cast_on_duckdb: Cast) -> None:
    first = opened("log", cast_on_duckdb.mei, client=str(cast_on_duckdb.harbour.id))
    first.text_area(key="log.0.summary").set_value("Half a sentence about").run()

    later = opened("log", cast_on_duckdb.mei)

    assert later.text_area(key="log.0.summary").value == "Half a sentence about"
    assert later.selectbox(key="log.0.client").value == cast_on_duckdb.harbour.id


def test_words_meant_for_one_client_are_not_logged_for_another_unseen(cast_on_duckdb: Cast) -> None:
    first = opened("log", cast_on_duckdb.mei, client=str(cast_on_duckdb.harbour.id))
    first.text_area(key="log.0.summary").set_value("About Harbour").run()

    later = opened("log", cast_on_duckdb.mei, client=str(cast_on_duckdb.lotus.id))
    assert later.selectbox(key="log.0.client").value == cast_on_duckdb.harbour.id
    later.button(key="drop_draft").click().run()

    assert later.selectbox(key="log.1.client").value == cast_on_duckdb.lotus.id
    assert later.text_area(key="log.1.summary").value == ""
