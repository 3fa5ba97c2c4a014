"""A manager's day: what is due, whom to contact and why, and whose birthday it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from crm import db
from crm.clients.models import Client, ClientStatus
from crm.ground import clock
from crm.insights.my_day import Looked, MyDay, day_of
from crm.people import Person
from crm.screens.my_day import sections
from crm.tasks.models import Task, TaskKind, TaskStatus
from tests.cast import DESK, Cast
from tests.trading.make import ago, day, put

TODAY = date(2026, 3, 16)


def look(me: Person) -> MyDay:
    with db.read() as session:
        return day_of(session, me)


def plan(owner: Person, title: str, due: int | None, **fields: Any) -> None:
    with db.write(by=DESK) as session:
        session.add(
            Task(
                title=title,
                owner_id=owner.id,
                due_on=TODAY + timedelta(days=due) if due is not None else None,
                **fields,
            )
        )


def test_tasks_stand_where_they_belong_and_only_ones_own(cast: Cast) -> None:
    plan(cast.mei, "late", -2, client_id=cast.harbour.id)
    plan(cast.mei, "today", 0)
    plan(cast.mei, "later", 5)
    plan(cast.mei, "promise", 3, kind=TaskKind.PROMISE)
    plan(cast.mei, "late promise", -1, kind=TaskKind.PROMISE)
    plan(cast.mei, "ring", None, remind_at=datetime(2026, 3, 16, 15, 59, tzinfo=UTC))
    plan(cast.mei, "ring tomorrow", None, remind_at=datetime(2026, 3, 16, 16, 0, tzinfo=UTC))
    plan(cast.mei, "asleep", -1, snoozed_until=TODAY + timedelta(days=1))
    plan(cast.mei, "awake again", -3, snoozed_until=TODAY)
    plan(cast.mei, "done", -1, status=TaskStatus.DONE)
    plan(cast.tomas, "not hers", -1)

    found = look(cast.mei)

    assert [due.task.title for due in found.overdue] == ["awake again", "late", "late promise"]
    assert [due.client_name for due in found.overdue] == [None, "Harbour Capital", None]
    assert [due.task.title for due in found.due_today] == ["today"]
    assert [due.task.title for due in found.promises] == ["late promise", "promise"]
    assert [due.task.title for due in found.reminders] == ["ring"]


def test_a_task_about_a_client_whom_i_no_longer_look_after_has_no_name(cast: Cast) -> None:
    plan(cast.mei, "still owed", 0, client_id=cast.northlight.id)

    assert [(due.task.title, due.client_name) for due in look(cast.mei).due_today] == [("still owed", None)]


def test_today_is_the_managers_own(cast: Cast) -> None:
    plan(cast.mei, "hers", 0)
    plan(cast.tomas, "his", -1)

    with clock.stopped_at(datetime(2026, 3, 15, 17, tzinfo=UTC)):  # the 16th in Shanghai, still the 15th in Berlin
        assert [due.task.title for due in look(cast.mei).due_today] == ["hers"]
        assert [due.task.title for due in look(cast.tomas).due_today] == ["his"]


def test_whom_to_contact_comes_with_the_reasons_and_the_most_pressing_first(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(45), "1000"),
        day(cast.harbour, ago(0), "400"),
        day(cast.lotus, ago(26), "10000000"),
        day(cast.northlight, ago(45), "1000"),
        policies=True,
    )

    found = look(cast.mei).to_contact

    assert [line.name for line in found] == ["莲花资本", "Harbour Capital"]
    assert str(found[0].reasons[0].said) == "VIP1 falls to Lv1 on 19 Mar 2026 without more trading"
    assert str(found[1].reasons[0].said) == "Volume is down 60% on the 30 days before: $400 after $1K"


def test_a_closed_client_is_left_in_peace(cast: Cast) -> None:
    put(day(cast.harbour, ago(45), "1000"), policies=True)
    with db.write(by=DESK) as session:
        session.get_one(Client, cast.harbour.id).status = ClientStatus.CLOSED

    assert [line.name for line in look(cast.mei).to_contact] == ["莲花资本"]


def test_birthdays_of_the_next_seven_days(cast: Cast) -> None:
    with db.write(by=DESK) as session:
        session.get_one(Client, cast.harbour.id).birthday = date(1980, 3, 23)
        session.get_one(Client, cast.lotus.id).birthday = date(1990, 3, 16)
        session.get_one(Client, cast.northlight.id).birthday = date(1990, 3, 16)

    assert [(b.name, b.on) for b in look(cast.mei).birthdays] == [
        ("莲花资本", TODAY),
        ("Harbour Capital", date(2026, 3, 23)),
    ]


def test_birthdays_over_new_year_and_on_a_leap_day(cast: Cast) -> None:
    with db.write(by=DESK) as session:
        session.get_one(Client, cast.harbour.id).birthday = date(1980, 1, 2)
        session.get_one(Client, cast.lotus.id).birthday = date(1996, 2, 29)

    with clock.stopped_at(datetime(2026, 12, 30, 4, tzinfo=UTC)):
        assert [b.on for b in look(cast.mei).birthdays] == [date(2027, 1, 2)]
    with clock.stopped_at(datetime(2026, 2, 25, 4, tzinfo=UTC)):
        assert [b.on for b in look(cast.mei).birthdays] == [date(2026, 3, 1)]
    with clock.stopped_at(datetime(2028, 2, 25, 4, tzinfo=UTC)):
        assert [b.on for b in look(cast.mei).birthdays] == [date(2028, 2, 29)]


def test_someone_without_clients_has_an_empty_day(cast: Cast) -> None:
    found = look(cast.ada)

    assert (found.overdue, found.due_today, found.promises, found.reminders, found.to_contact, found.birthdays) == (
        [],
    ) * 6


def test_an_overdue_promise_is_named_with_whoever_gave_it(cast: Cast) -> None:
    plan(cast.nadia, "Send the [fee] table", -2, kind=TaskKind.PROMISE, client_id=cast.harbour.id)
    plan(cast.mei, "Call", -9, client_id=cast.harbour.id)

    [line] = look(cast.mei).to_contact

    assert str(line.reasons[0].said) == "A promise by Nadia Haddad is overdue: Send the [fee] table"


def test_on_a_new_desk_the_standards_hold_before_any_trading_came_in(cast: Cast) -> None:
    put(policies=True)

    found = look(cast.mei)

    assert {line.name: line.reasons[0].said.text[:25] for line in found.to_contact} == {
        "Harbour Capital": "No contact was ever logge",
        "莲花资本": "No contact was ever logge",
    }
    assert (found.looked.clients, found.looked.with_standard, found.looked.with_trading) == (2, 2, 0)


def test_what_is_not_known_of_clients_is_not_claimed(cast: Cast) -> None:
    """Nobody stands in the list, for want of a standard, of trading, or of any client."""
    put()
    known = sections.calm(look(cast.mei).looked)

    assert "not known" in known
    assert "in time" not in known
    assert "no clients yet" in sections.calm(look(cast.ada).looked)
    assert "in time" not in sections.calm(look(cast.ada).looked)
    assert "1 of 2 clients" in sections.calm(Looked(2, 1, 0))
    assert "1 of 2 whose trading" in sections.calm(Looked(2, 2, 1))
