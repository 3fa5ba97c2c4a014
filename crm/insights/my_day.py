"""What a manager has to do today, and whom to contact and why."""

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm import clients
from crm.clients import Client, ClientStatus
from crm.ground import clock
from crm.insights.gather import Known, end_of, known_of
from crm.insights.reasons import URGENCY, Reason, reasons_for
from crm.people import Person
from crm.tasks.models import Task, TaskKind, TaskStatus, is_overdue

BIRTHDAY_NOTICE_DAYS = 7
MOST = 100
MOST_READ = 1000
LEAP_DAY, LEAP_DAY_AFTER = 229, 301


@dataclass(frozen=True)
class Due:
    """A task of mine, with the name of the client it is about; one whom I no longer look after has none."""

    task: Task
    client_name: str | None


@dataclass(frozen=True)
class ToContact:
    """A client of mine and every reason to contact it today."""

    client_id: UUID
    name: str
    tier: str | None
    reasons: tuple[Reason, ...]
    volume_30d_usd: Decimal | None
    last_contact_at: datetime | None


@dataclass(frozen=True)
class Birthday:
    client_id: UUID
    name: str
    on: date


@dataclass(frozen=True)
class Looked:
    """How many clients of mine there are, how many have a contact standard, and of how many trading was ever told."""

    clients: int
    with_standard: int
    with_trading: int


@dataclass(frozen=True)
class MyDay:
    """`today` is the manager's own; every list is cut at 100 lines. A promise that is overdue stands in both lists."""

    today: date
    overdue: list[Due]
    due_today: list[Due]
    promises: list[Due]
    reminders: list[Due]
    to_contact: list[ToContact]
    looked: Looked
    birthdays: list[Birthday]

    @property
    def promised_later(self) -> list[Due]:
        """Promises that are neither overdue nor due today."""
        return self._not_yet_due(self.promises)

    @property
    def reminded_early(self) -> list[Due]:
        """Reminders of what is neither overdue nor due today."""
        return self._not_yet_due(self.reminders)

    def _not_yet_due(self, found: list[Due]) -> list[Due]:
        known = {due.task.id for due in [*self.overdue, *self.due_today]}
        return [due for due in found if due.task.id not in known]


def day_of(session: Session, me: Person) -> MyDay:
    """My own tasks and my own clients (as primary or backup), also for a lead; snoozed tasks stay away until their day."""
    today = clock.today(me.time_zone)
    mine = _my_tasks(session, me, today)
    closes = end_of(today, me.time_zone)
    known = known_of(session, _mine(me), today=today, zone=me.time_zone)
    return MyDay(
        today=today,
        overdue=[due for due in mine if is_overdue(due.task.due_on, today)][:MOST],
        due_today=[due for due in mine if due.task.due_on == today][:MOST],
        promises=[due for due in mine if due.task.kind == TaskKind.PROMISE][:MOST],
        reminders=[due for due in mine if due.task.remind_at and due.task.remind_at < closes][:MOST],
        to_contact=_to_contact(known, today),
        looked=Looked(
            len(known), sum(bool(one.contact_every_days) for one in known), sum(bool(one.trades) for one in known)
        ),
        birthdays=_birthdays(session, me, today),
    )


def _my_tasks(session: Session, me: Person, today: date) -> list[Due]:
    """My open tasks that concern today, the earliest first."""
    task: Any = Task
    awake = sa.or_(task.snoozed_until.is_(None), task.snoozed_until <= today)
    concerns_today = sa.or_(
        task.due_on <= today, task.kind == TaskKind.PROMISE, task.remind_at < end_of(today, me.time_zone)
    )
    named = clients.named(me)
    query = (
        select(Task, named.c.name)
        .outerjoin(named, named.c.id == task.client_id)
        .where(task.owner_id == me.id, task.status == TaskStatus.OPEN, awake, concerns_today)
        .order_by(task.due_on.asc().nulls_last(), task.due_at.asc().nulls_last(), task.id)
        .limit(MOST_READ)
    )
    return [Due(found, name) for found, name in session.exec(query).all()]


def _to_contact(mine: Sequence[Known], today: date) -> list[ToContact]:
    """Most pressing reason first; among equals, those who trade most."""
    found = [(known, reasons_for(known, today=today)) for known in mine]
    lines = [_line(known, reasons) for known, reasons in found if reasons]
    return sorted(lines, key=_pressing)[:MOST]


def _mine(me: Person) -> SelectOfScalar[Client]:
    own = sa.or_(col(Client.manager_id) == me.id, col(Client.backup_id) == me.id)
    return clients.visible_to(me).where(own, col(Client.status) != ClientStatus.CLOSED)


def _line(known: Known, reasons: tuple[Reason, ...]) -> ToContact:
    return ToContact(
        client_id=known.client.id,
        name=known.client.name,
        tier=known.tier,
        reasons=reasons,
        volume_30d_usd=known.trades.volume_30d_usd if known.trades else None,
        last_contact_at=known.contacts.last_at if known.contacts else None,
    )


def _pressing(line: ToContact) -> tuple[int, int, Decimal, str]:
    urgency = max(URGENCY[reason.why] for reason in line.reasons)
    return -urgency, -len(line.reasons), -(line.volume_30d_usd or Decimal(0)), line.name


def _birthdays(session: Session, me: Person, today: date) -> list[Birthday]:
    days = {_month_and_day(day): day for day in (today + timedelta(days=n) for n in range(BIRTHDAY_NOTICE_DAYS + 1))}
    # Who was born on 29 February has a birthday in other years too.
    if LEAP_DAY_AFTER in days and LEAP_DAY not in days and not isleap(days[LEAP_DAY_AFTER].year):
        days[LEAP_DAY] = days[LEAP_DAY_AFTER]
    born = sa.extract("month", col(Client.birthday)) * 100 + sa.extract("day", col(Client.birthday))
    found: Sequence[Client] = session.exec(_mine(me).where(born.in_(days))).all()
    lines = [Birthday(c.id, c.name, days[_month_and_day(c.birthday)]) for c in found if c.birthday]
    return sorted(lines, key=lambda line: (line.on, line.name))


def _month_and_day(day: date) -> int:
    return day.month * 100 + day.day
