"""Sums over the clients somebody sees: the selects from which the leadership numbers are made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement
from sqlmodel import Session, col

from crm import clients
from crm.clients.models import Client, ClientStatus
from crm.insights.gather import end_of, standards
from crm.interactions.models import Interaction
from crm.journal import entities
from crm.people import Person
from crm.trading import DailyActivity, TradingProfile, TradingTier

# The columns of tables, as statements see them.
fact = entities.of(DailyActivity).c
profile = entities.of(TradingProfile).c
standing = entities.of(TradingTier).c
interaction = entities.of(Interaction).c

Columns = ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]


@dataclass(frozen=True)
class Attention:
    """A manager's open clients, those whose tier has a standard, and how many were in time at the close of each day."""

    manager_id: UUID
    clients: int
    with_standard: int
    in_time: tuple[int, ...]


def scope(viewer: Person) -> sa.Subquery:
    """The viewer's clients as a subquery: id, number, name, venue, status, manager_id and the tier as shown."""
    tier = sa.func.coalesce(Client.tier, standing.tier).label("tier")
    names = ("id", "number", "name", "venue", "status", "manager_id")
    return (
        clients.visible_to(viewer)
        .outerjoin(TradingTier, standing.number == col(Client.number))
        .with_only_columns(*(col(getattr(Client, name)) for name in names), tier)
        .subquery("scope")
    )


def net(period: sa.ColumnElement[bool] | None = None) -> sa.ColumnElement[Decimal]:
    """Net fee revenue of the rows of a condition: fees - rebates, only of rows that tell their fees."""
    told = fact.fees_usd.is_not(None)
    kept = sa.func.sum(fact.fees_usd - sa.func.coalesce(fact.rebates_usd, 0))
    return kept.filter(told if period is None else sa.and_(told, period))


def within(since: date, until: date) -> sa.ColumnElement[bool]:
    return fact.day.between(since, until)


def amounts_by_client(
    viewer: Person, windows: dict[str, tuple[date, date]], wanted: Collection[str] = ("volume", "revenue", "gross")
) -> sa.CTE:
    """One row per client of whom any trading was told by then, with volume, revenue and gross fees of each named window.

    A window without rows is 0: the client did not trade. A window with rows of which none tells its fees is NULL: unknown.
    """
    book = scope(viewer)
    cuts = sorted(
        {since for since, _ in windows.values()} | {until + timedelta(days=1) for _, until in windows.values()}
    )
    spans = _spans(book, cuts)
    columns = [
        column.label(f"{what}_{name}")
        for name, (since, until) in windows.items()
        for what, column in _amounts_within(spans, cuts.index(since), cuts.index(until + timedelta(days=1))).items()
        if what in wanted
    ]
    last = max(until for _, until in windows.values())
    sums = sa.select(spans.c.number, *columns).group_by(spans.c.number).subquery()
    known = [
        sa.func.coalesce(c, 0).label(c.name) if c.name.startswith("volume") else _or_nothing(sums, c) for c in sums.c
    ][1:]
    return (
        sa.select(book.c.id, book.c.name, book.c.tier, book.c.manager_id, book.c.number, profile.first_day, *known)
        .join(TradingProfile, profile.number == book.c.number)
        .outerjoin(sums, sums.c.number == book.c.number)
        .where(profile.first_day <= last)
        .cte("amounts")
    )


def _spans(book: sa.Subquery, cuts: list[date]) -> sa.Subquery:
    """The facts once added up between neighbouring cuts, so that windows that overlap do not add the same days again."""
    place = sa.case(*((fact.day < cut, n) for n, cut in enumerate(cuts[1:])), else_=len(cuts))
    owner = clients.accounts.numbered(book)
    return (
        sa.select(
            owner.c.number,
            place.label("place"),
            sa.func.sum(fact.volume_usd).label("volume"),
            net().label("revenue"),
            sa.func.sum(fact.fees_usd).label("gross"),
        )
        .join(owner, owner.c.account == fact.number)
        .where(within(cuts[0], cuts[-1] - timedelta(days=1)))
        .group_by(owner.c.number, sa.text("place"))
        .subquery("spans")
    )


def _amounts_within(spans: sa.Subquery, since: int, until: int) -> Mapping[str, sa.ColumnElement[Decimal]]:
    # Where no row tells its fees the sums are NULL by themselves; only a window without rows has to be made 0.
    inside = spans.c.place.between(since, until - 1)
    is_empty = sa.func.count().filter(inside) == 0
    return {
        "volume": sa.func.coalesce(sa.func.sum(spans.c.volume).filter(inside), 0),
        "revenue": sa.case((is_empty, 0), else_=sa.func.sum(spans.c.revenue).filter(inside)),
        "gross": sa.case((is_empty, 0), else_=sa.func.sum(spans.c.gross).filter(inside)),
    }


def _or_nothing(sums: sa.Subquery, column: KeyedColumnElement[Decimal]) -> sa.Label[Decimal]:
    """Without any row in any window the client did not trade; otherwise what the window says, be it NULL."""
    return sa.case((sums.c.number.is_(None), 0), else_=column).label(column.name)


def attention_by_manager(session: Session, viewer: Person, days: Sequence[date], zone: str) -> list[Attention]:
    lines = contacts_by_client(session, viewer, days, zone)
    in_time = [sa.func.count().filter(lines.c[f"in_time_{n}"]) for n in range(len(days))]
    query = sa.select(lines.c.manager_id, sa.func.count(), sa.func.count(lines.c.every), *in_time).group_by(
        lines.c.manager_id
    )
    return [
        Attention(manager, found, standard, tuple(in_time))
        for manager, found, standard, *in_time in session.execute(query)
    ]


def contacts_by_client(session: Session, viewer: Person, days: Sequence[date], zone: str) -> sa.Subquery:
    """One row per open client: its standard (`every` so many days, NULL without one), its last contact before the close of each
    day (`last_0` and so on), and whether that was in time (`in_time_0`).
    """  # noqa: D205
    book = scope(viewer)
    cadences = standards(session)
    every = sa.case(
        *((sa.and_(book.c.venue == venue, book.c.tier == tier), n) for (venue, tier), n in cadences.items()),
        (sa.false(), None),
        else_=None,
    )
    lasts = [
        sa.func.max(interaction.happened_at).filter(interaction.happened_at < end_of(d, zone)).label(f"last_{n}")
        for n, d in enumerate(days)
    ]
    last = sa.select(interaction.client_id, *lasts).group_by(interaction.client_id).subquery()
    names = ("id", "name", "tier", "manager_id")
    lines = (
        sa.select(
            *(book.c[name] for name in names),
            sa.cast(every, sa.Integer).label("every"),
            *(last.c[f"last_{n}"] for n in range(len(days))),
        )
        .outerjoin(last, last.c.client_id == book.c.id)
        .where(book.c.status != ClientStatus.CLOSED)
        .subquery()
    )
    known = sorted(set(cadences.values()))
    in_time = [
        sa.func.coalesce(_was_in_time(lines.c[f"last_{n}"], lines.c.every, day, known, zone), sa.false()).label(
            f"in_time_{n}"
        )
        for n, day in enumerate(days)
    ]
    return sa.select(*lines.c, *in_time).subquery()


def _was_in_time(
    last: sa.ColumnElement[datetime], every: sa.ColumnElement[int], day: date, cadences: Sequence[int], zone: str
) -> sa.ColumnElement[bool]:
    """The last contact is at most `every` days of the exchange's calendar ago."""
    return sa.or_(
        sa.false(), *(sa.and_(every == n, last >= end_of(day - timedelta(days=n + 1), zone)) for n in cadences)
    )
