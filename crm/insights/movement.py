"""How the book moved between two periods: what was kept, won and lost, how concentrated it is, and what is at risk."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from crm import people
from crm.insights import desk, measures
from crm.insights.desk import Columns
from crm.insights.period import Period
from crm.insights.reasons import DOWN_BY
from crm.people import Person

WINDOW = 30
TOP = 10


@dataclass(frozen=True)
class Step:
    clients: int
    revenue_usd: Decimal


@dataclass(frozen=True)
class Growth:
    """Where the change of net fee revenue comes from.

    Formula: now - before = new + returned + expansion - contraction - lost. New: first facts in the period; returned: active
    now, not in the period before, but earlier; lost: active before, not now; active: volume > 0. Clients whose fees are unknown
    in one of the periods are left out and counted as `unknown`. Unit: USD. Source: growth accounting of subscription revenue.
    """

    before_usd: Decimal
    now_usd: Decimal
    new: Step
    returned: Step
    expansion: Step
    contraction: Step
    lost: Step
    unknown: int

    @property
    def quick_ratio(self) -> float | None:
        """Formula: (new + returned + expansion) / (contraction + lost). Unit: ratio. Source: the same."""
        gains = self.new.revenue_usd + self.returned.revenue_usd + self.expansion.revenue_usd
        losses = self.contraction.revenue_usd + self.lost.revenue_usd
        return float(gains / losses) if losses else None


@dataclass(frozen=True)
class Concentration:
    """How much of the gross fees hangs on few clients: every client of whom trading was ever told counts, also with 0.

    `top_share` is the share of the ten largest. Sources: the concentration ratio of ten, `measures.gini`, `measures.effective_number`.
    """

    clients: int
    top_share: float | None
    gini: float | None
    effective_clients: float | None


@dataclass(frozen=True)
class Moved:
    active: int
    nrr: float | None
    grr: float | None
    growth: Growth
    concentration: Concentration


@dataclass(frozen=True)
class Standing:
    """At the close of a day: 30 days against the 30 before. `at_risk` is what clients paid in the earlier 30 whose volume has
    fallen by more than half since. Unit: share, USD. Source: `measures.retained`.
    """  # noqa: D205

    day: date
    nrr: float | None
    grr: float | None
    at_risk: Decimal | None


@dataclass(frozen=True)
class TopClient:
    client_id: UUID
    name: str
    tier: str | None
    manager: str
    volume_usd: Decimal
    revenue_usd: Decimal
    share: float | None


def between(session: Session, viewer: Person, period: Period) -> Moved:
    """One pass over the clients: retention, growth accounting and concentration."""
    c = amounts(viewer, period).c
    ranked = sa.select(
        *c,
        told(c).label("told"),
        _place(c.gross_now, descending=False).label("rank"),
        _place(c.gross_now, descending=True).label("place"),
    ).subquery()
    r = ranked.c
    gross = sa.cast(r.gross_now, sa.Double)
    row = session.execute(
        sa.select(
            sa.func.count().filter(r.volume_now > 0).label("active"),
            *_retained(r, "now", "before"),
            *_growth(r, period),
            sa.func.count(r.gross_now).label("paying"),
            sa.func.sum(gross).label("gross"),
            sa.func.sum(gross * r.rank).filter(r.gross_now.is_not(None)).label("weighted"),
            sa.func.sum(gross * gross).label("squares"),
            sa.func.sum(gross).filter(r.place <= TOP).label("largest"),
        )
    ).one()
    concentration = Concentration(
        row.paying,
        row.largest / row.gross if row.gross else None,
        measures.gini(row.paying, row.gross, row.weighted),
        measures.effective_number(row.gross, row.squares),
    )
    kept, kept_at_most, before = row.kept_now, row.kept_at_most_now, row.before_now
    return Moved(
        row.active,
        measures.retained(kept, before),
        measures.retained(kept_at_most, before),
        _growth_of(row),
        concentration,
    )


def at_points(session: Session, viewer: Person, period: Period) -> tuple[Standing, ...]:
    days = period.points()
    windows = {}
    for n, day in enumerate(days):
        windows[f"now{n}"], windows[f"before{n}"] = around(day)
    c = desk.amounts_by_client(viewer, windows, ("volume", "revenue")).c
    columns = [part for n in range(len(days)) for part in (*_retained(c, f"now{n}", f"before{n}"), _at_risk(c, n))]
    row = session.execute(sa.select(*columns)).mappings().one()
    return tuple(
        Standing(
            day,
            measures.retained(row[f"kept_now{n}"], row[f"before_now{n}"]),
            measures.retained(row[f"kept_at_most_now{n}"], row[f"before_now{n}"]),
            row[f"at_risk{n}"],
        )
        for n, day in enumerate(days)
    )


def top(session: Session, viewer: Person, period: Period, *, limit: int = TOP) -> tuple[TopClient, ...]:
    """The clients with the most net fee revenue; `share` is their part of all that clients with positive revenue bring."""
    c = amounts(viewer, period).c
    everything = sa.func.sum(c.revenue_now).filter(c.revenue_now > 0).over()
    query = (
        sa.select(c.id, c.name, c.tier, c.manager_id, c.volume_now, c.revenue_now, everything.label("everything"))
        .where(c.revenue_now.is_not(None), c.volume_now > 0)
        .order_by(c.revenue_now.desc(), c.name, c.id)
        .limit(limit)
    )
    names = people.names(session)
    return tuple(
        TopClient(
            r.id,
            r.name,
            r.tier,
            names.get(r.manager_id, ""),
            r.volume_now,
            r.revenue_now,
            float(r.revenue_now / r.everything) if r.everything else None,
        )
        for r in session.execute(query)
    )


def amounts(viewer: Person, period: Period) -> sa.CTE:
    """One row per client with its volume and revenue in the period (`now`) and in the one `before`."""
    before = period.previous
    return desk.amounts_by_client(viewer, {"now": (period.since, period.until), "before": (before.since, before.until)})


def _place(column: sa.ColumnElement[Any], *, descending: bool) -> sa.ColumnElement[int]:
    order = column.desc() if descending else column.asc()
    return sa.func.row_number().over(order_by=order.nulls_last())


def _retained(c: Columns, now: str, before: str) -> list[sa.Label[Any]]:
    """The three sums of NRR and GRR, over clients who paid before and whose revenue now is known."""
    kept, paid = c[f"revenue_{now}"], c[f"revenue_{before}"]
    same = stayed(c, now, before)
    return [
        sa.func.sum(kept).filter(same).label(f"kept_{now}"),
        sa.func.sum(sa.func.least(kept, paid)).filter(same).label(f"kept_at_most_{now}"),
        sa.func.sum(paid).filter(same).label(f"before_{now}"),
    ]


def stayed(c: Columns, now: str, before: str) -> sa.ColumnElement[bool]:
    """Of whom retention speaks: who paid before and whose revenue now is known."""
    return sa.and_(c[f"revenue_{before}"] > 0, c[f"revenue_{now}"].is_not(None))


def around(day: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """The 30 days that end on a day, and the 30 before them."""
    middle = day - timedelta(days=WINDOW)
    return (middle + timedelta(days=1), day), (middle - timedelta(days=WINDOW - 1), middle)


def has_fallen(c: Columns, now: str, before: str) -> sa.ColumnElement[bool]:
    """The volume is less than half of what it was."""
    return sa.and_(c[f"volume_{before}"] > 0, c[f"volume_{now}"] < c[f"volume_{before}"] * (1 - DOWN_BY))


def _at_risk(c: Columns, n: int) -> sa.Label[Any]:
    paid = sa.func.sum(c[f"revenue_before{n}"]).filter(has_fallen(c, f"now{n}", f"before{n}"))
    return sa.case((sa.func.count() == 0, None), else_=sa.func.coalesce(paid, 0)).label(f"at_risk{n}")


def told(r: Columns) -> sa.ColumnElement[bool]:
    """The fees of a client are known in both periods."""
    return sa.and_(r.revenue_now.is_not(None), r.revenue_before.is_not(None))


def steps(r: Columns, period: Period) -> dict[str, tuple[sa.ColumnElement[bool], sa.ColumnElement[Decimal]]]:
    """Of each step of `Growth`: which clients it counts, and what each of them adds to it."""
    now, before = r.volume_now > 0, r.volume_before > 0
    began, more = r.first_day >= period.since, r.revenue_now > r.revenue_before
    less = r.revenue_now < r.revenue_before
    came, went = sa.and_(now, ~before), sa.and_(before, ~now)
    stayed = sa.not_(sa.or_(came, went))
    gained = r.revenue_now - r.revenue_before
    return {
        "new": (sa.and_(came, began), gained),
        "returned": (sa.and_(came, ~began), gained),
        "expansion": (sa.and_(stayed, more), gained),
        "contraction": (sa.and_(stayed, less), -gained),
        "lost": (went, -gained),
    }


def _growth(r: Columns, period: Period) -> list[sa.Label[Any]]:
    columns = [
        sa.func.coalesce(sa.func.sum(r.revenue_now).filter(r.told), 0).label("revenue_now"),
        sa.func.coalesce(sa.func.sum(r.revenue_before).filter(r.told), 0).label("revenue_before"),
        sa.func.count().filter(~r.told).label("unknown"),
    ]
    for name, (condition, amount) in steps(r, period).items():
        counted = sa.and_(r.told, condition)
        columns += [
            sa.func.count().filter(counted).label(f"{name}_clients"),
            sa.func.coalesce(sa.func.sum(amount).filter(counted), 0).label(f"{name}_usd"),
        ]
    return columns


def _growth_of(row: sa.Row[Any]) -> Growth:
    def step(name: str) -> Step:
        return Step(getattr(row, f"{name}_clients"), getattr(row, f"{name}_usd"))

    return Growth(
        before_usd=row.revenue_before,
        now_usd=row.revenue_now,
        new=step("new"),
        returned=step("returned"),
        expansion=step("expansion"),
        contraction=step("contraction"),
        lost=step("lost"),
        unknown=row.unknown,
    )
