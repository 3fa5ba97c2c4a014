"""What came in, day by day: volume, net fee revenue, net deposits, active clients."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session

from crm import clients
from crm.insights import desk
from crm.insights.period import Period
from crm.journal import entities
from crm.people import Person
from crm.trading import Balance

balance = entities.of(Balance).c


@dataclass(frozen=True)
class Flow:
    """The sum of a period and of the one before, and each day of the period; None where nothing was told."""

    total: Decimal | None
    previous: Decimal | None
    days: list[date]
    values: list[Decimal | None]


@dataclass(frozen=True)
class Days:
    volume: Flow
    revenue: Flow
    net_deposits: Flow
    days: list[date]
    active: list[int]
    fees_known: float | None


@dataclass(frozen=True)
class TierDay:
    """What the clients of one tier (as it stands today) traded on a day."""

    day: date
    tier: str | None
    volume_usd: Decimal


def by_day(session: Session, viewer: Person, period: Period) -> Days:
    """Formula: volume = sum; net fee revenue = sum of fees - rebates; net deposits = deposits - withdrawals; active = clients
    with volume > 0. Unit: USD, clients. Source: what exchanges show on their own VIP dashboards.
    """  # noqa: D205 -- four formulas are one definition
    fact, owner = desk.fact, clients.accounts.numbered(desk.scope(viewer))
    trading = (
        sa.select(
            fact.day,
            sa.func.sum(fact.volume_usd),
            desk.net(),
            sa.func.sum(fact.volume_usd).filter(fact.fees_usd.is_not(None)),
            sa.func.count(owner.c.number.distinct()).filter(fact.volume_usd > 0),
        )
        .join(owner, owner.c.account == fact.number)
        .where(desk.within(period.previous.since, period.until))
        .group_by(fact.day)
    )
    known = {row[0]: row for row in session.execute(trading)}
    moved: dict[date, Decimal | None] = dict(session.execute(_net_deposits(period, sa.select(owner.c.account))).all())
    days = period.each_day()
    volume = _flow(period, {day: row[1] for day, row in known.items()}, or_nothing=bool(known))
    with_fees = sum((known[day][3] or Decimal(0) for day in days if day in known), Decimal(0))
    return Days(
        volume=volume,
        revenue=_flow(period, {day: row[2] for day, row in known.items()}, or_nothing=bool(known)),
        net_deposits=_flow(period, moved),
        days=days,
        active=[known[day][4] if day in known else 0 for day in days],
        fees_known=float(with_fees / volume.total) if volume.total else None,
    )


def by_tier(session: Session, viewer: Person, period: Period) -> tuple[TierDay, ...]:
    fact, book = desk.fact, desk.scope(viewer)
    owner = clients.accounts.numbered(book)
    query = (
        sa.select(fact.day, book.c.tier, sa.func.sum(fact.volume_usd))
        .join(owner, owner.c.account == fact.number)
        .join(book, book.c.number == owner.c.number)
        .where(desk.within(period.since, period.until))
        .group_by(fact.day, book.c.tier)
        .order_by(fact.day, book.c.tier.asc().nulls_last())
    )
    return tuple(TierDay(*row) for row in session.execute(query))


def _net_deposits(period: Period, numbers: sa.Select[tuple[int]]) -> sa.Select[tuple[date, Decimal | None]]:
    known = sa.func.coalesce(balance.deposits_usd, balance.withdrawals_usd).is_not(None)
    moved = sa.func.sum(sa.func.coalesce(balance.deposits_usd, 0) - sa.func.coalesce(balance.withdrawals_usd, 0))
    return (
        sa.select(balance.day, moved)
        .where(known, balance.day.between(period.previous.since, period.until), balance.number.in_(numbers))
        .group_by(balance.day)
    )


def _flow(period: Period, known: dict[date, Decimal | None], *, or_nothing: bool = False) -> Flow:
    """`or_nothing`: a day without rows is a day without trades, since other days did arrive."""
    empty = Decimal(0) if or_nothing else None
    days = period.each_day()
    return Flow(_sum(known, period), _sum(known, period.previous), days, [known.get(day, empty) for day in days])


def _sum(known: dict[date, Decimal | None], period: Period) -> Decimal | None:
    values = [value for day, value in known.items() if period.since <= day <= period.until and value is not None]
    return sum(values, Decimal(0)) if values else None
