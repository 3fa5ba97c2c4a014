"""What several rooms know about some clients: one statement per kind of knowledge, however many clients."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from crm import clients, people, trading
from crm.clients.models import Client
from crm.ground import clock
from crm.insights.measures import Silence
from crm.interactions.models import Interaction
from crm.tasks.models import Task, TaskKind, TaskStatus
from crm.trading import DailyActivity, TradingProfile, TradingTier

SILENCE_DAYS = 365
MOOD_DAYS = 90


@dataclass(frozen=True)
class Contacts:
    last_at: datetime
    last_on: date
    last_by: UUID
    mood: float | None


@dataclass(frozen=True)
class Owed:
    """The open tasks of a client, the one that comes next, and of the promises that are overdue the oldest and whose it is."""

    open: int
    overdue: int
    promises_overdue: int
    next_title: str
    next_due_on: date | None
    promise: str = ""
    promised_by: str = ""


@dataclass(frozen=True)
class Known:
    """Everything that reasons and health are made of. What is None was never told."""

    client: Client
    profile: TradingProfile | None
    standing: TradingTier | None
    silence: Silence | None
    contacts: Contacts | None
    owed: Owed | None
    contact_every_days: int | None

    @property
    def tier(self) -> str | None:
        """The tier that stands on the client; without one, what the policy gives."""
        return self.client.tier or (self.standing.tier if self.standing else None)

    @property
    def trades(self) -> TradingProfile | None:
        """The profile, if any trading was ever told."""
        return self.profile if self.profile and self.profile.first_day else None


def known_of(session: Session, chosen: SelectOfScalar[Client], *, today: date, zone: str) -> list[Known]:
    """What is known about the chosen clients, in the order of the select; `today` is the reader's, and so is the zone of days."""
    query = (
        chosen.with_only_columns(Client, TradingProfile, TradingTier)
        .outerjoin(TradingProfile, col(TradingProfile.number) == Client.number)
        .outerjoin(TradingTier, col(TradingTier.number) == Client.number)
    )
    rows: Sequence[tuple[Client, TradingProfile | None, TradingTier | None]] = session.execute(query).all()
    silences, contacts = _silences(session, chosen), _contacts(session, chosen, today, zone)
    owed, cadences = _owed(session, chosen, today), standards(session)
    return [
        Known(
            client,
            profile,
            standing,
            silences.get(client.number),
            contacts.get(client.id),
            owed.get(client.id),
            cadences.get((client.venue, client.tier or (standing.tier if standing else None) or "")),
        )
        for client, profile, standing in rows
    ]


def standards(session: Session) -> Mapping[tuple[str, str], int]:
    """After how many days the clients of a venue's tier are to be contacted again."""
    return {
        (policy.venue, service.tier): service.contact_every_days
        for policy in trading.policies_in_force(session)
        for service in policy.service
    }


def end_of(day: date, zone: str) -> datetime:
    """The moment at which a day ends in a zone: the first of the next, however long daylight saving made it."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), clock.zone(zone))


def days_between(later: sa.ColumnElement[date], earlier: sa.ColumnElement[date]) -> sa.ColumnElement[int]:
    return later.op("-", return_type=sa.Integer())(earlier)


def _silences(session: Session, chosen: SelectOfScalar[Client]) -> Mapping[int, Silence]:
    as_of = trading.as_of(session)
    if not as_of:
        return {}
    fact: Any = DailyActivity  # Any: columns of a mapped class, not their values
    owner = clients.accounts.numbered(chosen.with_only_columns(Client.id, Client.number).subquery())  # type: ignore[call-overload]
    active = (
        sa.select(owner.c.number, fact.day)
        .join(fact, fact.number == owner.c.account)
        .where(
            fact.day.between(as_of - timedelta(days=SILENCE_DAYS), as_of),
            fact.volume_usd > 0,
        )
        .distinct()
        .subquery()
    )
    before = sa.func.lag(active.c.day).over(partition_by=active.c.number, order_by=active.c.day)
    gaps = sa.select(
        active.c.number,
        active.c.day,
        days_between(active.c.day, before).label("gap"),
        days_between(sa.literal(as_of, sa.Date), sa.func.max(active.c.day).over(partition_by=active.c.number)).label(
            "quiet"
        ),
    ).subquery()
    query = sa.select(
        gaps.c.number,
        sa.func.count(gaps.c.gap),
        sa.func.count().filter(gaps.c.gap < gaps.c.quiet),
        sa.func.max(gaps.c.quiet),
    ).group_by(gaps.c.number)
    return {number: Silence(count, shorter, quiet) for number, count, shorter, quiet in session.execute(query)}


def _contacts(session: Session, chosen: SelectOfScalar[Client], today: date, zone: str) -> Mapping[UUID, Contacts]:
    interaction: Any = Interaction
    recent = end_of(today - timedelta(days=MOOD_DAYS), zone)
    newest = sa.func.row_number().over(
        partition_by=interaction.client_id, order_by=[interaction.happened_at.desc(), interaction.id.desc()]
    )
    lines = sa.select(
        interaction.client_id,
        interaction.happened_at,
        interaction.person_id,
        newest.label("place"),
        sa.func.avg(interaction.mood)
        .filter(interaction.happened_at >= recent)
        .over(partition_by=interaction.client_id)
        .label("mood"),
    ).where(interaction.client_id.in_(_ids(chosen)))
    found = lines.subquery()
    query = sa.select(found).where(found.c.place == 1)
    return {
        row.client_id: Contacts(
            row.happened_at,
            clock.day_in(zone, row.happened_at),
            row.person_id,
            float(row.mood) if row.mood is not None else None,
        )
        for row in session.execute(query)
    }


def _owed(session: Session, chosen: SelectOfScalar[Client], today: date) -> Mapping[UUID, Owed]:
    task: Any = Task
    per_client: Any = {"partition_by": task.client_id}
    late = task.due_on < today
    is_late_promise = sa.and_(late, task.kind == TaskKind.PROMISE)
    promised_first = [sa.case((is_late_promise, 0), else_=1), task.due_on.asc().nulls_last(), task.id]
    place = sa.func.row_number().over(**per_client, order_by=[task.due_on.asc().nulls_last(), task.id])
    lines = (
        sa.select(
            task.client_id,
            task.title,
            task.due_on,
            place.label("place"),
            sa.func.count().over(**per_client).label("open"),
            sa.func.count().filter(late).over(**per_client).label("overdue"),
            sa.func.count().filter(is_late_promise).over(**per_client).label("promises"),
            sa.func.first_value(task.title).over(**per_client, order_by=promised_first).label("promise"),
            sa.func.first_value(task.owner_id).over(**per_client, order_by=promised_first).label("promised_by"),
        )
        .where(task.status == TaskStatus.OPEN, task.client_id.in_(_ids(chosen)))
        .subquery()
    )
    query = sa.select(lines).where(lines.c.place == 1)
    names = people.names(session)
    return {row.client_id: _of_client(row, names) for row in session.execute(query)}


def _of_client(row: sa.Row[Any], names: Mapping[UUID, str]) -> Owed:
    promise = (row.promise, names.get(row.promised_by, "")) if row.promises else ("", "")
    return Owed(row.open, row.overdue, row.promises, row.title, row.due_on, *promise)


def _ids(chosen: SelectOfScalar[Client]) -> sa.Select[tuple[UUID]]:
    return chosen.with_only_columns(Client.id).order_by(None)  # type: ignore[call-overload,no-any-return]
