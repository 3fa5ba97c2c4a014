"""Reading tasks: one, a client's, a page of a list, what is overdue or due, and how many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm import clients
from crm.ground import clock
from crm.ground.errors import InvalidError, NotFoundError
from crm.people import Person
from crm.tasks.models import Priority, Task, TaskKind, TaskStatus


@dataclass(frozen=True)
class TaskFilter:
    """What a list is narrowed to; an empty field narrows nothing. Days are in the owner's zone, both included.

    With `awake_on` tasks that are snoozed beyond that day stay away.
    """

    text: str = ""
    owner_ids: tuple[UUID, ...] = ()
    client_id: UUID | None = None
    statuses: tuple[str, ...] = (TaskStatus.OPEN,)
    kinds: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    due_since: date | None = None
    due_until: date | None = None
    awake_on: date | None = None


@dataclass(frozen=True)
class TaskLine:
    """One line of the list of tasks; a client whom the viewer no longer sees has no name."""

    id: UUID
    version: int
    title: str
    client_id: UUID | None
    client_name: str | None
    owner_id: UUID
    owner_name: str
    kind: str
    status: str
    priority: str
    due_on: date | None
    due_at: datetime | None
    remind_at: datetime | None
    snoozed_until: date | None
    repeat: str
    outcome: str
    created_at: datetime
    done_at: datetime | None


@dataclass(frozen=True)
class TaskPage:
    """Some lines of a list, and how many there are in all."""

    lines: list[TaskLine]
    total: int


@dataclass(frozen=True)
class TaskCounts:
    """How many of one's own open tasks that are not snoozed are overdue, due today, due in the seven days after."""

    overdue: int
    today: int
    next_7_days: int
    promises: int
    open: int


_URGENCY = sa.case({p: n for n, p in enumerate(Priority)}, value=col(Task.priority))
ORDERS: Mapping[str, Any] = {
    "due": col(Task.due_on),
    "priority": _URGENCY,
    "title": sa.func.lower(col(Task.title)),
    "client": sa.literal_column("named.search_text"),  # of clients.named, which stands beside every list of tasks
    "owner": Person.name,
    "kind": col(Task.kind),
    "created_at": col(Task.created_at),
    "done_at": col(Task.done_at),
}


def visible_to(viewer: Person) -> SelectOfScalar[Task]:
    """One's own tasks and those of the clients one sees; a lead of all teams sees every task.

    What one still owes a client whom one no longer sees is there; what is finished stays with the client.
    """
    return select(Task).where(_is_visible(viewer, col(Task.client_id).in_(clients.visible_ids(viewer))))


def _is_visible(viewer: Person, sees_client: ColumnElement[bool]) -> ColumnElement[bool]:
    if clients.sees_all(viewer):
        return sa.true()
    is_still_owed = sa.or_(col(Task.client_id).is_(None), col(Task.status) == TaskStatus.OPEN)
    return sa.or_(sa.and_(col(Task.owner_id) == viewer.id, is_still_owed), sees_client)


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


def matching(viewer: Person, wanted: TaskFilter) -> SelectOfScalar[Task]:
    """The tasks of a filter as a select, for an export to join and to sort."""
    return visible_to(viewer).where(*_kept_by(wanted))


def page(  # noqa: PLR0913 -- a list is narrowed, sorted and turned over
    session: Session,
    viewer: Person,
    wanted: TaskFilter,
    *,
    order: str = "due",
    descending: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> TaskPage:
    """One page of the list; equal lines keep their order by id."""
    if order not in ORDERS:
        raise InvalidError(f"Tasks can be sorted by {', '.join(ORDERS)}.")
    by = ORDERS[order].desc() if descending else ORDERS[order].asc()
    kept, named = _kept_by(wanted), clients.named(viewer)
    columns = [getattr(Task, name) for name in TaskLine.__dataclass_fields__ if hasattr(Task, name)]
    lines = (
        sa.select(*columns, col(Person.name).label("owner_name"), named.c.name.label("client_name"))
        .join(Person, col(Person.id) == col(Task.owner_id))
        .join(named, named.c.id == col(Task.client_id), isouter=True)
        .where(_is_visible(viewer, named.c.id.is_not(None)), *kept)  # cheaper than to look for the client twice
        .order_by(by.nulls_last(), col(Task.due_on).nulls_last(), col(Task.id))
        .limit(limit)
        .offset(offset)
    )
    total = session.scalar(visible_to(viewer).where(*kept).with_only_columns(sa.func.count()))
    return TaskPage([TaskLine(**line) for line in session.execute(lines).mappings()], total or 0)


def totals(session: Session, viewer: Person, wanted: Mapping[str, TaskFilter]) -> dict[str, int]:
    """How many tasks each of several filters keeps, counted in one look."""
    counted = [sa.func.count().filter(sa.and_(sa.true(), *_kept_by(one))).label(name) for name, one in wanted.items()]
    found = session.connection().execute(visible_to(viewer).with_only_columns(*counted)).mappings().one()
    return {name: int(found[name]) for name in wanted}


def _kept_by(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    lists: list[tuple[Any, Sequence[object]]] = [
        (Task.owner_id, wanted.owner_ids),
        (Task.status, wanted.statuses),
        (Task.kind, wanted.kinds),
        (Task.priority, wanted.priorities),
    ]
    conditions: list[ColumnElement[bool]] = [col(column).in_(chosen) for column, chosen in lists if chosen]
    if wanted.client_id:
        conditions.append(col(Task.client_id) == wanted.client_id)
    if wanted.due_since:
        conditions.append(col(Task.due_on) >= wanted.due_since)
    if wanted.due_until:
        conditions.append(col(Task.due_on) <= wanted.due_until)
    if wanted.awake_on:
        conditions.append(_is_awake(wanted.awake_on))
    return [*conditions, clients.matches(clients.folded(col(Task.title)), wanted.text)]


def overdue(
    session: Session, viewer: Person, on: date, *, owner_id: UUID | None = None, limit: int = 200
) -> Sequence[Task]:
    """Open tasks whose day had passed on this day, the oldest first; of one owner, or all that the viewer sees."""
    return _open(session, viewer, owner_id, limit, col(Task.due_on) < on, _is_awake(on))


def due(
    session: Session, viewer: Person, *, since: date, until: date, owner_id: UUID | None = None, limit: int = 200
) -> Sequence[Task]:
    """Open tasks that are due between two days, both included; snoozed ones appear on the day they wake."""
    return _open(session, viewer, owner_id, limit, col(Task.due_on).between(since, until), _is_awake(until))


def _open(
    session: Session, viewer: Person, owner_id: UUID | None, limit: int, *conditions: ColumnElement[bool]
) -> Sequence[Task]:
    query = visible_to(viewer).where(Task.status == TaskStatus.OPEN, *conditions)
    if owner_id:
        query = query.where(Task.owner_id == owner_id)
    order = (col(Task.due_on), _URGENCY.desc(), col(Task.due_at).nulls_last(), col(Task.id))
    return session.exec(query.order_by(*order).limit(limit)).all()


def _is_awake(on: date) -> ColumnElement[bool]:
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
    query = sa.select(*(sa.func.count(sa.case((part, 1))) for part in parts)).where(
        col(Task.owner_id) == me.id, col(Task.status) == TaskStatus.OPEN, _is_awake(today)
    )
    return TaskCounts(*map(int, session.connection().execute(query).one()))
