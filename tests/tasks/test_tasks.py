"""Tasks: whose they are, when they are due, and that a promise never goes quietly."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from crm import clients, db, handover, journal, tasks
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import ConflictError, CrmError, InvalidError, NotAllowedError, NotFoundError
from crm.people import DESK_ID, Person
from crm.tasks import NewTask, Repeat, Task, TaskChange, TaskFilter, TaskKind
from crm.tasks.listing import ORDERS
from crm.tasks.queries import due, overdue
from tests.cast import Cast

TODAY = date(2026, 3, 16)


def planned(by: Person, client_id: UUID | None = None, **fields: object) -> Task:
    new = NewTask.model_validate({"title": "Call back", "client_id": client_id, "due_on": TODAY, **fields})
    with db.write(by=by, why="plan") as session:
        return tasks.add(session, by, new)


def seen_by(viewer: Person) -> int:
    with db.read() as session:
        page = tasks.page(session, viewer, TaskFilter())
        assert page.total == len(page.lines) == len(session.exec(tasks.visible_to(viewer)).all())
    return page.total


def test_tasks_are_seen_by_their_owner_and_whoever_sees_the_client(cast: Cast) -> None:
    planned(cast.mei, cast.harbour.id)
    planned(cast.mei, kind=TaskKind.INTERNAL)
    planned(cast.tomas, cast.northlight.id)

    assert [seen_by(p) for p in (cast.mei, cast.tomas, cast.nadia, cast.oskar, cast.ada)] == [2, 1, 2, 0, 0]


ON_A_TASK: dict[str, Callable[[WriteSession, Person, Task], object]] = {
    "get": lambda s, p, t: tasks.get(s, p, t.id),
    "change": lambda s, p, t: tasks.change(s, p, t.id, TaskChange(version=1, title="Other")),
    "done": lambda s, p, t: tasks.done(s, p, t.id, outcome="Reached"),
    "snooze": lambda s, p, t: tasks.snooze(s, p, t.id, until=TODAY + timedelta(days=1)),
    "withdraw": lambda s, p, t: tasks.withdraw(s, p, t.id, reason="No longer"),
    "of_client": lambda s, p, t: tasks.of_client(s, p, t.client_id or t.id),
}


@pytest.mark.parametrize("action", ON_A_TASK)
def test_somebody_elses_task_is_not_there(cast: Cast, action: str) -> None:
    task = planned(cast.mei, cast.harbour.id)

    for stranger in (cast.tomas, cast.oskar, cast.ada):
        with pytest.raises((NotFoundError, NotAllowedError)), db.write(by=stranger) as session:
            ON_A_TASK[action](session, stranger, task)
    with db.write(by=cast.nadia) as session:
        ON_A_TASK[action](session, cast.nadia, task)


def test_a_task_for_a_client_of_others_or_for_somebody_else_is_refused(cast: Cast) -> None:
    refused: list[tuple[Person, dict[str, object], type[CrmError]]] = [
        (cast.mei, {"client_id": cast.northlight.id}, NotFoundError),
        (cast.mei, {"client_id": cast.harbour.id, "owner_id": cast.tomas.id}, NotAllowedError),
        (cast.nadia, {"client_id": cast.harbour.id, "owner_id": cast.tomas.id}, NotAllowedError),
        (cast.nadia, {"owner_id": cast.oskar.id}, NotAllowedError),
        (cast.nadia, {"owner_id": cast.ada.id}, InvalidError),
        (cast.ada, {}, NotAllowedError),
    ]
    for by, fields, refusal in refused:
        with pytest.raises(refusal):
            planned(by, **fields)  # type: ignore[arg-type]

    assert planned(cast.nadia, cast.harbour.id, owner_id=cast.mei.id).owner_id == cast.mei.id


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "a\0b"},
        {"title": "   "},
        {"kind": "promise", "due_on": None},
        {"repeat": "weekly", "due_on": None},
        {"due_on": date(202, 6, 1)},
        {"due_at": datetime(2026, 3, 16, 10)},  # noqa: DTZ001
        {"due_at": datetime.max.replace(tzinfo=UTC)},
        {"remind_at": datetime.min.replace(tzinfo=UTC)},
    ],
)
def test_what_cannot_be_right_is_refused(cast: Cast, fields: dict[str, object]) -> None:
    with pytest.raises(InvalidError):
        planned(cast.mei, **fields)  # type: ignore[arg-type]


def test_an_hour_is_due_on_the_day_it_has_where_the_owner_lives(cast: Cast) -> None:
    late = datetime(2026, 3, 16, 23, 30, tzinfo=UTC)

    assert planned(cast.tomas, due_at=late).due_on == date(2026, 3, 17)  # 00:30 in Berlin
    assert planned(cast.mei, due_at=late, due_on=None).due_on == date(2026, 3, 17)
    assert planned(cast.tomas, due_at=late - timedelta(hours=1)).due_on == TODAY


def test_another_day_keeps_the_hour_and_the_day_follows_another_hour(cast: Cast) -> None:
    task = planned(cast.tomas, due_at=datetime(2026, 3, 27, 8, tzinfo=UTC))  # nine o'clock in Berlin
    with db.write(by=cast.tomas) as session:
        moved = tasks.change(session, cast.tomas, task.id, TaskChange(version=1, due_on=date(2026, 3, 30)))
        assert moved.due_at == datetime(2026, 3, 30, 7, tzinfo=UTC)  # still nine, in summer
    with db.write(by=cast.tomas) as session:
        later = TaskChange(version=2, due_at=datetime(2026, 3, 30, 22, 30, tzinfo=UTC))
        assert tasks.change(session, cast.tomas, task.id, later).due_on == date(2026, 3, 31)
    with db.write(by=cast.tomas) as session:
        assert tasks.change(session, cast.tomas, task.id, TaskChange(version=3, due_on=None)).due_at is None


def test_my_day_counts_by_the_day_of_my_zone(cast: Cast) -> None:
    for client, day in ((cast.harbour, 15), (cast.harbour, 16), (cast.lotus, 17), (cast.lotus, 24)):
        planned(
            cast.mei, client.id, due_on=date(2026, 3, day), kind=TaskKind.PROMISE if day == 17 else TaskKind.FOLLOW_UP
        )

    with db.read() as session:
        assert tasks.counts(session, cast.mei) == tasks.TaskCounts(
            overdue=1, today=1, next_7_days=1, promises=1, open=4
        )
        assert [t.due_on for t in overdue(session, cast.nadia, TODAY)] == [date(2026, 3, 15)]
        found = due(session, cast.mei, since=TODAY, until=date(2026, 3, 17), owner_id=cast.mei.id)
        assert [t.due_on for t in found] == [TODAY, date(2026, 3, 17)]
        assert due(session, cast.nadia, since=TODAY, until=TODAY, owner_id=cast.nadia.id) == []
    with clock.stopped_at(datetime(2026, 3, 16, 16, 30, tzinfo=UTC)), db.read() as session:  # tomorrow in Shanghai
        assert tasks.counts(session, cast.mei).overdue == 2


def test_a_snoozed_task_stays_away_until_its_day(cast: Cast) -> None:
    task = planned(cast.mei, due_on=TODAY - timedelta(days=1))
    with db.write(by=cast.mei) as session:
        tasks.snooze(session, cast.mei, task.id, until=TODAY + timedelta(days=2))

    with db.read() as session:
        assert overdue(session, cast.mei, TODAY) == []
        assert tasks.page(session, cast.mei, TaskFilter(awake_on=TODAY)).total == 0
        assert len(overdue(session, cast.mei, TODAY + timedelta(days=2))) == 1
    for until in (TODAY, TODAY + timedelta(days=900)):
        with pytest.raises(InvalidError), db.write(by=cast.mei) as session:
            tasks.snooze(session, cast.mei, task.id, until=until)


def test_a_promise_goes_only_with_a_reason_and_is_not_hidden_beyond_its_day(cast: Cast) -> None:
    promise = planned(cast.mei, cast.harbour.id, kind=TaskKind.PROMISE)
    with pytest.raises(InvalidError, match="promised for 16 Mar 2026"), db.write(by=cast.mei) as session:
        tasks.snooze(session, cast.mei, promise.id, until=TODAY + timedelta(days=1))
    with pytest.raises(InvalidError, match="reason"), db.write(by=cast.mei) as session:
        tasks.withdraw(session, cast.mei, promise.id, reason=" ")

    with db.write(by=cast.mei, why="withdrawn") as session:
        kept = tasks.withdraw(session, cast.mei, promise.id, reason="The client asked us to leave it")

    assert (kept.status, kept.outcome) == ("withdrawn", "The client asked us to leave it")
    with db.read() as session:
        (made, line), *_ = journal.history_of(session, "task", promise.id)
    assert (made.made_by, (line.after or {})["status"]) == (cast.mei.id, "withdrawn")


def test_done_asks_for_the_outcome_and_is_done_once(cast: Cast) -> None:
    task = planned(cast.mei)
    with pytest.raises(InvalidError, match="what came of it"), db.write(by=cast.mei) as session:
        tasks.done(session, cast.mei, task.id, outcome="  ")
    with db.write(by=cast.mei) as session:
        tasks.done(session, cast.mei, task.id, outcome="Reached")

    for again in ("done", "change", "withdraw"):
        with pytest.raises(ConflictError, match="done already"), db.write(by=cast.mei) as session:
            ON_A_TASK[again](session, cast.mei, task)


def test_a_repeating_task_is_there_again_at_the_same_hour(cast: Cast) -> None:
    due_at = datetime(2026, 1, 31, 8, tzinfo=UTC)  # nine o'clock in Berlin
    task = planned(
        cast.tomas, cast.northlight.id, due_at=due_at, remind_at=due_at - timedelta(days=1), repeat=Repeat.MONTHLY
    )
    days = []
    with clock.stopped_at(due_at):
        for _ in range(3):
            with db.write(by=cast.tomas) as session:
                tasks.done(session, cast.tomas, task.id, outcome="Sent")
            with db.read() as session:
                (line,) = tasks.page(session, cast.tomas, TaskFilter()).lines
                task = tasks.get(session, cast.tomas, line.id)
            days.append((task.due_on, task.due_at and task.due_at.astimezone(clock.zone("Europe/Berlin")).hour))

    assert days == [(date(2026, 2, 28), 9), (date(2026, 3, 31), 9), (date(2026, 4, 30), 9)]
    assert task.remind_at == datetime(2026, 4, 29, 7, tzinfo=UTC)


@pytest.mark.parametrize("moved", [False, True])
def test_an_hour_that_the_clock_skips_once_comes_back_the_week_after(cast: Cast, *, moved: bool) -> None:
    begins = datetime(2027, 3, 14, 1, 30, tzinfo=UTC)  # half past two in Berlin; on the 28th there is none
    hour = timedelta(hours=2 if moved else 0)
    task = planned(cast.tomas, cast.northlight.id, due_at=begins - hour, remind_at=begins, repeat=Repeat.WEEKLY)
    if moved:
        with db.write(by=cast.tomas) as session:
            tasks.change(session, cast.tomas, task.id, TaskChange(version=1, due_at=begins))
    hours = []
    with clock.stopped_at(begins):
        for _ in range(4):
            hours.append(
                [at and f"{at.astimezone(clock.zone('Europe/Berlin')):%H:%M}" for at in (task.due_at, task.remind_at)]
            )
            with db.write(by=cast.tomas) as session:
                tasks.done(session, cast.tomas, task.id, outcome="Sent")
            with db.read() as session:
                (line,) = tasks.page(session, cast.tomas, TaskFilter()).lines
                task = tasks.get(session, cast.tomas, line.id)

    if not moved:
        assert hours == [["02:30"] * 2, ["02:30"] * 2, ["03:30"] * 2, ["02:30"] * 2]
    else:
        assert [due for due, _ in hours][1:] == ["02:30", "03:30", "02:30"]


def test_the_second_of_two_people_sees_both_values(cast: Cast) -> None:
    task = planned(cast.mei, cast.harbour.id)
    with db.write(by=cast.mei) as session:
        tasks.change(session, cast.mei, task.id, TaskChange(version=1, title="Mei's"))

    with pytest.raises(ConflictError) as caught, db.write(by=cast.nadia) as session:
        tasks.change(session, cast.nadia, task.id, TaskChange(version=1, title="Nadia's"))

    assert [(c.field, c.yours, c.theirs) for c in caught.value.clashes] == [("title", "Nadia's", "Mei's")]


def test_open_tasks_move_with_their_client(cast: Cast) -> None:
    mine = planned(cast.mei, cast.harbour.id, due_at=datetime(2026, 3, 16, 17, tzinfo=UTC))
    finished = planned(cast.mei, cast.harbour.id)
    other = planned(cast.mei, cast.lotus.id)
    with db.write(by=cast.mei) as session:
        tasks.done(session, cast.mei, finished.id, outcome="Done")

    with db.write(by=cast.nadia, why="move") as session:
        assert handover.reassign(session, cast.nadia, [cast.harbour.id], to=cast.tomas.id) == 1

    with db.read() as session:
        moved = tasks.get(session, cast.tomas, mine.id)
        assert (moved.owner_id, moved.due_on) == (
            cast.tomas.id,
            TODAY,
        )  # 18:00 in Berlin was already the 17th in Shanghai
        assert tasks.get(session, cast.tomas, finished.id).owner_id == cast.mei.id
        assert tasks.get(session, cast.mei, other.id).owner_id == cast.mei.id
        assert clients.get(session, cast.tomas, cast.harbour.id).manager_id == cast.tomas.id
        last = journal.recent(session, limit=1)[0]
    with db.write(by=cast.nadia) as session:
        assert journal.undo(session, last.id).conflicts == []
    with db.read() as session:
        assert tasks.get(session, cast.mei, mine.id).owner_id == cast.mei.id


def test_tasks_are_handed_only_to_somebody_who_sees_the_client(cast: Cast) -> None:
    task, inner = planned(cast.mei, cast.harbour.id), planned(cast.nadia, kind=TaskKind.INTERNAL)
    refused: list[tuple[Person, list[UUID], UUID, type[CrmError]]] = [
        (cast.mei, [task.id], cast.tomas.id, NotAllowedError),
        (cast.nadia, [task.id], cast.tomas.id, NotAllowedError),
        (cast.nadia, [task.id], cast.oskar.id, NotAllowedError),
        (cast.nadia, [inner.id], DESK_ID, InvalidError),
        (cast.nadia, [cast.harbour.id], cast.tomas.id, NotFoundError),
    ]
    for by, ids, to, refusal in refused:
        with pytest.raises(refusal), db.write(by=by) as session:
            tasks.hand_over(session, by, ids, to=to)

    with db.write(by=cast.nadia) as session:
        assert tasks.hand_over(session, cast.nadia, [inner.id], to=cast.tomas.id) == 1
        assert tasks.hand_over(session, cast.nadia, [task.id], to=cast.nadia.id) == 1


def test_the_list_is_filtered_sorted_and_searched(cast: Cast) -> None:
    planned(cast.mei, cast.harbour.id, title="发送费率表 <b>Ｒebate</b>", priority="urgent")
    planned(cast.mei, cast.lotus.id, title="Coffee", due_on=None, priority="low")

    def titles(order: str = "due", *, descending: bool = False, **fields: object) -> list[str]:
        with db.read() as session:
            wanted = TaskFilter(**fields)  # type: ignore[arg-type]
            page = tasks.page(session, cast.mei, wanted, order=order, descending=descending)
            assert page.total == len(page.lines)
            return [line.title[:6] for line in page.lines]

    assert titles(text="费率 rebate") == ["发送费率表 "]
    assert titles(client_id=cast.lotus.id) == ["Coffee"]
    assert titles(due_until=TODAY) == titles(due_since=TODAY) == ["发送费率表 "]
    assert titles("priority", descending=True)[0] == "发送费率表 "
    for order in ORDERS:
        assert len(titles(order)) == 2
