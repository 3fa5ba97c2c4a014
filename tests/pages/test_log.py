"""Logging a conversation from the screen."""

from datetime import UTC, date, datetime

from sqlmodel import select

from crm import db, interactions, journal
from crm.interactions import Interaction, NewInteraction
from crm.people import Person
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


def test_undo_of_a_logged_conversation_gives_its_words_back_to_the_form(cast_on_duckdb: Cast) -> None:
    page = opened("log", cast_on_duckdb.mei, client=str(cast_on_duckdb.harbour.id))
    page.text_area(key="log.0.summary").set_value("Wants the VIP5 fee table in writing.")
    page.text_input(key="log.0.next_steps").set_value("Send the fee table")
    page.date_input(key="log.0.follow_up_on").set_value(date(2026, 3, 20))
    page.checkbox(key="log.0.is_promise").check()
    page.button(key="log_it").click().run()
    assert any("3月20日" in one.value and "承诺" in one.value for one in page.markdown)

    next(button for button in page.button if (button.key or "").startswith("undo.")).click().run()

    [form] = [str(one.key).removesuffix("summary") for one in page.text_area]
    assert said() == []
    assert page.text_area(key=f"{form}summary").value == "Wants the VIP5 fee table in writing."
    assert page.selectbox(key=f"{form}client").value == cast_on_duckdb.harbour.id
    assert page.date_input(key=f"{form}follow_up_on").value == date(2026, 3, 20)
    assert page.checkbox(key=f"{form}is_promise").value is True


def test_a_form_that_was_only_looked_at_keeps_nothing_and_takes_words_back(cast_on_duckdb: Cast) -> None:
    page = opened("log", cast_on_duckdb.mei, client=str(cast_on_duckdb.harbour.id))
    page.text_area(key="log.0.summary").set_value("Sent too early")
    page.button(key="log_it").click().run()
    page.run()

    next(button for button in page.button if (button.key or "").startswith("undo.")).click().run()

    assert [one.value for one in page.text_area] == ["Sent too early"]


def test_undo_does_not_drive_out_words_that_were_begun_since(cast_on_duckdb: Cast) -> None:
    page = opened("log", cast_on_duckdb.mei, client=str(cast_on_duckdb.harbour.id))
    page.text_area(key="log.0.summary").set_value("Sent too early")
    page.button(key="log_it").click().run()
    page.text_area(key="log.1.summary").set_value("About something else").run()

    next(button for button in page.button if (button.key or "").startswith("undo.")).click().run()

    assert said() == []
    assert page.text_area(key="log.1.summary").value == "About something else"


def test_a_conversation_is_corrected_where_it_stands(cast_on_duckdb: Cast) -> None:
    logged = spoken(cast_on_duckdb)

    for place, file in (("recent", "log"), ("timeline", "client")):
        page = opened(file, cast_on_duckdb.mei, id=str(cast_on_duckdb.harbour.id))
        page.button(key=f"{place}_correct_{logged.id}").click().run()
        [version] = {one.version for one in said()}
        page.text_area(key=f"correct_{logged.id}_{version}_summary").set_value(f"Corrected under {place}")
        page.button(key="correct_now").click().run()

        assert [one.summary for one in said()] == [f"Corrected under {place}"]

    page.button(key=f"timeline_undo_{logged.id}").click().run()
    assert [one.summary for one in said()] == ["Corrected under recent"]


def test_what_was_logged_long_ago_is_taken_back_at_its_entry_and_stands_in_the_form(cast_on_duckdb: Cast) -> None:
    logged = spoken(cast_on_duckdb)
    page = opened("client", cast_on_duckdb.mei, id=str(cast_on_duckdb.harbour.id))

    page.button(key=f"timeline_undo_{logged.id}").click().run()

    assert said() == []
    form = opened("log", cast_on_duckdb.mei)
    assert [one.value for one in form.text_area] == ["Asked about fees"]


def test_only_whoever_wrote_it_and_a_lead_find_a_pencil(cast_on_duckdb: Cast) -> None:
    logged = spoken(cast_on_duckdb, by=cast_on_duckdb.nadia)
    client = str(cast_on_duckdb.harbour.id)

    keys = {
        who.name: {one.key for one in opened("client", who, id=client).button}
        for who in (cast_on_duckdb.mei, cast_on_duckdb.nadia)
    }

    assert f"timeline_correct_{logged.id}" not in keys["Mei Lin"]
    assert f"timeline_correct_{logged.id}" in keys["Nadia Haddad"]


def spoken(cast: Cast, by: Person | None = None) -> Interaction:
    new = NewInteraction(client_id=cast.harbour.id, summary="Asked about fees")
    with db.write(by=by or cast.mei, why="log") as session:
        return interactions.log(session, by or cast.mei, new)
