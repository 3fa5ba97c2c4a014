"""Planning: adding, changing, finishing, putting off and withdrawing what we owe."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from crm import clients, people
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import ConflictError, InvalidError
from crm.people import Person, Right, require
from crm.tasks import days, owners, queries
from crm.tasks.models import NewTask, Repeat, Task, TaskChange, TaskKind, TaskStatus

LONGEST_SNOOZE = timedelta(days=366)


def add(session: WriteSession, by: Person, new: NewTask, *, origin: str = "", origin_id: UUID | None = None) -> Task:
    """A task for oneself; a lead may give it to somebody who sees the client."""
    require(by, Right.PLAN)
    clients.check(new.model_copy(update={"owner_id": new.owner_id or by.id}), Task)
    owner = _owner(session, by, new.owner_id or by.id)
    if new.client_id:
        clients.get(session, by, new.client_id)
    task = Task(
        **new.model_dump(exclude={"owner_id"}), owner_id=owner.id, origin=origin, origin_id=origin_id, created_by=by.id
    )
    if not task.title.strip():
        raise InvalidError("A task needs a title.")
    if task.due_at:
        task.due_on = _day(task, owner)
    _check(task)
    _check_about(session, task, owner)
    session.add(task)
    session.flush()
    return task


def change(session: WriteSession, by: Person, task_id: UUID, wanted: TaskChange) -> Task:
    """Another day keeps the hour; another hour brings its day with it. Whoever has it already need not see its client any more.

    Raises:
        ConflictError: somebody saved since `version`.
    """
    task = _open(session, by, task_id)
    clients.check(wanted, Task)
    fields = wanted.model_dump(exclude_unset=True, exclude={"version"})
    moved = clients.versions.moved(task, fields, wanted.version, f"“{task.title}”")
    owner = _owner(session, by, moved.get("owner_id", task.owner_id), old=task.owner_id)
    _put(task, moved, owner)
    _check(task)
    if not moved.keys().isdisjoint(("owner_id", "client_id")):
        _check_about(session, task, owner)
    session.flush()
    return task


def _put(task: Task, moved: dict[str, Any], owner: Person) -> None:
    old_at = task.due_at
    for name, value in moved.items():
        setattr(task, name, value)
    if "due_on" in moved and "due_at" not in moved:
        days.check("due_on", task.due_on)
        task.due_at = days.moved_to(old_at, task.due_on, owner.time_zone) if old_at and task.due_on else None
    if task.due_at:
        task.due_on = _day(task, owner)


def _day(task: Task, owner: Person) -> date | None:
    days.check("due_at", task.due_at)
    return days.day_of(task.due_at, owner.time_zone) if task.due_at else None


def _owner(session: WriteSession, by: Person, owner_id: UUID, old: UUID | None = None) -> Person:
    """Whoever shall do it; giving one's own tasks to others is a lead's right."""
    if owner_id != by.id:
        clients.assignees.check_moved(session, by, old, owner_id)
    return people.get(session, by, owner_id)


def _check(task: Task) -> None:
    for name in ("due_on", "due_at", "remind_at"):
        days.check(name, getattr(task, name))
    if task.due_on is None and (task.kind == TaskKind.PROMISE or task.repeat != Repeat.NEVER):
        raise InvalidError("A promise and a repeating task need a day on which they are due.")


def _check_about(session: WriteSession, task: Task, owner: Person) -> None:
    if task.client_id:
        owners.check_sees(session, owner, task.client_id)


def _sees(session: WriteSession, owner: Person, task: Task) -> bool:
    return task.client_id is None or clients.seen(session, owner, task.client_id) is not None


def done(session: WriteSession, by: Person, task_id: UUID, *, outcome: str) -> Task:
    """Finish a task, saying what came of it; a repeating one is there again for its next day, if its owner still sees the client."""
    task = _open(session, by, task_id)
    if not outcome.strip():
        raise InvalidError("Say in a few words what came of it.")
    _end(session, task, TaskStatus.DONE, outcome)
    if task.repeat != Repeat.NEVER and task.due_on and _sees(session, people.get(session, by, task.owner_id), task):
        session.add(_again(session, by, task, task.due_on))
        session.flush()
    return task


def _again(session: WriteSession, by: Person, task: Task, due_on: date) -> Task:
    owner = people.get(session, by, task.owner_id)
    root = session.get(Task, task.origin_id) if task.origin == "repeat" and task.origin_id else None
    first_on = days.began_on(due_on, root.due_on) if root and root.due_on else due_on
    next_on = days.next_due(due_on, Repeat(task.repeat), first_on=first_on, not_before=clock.today(owner.time_zone))
    kept = task.model_dump(include={"title", "client_id", "owner_id", "kind", "priority", "repeat"})
    again = Task(**kept, due_on=next_on, created_by=by.id, origin="repeat", origin_id=task.id)
    hour = task.due_at and days.hour_of_rhythm(task.due_at, root.due_at if root else None, owner.time_zone)
    if root and first_on == root.due_on and hour in (None, root.due_at):
        again.origin_id = root.id
    if hour:
        again.due_at = days.moved_to(hour, next_on, owner.time_zone)
    if task.remind_at:
        reminded_on = days.day_of(task.remind_at, owner.time_zone) + (next_on - due_on)
        reminder = days.hour_of_rhythm(task.remind_at, root.remind_at if root else None, owner.time_zone)
        again.remind_at = days.moved_to(reminder, reminded_on, owner.time_zone)
    return again


def snooze(session: WriteSession, by: Person, task_id: UUID, *, until: date) -> Task:
    """Out of sight until a day; the day on which it is due stays. A promise cannot be hidden beyond its day."""
    task = _open(session, by, task_id)
    owner = people.get(session, by, task.owner_id)
    today = clock.today(owner.time_zone)
    if not today < until <= today + LONGEST_SNOOZE:
        raise InvalidError("Choose a day after today and within a year.")
    if task.kind == TaskKind.PROMISE and task.due_on and until > task.due_on:
        raise InvalidError("This was promised for {day}; agree on another day, then change it.", day=task.due_on)
    task.snoozed_until = until
    session.flush()
    return task


def withdraw(session: WriteSession, by: Person, task_id: UUID, *, reason: str) -> Task:
    """It will not be done. Nothing is deleted: a promise asks why, and the reason stays."""
    task = _open(session, by, task_id)
    if task.kind == TaskKind.PROMISE and not reason.strip():
        raise InvalidError("A promise to a client is only withdrawn with a reason.")
    return _end(session, task, TaskStatus.WITHDRAWN, reason)


def _end(session: WriteSession, task: Task, status: TaskStatus, outcome: str) -> Task:
    clients.check_text("outcome", outcome, 10_000)
    task.status, task.outcome = status, outcome.strip()
    task.done_at, task.snoozed_until = clock.now(), None
    session.flush()
    return task


def _open(session: WriteSession, by: Person, task_id: UUID) -> Task:
    require(by, Right.PLAN)
    task = queries.get(session, by, task_id)
    if task.status != TaskStatus.OPEN:
        is_done = task.status == TaskStatus.DONE
        raise ConflictError(
            "“{title}” is done already." if is_done else "“{title}” is withdrawn already.", title=task.title
        )
    return task
