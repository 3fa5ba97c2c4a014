"""Who looks after how much, how well clients are kept in touch with, and which promises are late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from crm import clients, people, trading
from crm.ground import clock
from crm.insights import desk, measures
from crm.insights.gather import end_of
from crm.insights.period import Period
from crm.journal import entities
from crm.people import Person
from crm.tasks.models import Task, TaskKind, TaskStatus

task = entities.of(Task).c


@dataclass(frozen=True)
class BookOfManager:
    """The clients of a manager today; what they did in the period; how they stand at its end."""

    manager_id: UUID
    name: str
    clients: int
    volume_usd: Decimal | None
    revenue_usd: Decimal | None
    with_standard: int
    coverage: float | None
    open_tasks: int
    overdue_tasks: int


@dataclass(frozen=True)
class Books:
    """Coverage and overdue promises have one value for each of `days`."""

    days: list[date]
    lines: tuple[BookOfManager, ...]
    coverage: list[float | None]
    promises_overdue: list[int]


@dataclass(frozen=True)
class _Tasks:
    open: int
    overdue: int
    promises: list[int]


def books(session: Session, viewer: Person, period: Period) -> Books:
    """Trading ends with the period; contacts and tasks that end with the last closed day of trading go on until now."""
    zone, worked = clock.exchange_zone().key, until_now(session, period)
    attention = desk.attention_by_manager(session, viewer, worked.points(), zone)
    tasks, amounts, names = (
        _tasks(session, viewer, worked, zone),
        _amounts(session, viewer, period),
        people.names(session),
    )
    lines = tuple(
        BookOfManager(
            manager_id=held.manager_id,
            name=names.get(held.manager_id, ""),
            clients=held.clients,
            volume_usd=amounts[held.manager_id][0] if held.manager_id in amounts else None,
            revenue_usd=amounts[held.manager_id][1] if held.manager_id in amounts else None,
            with_standard=held.with_standard,
            coverage=measures.coverage(held.in_time[-1], held.with_standard),
            open_tasks=tasks[held.manager_id].open if held.manager_id in tasks else 0,
            overdue_tasks=tasks[held.manager_id].overdue if held.manager_id in tasks else 0,
        )
        for held in attention
    )
    standard = sum(line.with_standard for line in lines)
    points = range(len(worked.points()))
    return Books(
        worked.points(),
        lines,
        [measures.coverage(sum(held.in_time[n] for held in attention), standard) for n in points],
        [sum(t.promises[n] for t in tasks.values()) for n in points],
    )


def is_open() -> sa.ColumnElement[bool]:
    return task.status == TaskStatus.OPEN


def is_late(day: date) -> sa.ColumnElement[bool]:
    """An open task that was due on or before a day, and before today."""
    return sa.and_(is_open(), task.due_on <= min(day, _yesterday()))


def was_broken(day: date, zone: str) -> sa.ColumnElement[bool]:
    """A promise that was overdue at the close of a day: made by then, due on or before it, not done by then, not withdrawn."""
    return sa.and_(
        task.kind == TaskKind.PROMISE,
        task.status != TaskStatus.WITHDRAWN,
        task.due_on <= min(day, _yesterday()),
        task.created_at < end_of(day, zone),
        sa.or_(task.done_at.is_(None), task.done_at >= end_of(day, zone)),
    )


def _yesterday() -> date:
    """A task that is due on a day is overdue at its close, so today's is not."""
    return clock.exchange_today() - timedelta(days=1)


def until_now(session: Session, period: Period) -> Period:
    """Contacts and tasks that end with the last closed day of trading go on until now."""
    ends = clock.exchange_today() if period.until == trading.as_of(session) else period.until
    return Period(period.since, max(period.until, ends))


def _amounts(session: Session, viewer: Person, period: Period) -> Mapping[UUID, tuple[Decimal, Decimal | None]]:
    fact, book = desk.fact, desk.scope(viewer)
    owner = clients.accounts.numbered(book)
    query = (
        sa.select(book.c.manager_id, sa.func.sum(fact.volume_usd), desk.net())
        .join(owner, owner.c.account == fact.number)
        .join(book, book.c.number == owner.c.number)
        .where(desk.within(period.since, period.until))
        .group_by(book.c.manager_id)
    )
    return {manager: (volume, revenue) for manager, volume, revenue in session.execute(query)}


def _tasks(session: Session, viewer: Person, period: Period, zone: str) -> Mapping[UUID, _Tasks]:
    """Tasks about the clients of each manager, whoever owns them.

    Formula: count of `is_open`, `is_late`, and of `was_broken` at each point. Unit: tasks, promises.
    """
    book = desk.scope(viewer)
    promises = [sa.func.count().filter(was_broken(day, zone)) for day in period.points()]
    query = (
        sa.select(
            book.c.manager_id,
            sa.func.count().filter(is_open()),
            sa.func.count().filter(is_late(period.until)),
            *promises,
        )
        .join(book, book.c.id == task.client_id)
        .group_by(book.c.manager_id)
    )
    return {manager: _Tasks(opened, overdue, list(late)) for manager, opened, overdue, *late in session.execute(query)}
