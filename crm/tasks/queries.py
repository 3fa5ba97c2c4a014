"""Reading tasks: one, a client's, what is overdue or due, and how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm import clients, people
from crm.clients import Client
from crm.ground import clock
from crm.ground.errors import NotFoundError
from crm.people import Person
from crm.tasks.models import Priority, Task, TaskKind, TaskStatus


@dataclass(frozen=True)
class TaskCounts:
    """How many of one's own open tasks that are not snoozed are overdue, due today, due in the seven days after; how many are snoozed."""

    overdue: int
    today: int
    next_7_days: int
    promises: int
    open: int
    snoozed: int = 0


URGENCY = sa.case({p: n for n, p in enumerate(Priority)}, value=col(Task.priority))


def visible_to(viewer: Person) -> SelectOfScalar[Task]:
    """One's own tasks and those of the clients one sees; a lead of all teams sees every task.

    What one still owes a client whom one no longer sees is there; what is finished stays with the client.
    """
    return select(Task).where(is_visible(viewer, col(Task.client_id).in_(clients.visible_ids(viewer))))


def is_visible(viewer: Person, sees_client: ColumnElement[bool]) -> ColumnElement[bool]:
    if clients.sees_all(viewer):
        return sa.true()
    is_still_owed = sa.or_(col(Task.client_id).is_(None), col(Task.status) == TaskStatus.OPEN)
    return sa.or_(sa.and_(col(Task.owner_id) == viewer.id, is_still_owed), sees_client)


def owners_of(session: Session, viewer: Person) -> list[Person]:
    """Whose tasks one sees, by name: whom a list can be narrowed to."""
    found = set(session.exec(visible_to(viewer).with_only_columns(Task.owner_id).distinct()).all())  # type: ignore[call-overload]
    return [person for person in people.colleagues(session, active_only=False) if person.id in found]


def get(session: Session, viewer: Person, task_id: UUID) -> Task:
    found = session.exec(visible_to(viewer).where(Task.id == task_id)).first()
    if not found:
        raise NotFoundError("There is no such task, or it is not yours to see.")
    return found


def of_client(session: Session, viewer: Person, client_id: UUID, *, limit: int = 200) -> Sequence[Task]:
    """The tasks of a client: open ones first, the earliest due on top."""
    client = clients.get(session, viewer, client_id)
    is_open = sa.case((col(Task.status) == TaskStatus.OPEN, 0), else_=1)
    order = (is_open, col(Task.due_on).nulls_last(), col(Task.id))
    return session.exec(select(Task).where(Task.client_id == client.id).order_by(*order).limit(limit)).all()


def still_open(session: Session, client: Client, *, limit: int) -> Sequence[Task]:
    """The open tasks of a client whom the viewer was given already, the earliest due on top."""
    query = select(Task).where(Task.client_id == client.id, Task.status == TaskStatus.OPEN)
    return session.exec(query.order_by(col(Task.due_on).nulls_last(), col(Task.id)).limit(limit)).all()


def overdue(
    session: Session, viewer: Person, on: date, *, owner_id: UUID | None = None, limit: int = 200
) -> Sequence[Task]:
    """Open tasks whose day had passed on this day, the oldest first; of one owner, or all that the viewer sees."""
    return _open(session, viewer, owner_id, limit, col(Task.due_on) < on, is_awake(on))


def due(
    session: Session, viewer: Person, *, since: date, until: date, owner_id: UUID | None = None, limit: int = 200
) -> Sequence[Task]:
    """Open tasks that are due between two days, both included; snoozed ones appear on the day they wake."""
    return _open(session, viewer, owner_id, limit, col(Task.due_on).between(since, until), is_awake(until))


def _open(
    session: Session, viewer: Person, owner_id: UUID | None, limit: int, *conditions: ColumnElement[bool]
) -> Sequence[Task]:
    query = visible_to(viewer).where(Task.status == TaskStatus.OPEN, *conditions)
    if owner_id:
        query = query.where(Task.owner_id == owner_id)
    order = (col(Task.due_on), URGENCY.desc(), col(Task.due_at).nulls_last(), col(Task.id))
    return session.exec(query.order_by(*order).limit(limit)).all()


def is_awake(on: date) -> ColumnElement[bool]:
    return sa.or_(col(Task.snoozed_until).is_(None), col(Task.snoozed_until) <= on)


def counts(session: Session, me: Person) -> TaskCounts:
    """For My day; today is the day in one's own zone."""
    today = clock.today(me.time_zone)
    day = col(Task.due_on)
    parts = (
        day < today,
        day == today,
        sa.and_(day > today, day <= today + timedelta(days=7)),
        col(Task.kind) == TaskKind.PROMISE,
        sa.true(),
    )
    awake = is_awake(today)
    counted = [*(sa.and_(part, awake) for part in parts), sa.not_(awake)]
    query = sa.select(*(sa.func.count(sa.case((part, 1))) for part in counted)).where(
        col(Task.owner_id) == me.id, col(Task.status) == TaskStatus.OPEN
    )
    return TaskCounts(*map(int, session.connection().execute(query).one()))
