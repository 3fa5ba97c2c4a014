"""Sums over the clients somebody sees: the selects from which the leadership numbers are made."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm import clients
from crm.clients.models import Client, ClientStatus
from crm.insights.gather import end_of, standards
from crm.interactions.models import Interaction
from crm.people import Person
from crm.trading import DailyActivity, TradingProfile, TradingTier

# Columns of mapped classes, as statements see them.
fact: Any = DailyActivity
profile: Any = TradingProfile
standing: Any = TradingTier
client: Any = Client
said: Any = Interaction


def scope(viewer: Person) -> Any:  # noqa: ANN401 -- a subquery, whose columns are known by name only
    """The viewer's clients as a subquery: id, number, name, venue, status, manager_id and the tier as shown."""
    tier = sa.func.coalesce(client.tier, standing.tier)
    chosen: Any = clients.visible_to(viewer).with_only_columns(
        client.id, client.number, client.name, client.venue, client.status, client.manager_id, tier.label("tier")
    )
    return chosen.outerjoin(TradingTier, standing.number == client.number).subquery("scope")


def net(period: Any | None = None) -> Any:  # noqa: ANN401
    """Net fee revenue of the rows of a condition: fees - rebates, only of rows that tell their fees."""
    told = fact.fees_usd.is_not(None)
    kept = sa.func.sum(fact.fees_usd - sa.func.coalesce(fact.rebates_usd, 0))
    return kept.filter(told if period is None else sa.and_(told, period))


def within(since: date, until: date) -> Any:  # noqa: ANN401
    return fact.day.between(since, until)


def amounts_by_client(
    viewer: Person, windows: dict[str, tuple[date, date]], wanted: Collection[str] = ("volume", "revenue", "gross")
) -> Any:  # noqa: ANN401
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


def _spans(book: Any, cuts: list[date]) -> Any:  # noqa: ANN401
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


def _amounts_within(spans: Any, since: int, until: int) -> dict[str, Any]:  # noqa: ANN401
    # Where no row tells its fees the sums are NULL by themselves; only a window without rows has to be made 0.
    inside = spans.c.place.between(since, until - 1)
    is_empty = sa.func.count().filter(inside) == 0
    return {
        "volume": sa.func.coalesce(sa.func.sum(spans.c.volume).filter(inside), 0),
        "revenue": sa.case((is_empty, 0), else_=sa.func.sum(spans.c.revenue).filter(inside)),
        "gross": sa.case((is_empty, 0), else_=sa.func.sum(spans.c.gross).filter(inside)),
    }


def _or_nothing(sums: Any, column: Any) -> Any:  # noqa: ANN401
    """Without any row in any window the client did not trade; otherwise what the window says, be it NULL."""
    return sa.case((sums.c.number.is_(None), 0), else_=column).label(column.name)


def attention_by_manager(session: Session, viewer: Person, days: list[date], zone: str) -> Any:  # noqa: ANN401
    """Per manager: open clients, those whose tier has a standard, and how many were in time at the close of each day."""
    book = scope(viewer)
    cadences = standards(session)
    every = (
        sa.case(
            *((sa.and_(book.c.venue == venue, book.c.tier == tier), n) for (venue, tier), n in cadences.items()),
            else_=None,
        )
        if cadences
        else sa.null()
    )
    lasts = [
        sa.func.max(said.happened_at).filter(said.happened_at < end_of(d, zone)).label(f"last_{n}")
        for n, d in enumerate(days)
    ]
    last = sa.select(said.client_id, *lasts).group_by(said.client_id).subquery()
    lines = (
        sa.select(
            book.c.manager_id,
            sa.cast(every, sa.Integer).label("every"),
            *(last.c[f"last_{n}"] for n in range(len(days))),
        )
        .outerjoin(last, last.c.client_id == book.c.id)
        .where(book.c.status != ClientStatus.CLOSED)
        .subquery()
    )
    in_time = [
        sa.func.count().filter(
            _was_in_time(lines.c[f"last_{n}"], lines.c.every, day, sorted(set(cadences.values())), zone)
        )
        for n, day in enumerate(days)
    ]
    query = sa.select(lines.c.manager_id, sa.func.count(), sa.func.count(lines.c.every), *in_time).group_by(
        lines.c.manager_id
    )
    return session.execute(query).all()


def _was_in_time(last: Any, every: Any, day: date, cadences: list[int], zone: str) -> Any:  # noqa: ANN401
    """The last contact is at most `every` days of the exchange's calendar ago."""
    return sa.or_(
        sa.false(), *(sa.and_(every == n, last >= end_of(day - timedelta(days=n + 1), zone)) for n in cadences)
    )
