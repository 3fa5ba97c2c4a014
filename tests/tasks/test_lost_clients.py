"""Tasks about a client whom their owner no longer sees: what is still owed stays theirs, what is finished stays with the client."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from crm import db, people, tasks
from crm.db.sessions import WriteSession
from crm.ground.errors import NotAllowedError, NotFoundError
from crm.people import Person
from crm.tasks import NewTask, Repeat, Task, TaskChange, TaskFilter, TaskLine, TaskStatus
from crm.tasks.listing import totals
from tests.cast import Cast, give_alone

TODAY = date(2026, 3, 16)


def planned(by: Person, client_id: UUID | None, **fields: object) -> Task:
    new = NewTask.model_validate({"title": "Call back", "client_id": client_id, "due_on": TODAY, **fields})
    with db.write(by=by) as session:
        return tasks.add(session, by, new)


def finished(by: Person, task: Task) -> None:
    with db.write(by=by) as session:
        tasks.done(session, by, task.id, outcome="They agreed")


def lost(cast: Cast) -> None:
    """Harbour goes from Mei to Tomas; what Mei owes it stays with her."""
    give_alone(cast.harbour, cast.tomas)


def lines(viewer: Person, *, order: str = "due", **fields: object) -> list[TaskLine]:
    with db.read() as session:
        wanted = TaskFilter(**fields)  # type: ignore[arg-type]
        page = tasks.page(session, viewer, wanted, order=order)
        assert page.total == len(page.lines) == totals(session, viewer, {"all": wanted})["all"]
        assert {line.id for line in page.lines} == {task.id for task in session.exec(tasks.matching(viewer, wanted))}
    return page.lines


def test_what_is_still_owed_stays_with_its_owner_without_the_clients_name(cast: Cast) -> None:
    task = planned(cast.mei, cast.harbour.id)

    lost(cast)

    called = {p.name: [line.client_name for line in lines(p)] for p in (cast.mei, cast.tomas, cast.nadia, cast.oskar)}
    assert called == {
        "Mei Lin": [None],
        "Tomas Berg": ["Harbour Capital"],
        "Nadia Haddad": ["Harbour Capital"],
        "Oskar Nowak": [],
    }
    with db.read() as session:
        assert tasks.get(session, cast.mei, task.id).client_id == cast.harbour.id
        assert tasks.counts(session, cast.mei).open == 1


@pytest.mark.parametrize("status", [TaskStatus.DONE, TaskStatus.WITHDRAWN])
def test_what_is_finished_stays_with_the_client(cast: Cast, status: TaskStatus) -> None:
    about_harbour, about_nobody = planned(cast.mei, cast.harbour.id), planned(cast.mei, None)
    for task in (about_harbour, about_nobody):
        with db.write(by=cast.mei) as session:
            ended = session.get_one(Task, task.id)
            ended.status, ended.outcome = status, "They agreed"

    lost(cast)

    chief = people.machine()
    seen = {p.name: len(lines(p, statuses=(status,))) for p in (cast.mei, cast.tomas, cast.nadia, chief)}
    assert seen == {"Mei Lin": 1, "Tomas Berg": 1, "Nadia Haddad": 1, "VIP Desk": 2}
    with db.read() as session:
        assert tasks.get(session, cast.tomas, about_harbour.id).outcome == "They agreed"
        assert tasks.get(session, cast.mei, about_nobody.id).outcome == "They agreed"
        with pytest.raises(NotFoundError):
            tasks.get(session, cast.mei, about_harbour.id)


ACTS: dict[str, Callable[[WriteSession, Person, UUID], Task]] = {
    "change": lambda s, p, t: tasks.change(s, p, t, TaskChange(version=1, title="Call tomorrow", due_on=TODAY)),
    "snooze": lambda s, p, t: tasks.snooze(s, p, t, until=TODAY + timedelta(days=1)),
    "done": lambda s, p, t: tasks.done(s, p, t, outcome="They agreed"),
    "withdraw": lambda s, p, t: tasks.withdraw(s, p, t, reason="Tomas has it now"),
}


@pytest.mark.parametrize("act", ACTS)
def test_whoever_owes_it_can_do_all_that_can_be_done_with_a_task(cast: Cast, act: str) -> None:
    task = planned(cast.mei, cast.harbour.id)
    lost(cast)

    with db.write(by=cast.mei) as session:
        ACTS[act](session, cast.mei, task.id)

    with db.read() as session:
        assert tasks.get(session, cast.tomas, task.id).version == 2


def test_it_is_given_only_to_somebody_who_sees_the_client(cast: Cast) -> None:
    task = planned(cast.nadia, cast.lotus.id)
    lost(cast)
    give_alone(cast.lotus, cast.tomas)

    with pytest.raises(NotAllowedError, match="does not look after this client"), db.write(by=cast.nadia) as session:
        tasks.change(session, cast.nadia, task.id, TaskChange(version=1, owner_id=cast.mei.id))
    with db.write(by=cast.nadia) as session:
        tasks.change(session, cast.nadia, task.id, TaskChange(version=1, owner_id=cast.tomas.id))


def test_a_repeating_task_comes_back_only_to_whoever_sees_the_client(cast: Cast) -> None:
    about_harbour = planned(cast.mei, cast.harbour.id, repeat=Repeat.WEEKLY)
    about_lotus = planned(cast.mei, cast.lotus.id, repeat=Repeat.WEEKLY)
    about_nobody = planned(cast.mei, None, repeat=Repeat.WEEKLY)
    lost(cast)

    for task in (about_harbour, about_lotus, about_nobody):
        finished(cast.mei, task)

    assert [(line.client_id, line.due_on) for line in lines(cast.mei, order="client")] == [
        (cast.lotus.id, TODAY + timedelta(days=7)),
        (None, TODAY + timedelta(days=7)),
    ]


def test_a_client_without_a_name_is_sorted_behind_all_others(cast: Cast) -> None:
    for client in (cast.harbour, cast.lotus):
        planned(cast.mei, client.id)
    assert [line.client_name for line in lines(cast.mei, order="client")] == ["Harbour Capital", "莲花资本"]

    lost(cast)

    assert [line.client_name for line in lines(cast.mei, order="client")] == ["莲花资本", None]
