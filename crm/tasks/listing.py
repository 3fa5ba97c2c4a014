"""The list of tasks: what it is narrowed to, how it is sorted, a page of it, and how many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from crm import clients, db
from crm.ground.errors import InvalidError
from crm.people import Person
from crm.tasks.models import Task, TaskStatus
from crm.tasks.queries import URGENCY, is_awake, is_visible, visible_to


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


ORDERS: Mapping[str, Any] = {
    "due": col(Task.due_on),
    "priority": URGENCY,
    "title": sa.func.lower(col(Task.title)),
    "client": db.alphabetical(
        sa.literal_column("named.search_text")
    ),  # of clients.named, which stands beside every list of tasks
    "owner": db.alphabetical(sa.func.lower(col(Person.name))),
    "kind": col(Task.kind),
    "created_at": col(Task.created_at),
    "done_at": col(Task.done_at),
}


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
        raise InvalidError("Tasks can be sorted by {names}.", names=", ".join(ORDERS))
    by = ORDERS[order].desc() if descending else ORDERS[order].asc()
    kept, named = _kept_by(wanted), clients.named(viewer)
    columns = [getattr(Task, name) for name in TaskLine.__dataclass_fields__ if hasattr(Task, name)]
    lines = (
        sa.select(*columns, col(Person.name).label("owner_name"), named.c.name.label("client_name"))
        .join(Person, col(Person.id) == col(Task.owner_id))
        .join(named, named.c.id == col(Task.client_id), isouter=True)
        .where(is_visible(viewer, named.c.id.is_not(None)), *kept)  # cheaper than to look for the client twice
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
        conditions.append(is_awake(wanted.awake_on))
    return [*conditions, clients.search.matches(clients.search.folded(col(Task.title)), wanted.text)]
