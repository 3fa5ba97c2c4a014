"""What a lead answers for: the desk's volume, revenue, attention and risk in a period, beside the period before."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from crm import people, trading
from crm.ground import clock
from crm.ground.messages import Message
from crm.insights import attention, flows, measures, movement, tier_downgrade_risk
from crm.insights.attention import BookOfManager
from crm.insights.flows import TierDay
from crm.insights.movement import Concentration, Growth, TopClient
from crm.insights.period import Period
from crm.insights.tier_downgrade_risk import TierDowngradeRisk
from crm.people import Person, Right


class Unit(StrEnum):
    USD = "usd"
    SHARE = "share"
    COUNT = "count"


@dataclass(frozen=True)
class Point:
    day: date
    value: Decimal | int | float | None


@dataclass(frozen=True)
class Figure:
    """A number of the headline. `change` is relative for amounts and counts, a difference for shares; None: cannot be said."""

    key: str
    label: Message
    unit: Unit
    value: Decimal | int | float | None
    previous: Decimal | int | float | None
    series: tuple[Point, ...]
    more_is_better: bool = True

    @property
    def change(self) -> float | None:
        if self.unit is not Unit.SHARE:
            return measures.change(self.value, self.previous)
        return None if self.value is None or self.previous is None else float(self.value) - float(self.previous)


@dataclass(frozen=True)
class RevenueOfManager:
    manager_id: UUID
    name: str
    revenue_usd: Decimal | None


@dataclass(frozen=True)
class LeadershipSummary:
    """Everything of the Leadership page. `fees_known` is the share of the volume whose fees were told."""

    period: Period
    zone: str
    as_of: date | None
    clients: int
    fees_known: float | None
    headline: tuple[Figure, ...]
    volume_by_tier: tuple[TierDay, ...]
    revenue_by_manager: tuple[RevenueOfManager, ...]
    books: tuple[BookOfManager, ...]
    growth: Growth
    concentration: Concentration
    falling: tuple[TierDowngradeRisk, ...]
    top: tuple[TopClient, ...]

    def figure(self, key: str) -> Figure:
        return next(figure for figure in self.headline if figure.key == key)


def summary(session: Session, viewer: Person, period: Period) -> LeadershipSummary:
    """The desk as far as the viewer sees it: a lead's teams, or everything."""
    people.require(viewer, Right.DASHBOARD)
    days = flows.by_day(session, viewer, period)
    moved, moved_before = (movement.between(session, viewer, p) for p in (period, period.previous))
    points = movement.at_points(session, viewer, period)
    books = attention.books(session, viewer, period)
    names = people.names(session)
    ordered = sorted(books.lines, key=lambda b: (-(b.revenue_usd or Decimal(0)), b.name))
    return LeadershipSummary(
        period=period,
        zone=clock.exchange_zone().key,
        as_of=trading.as_of(session),
        clients=sum(book.clients for book in books.lines),
        fees_known=days.fees_known,
        headline=_headline(days, (moved, moved_before), points, books),
        volume_by_tier=flows.by_tier(session, viewer, period),
        revenue_by_manager=tuple(
            RevenueOfManager(b.manager_id, names.get(b.manager_id, ""), b.revenue_usd)
            for b in ordered
            if b.revenue_usd is not None
        ),
        books=tuple(ordered),
        growth=moved.growth,
        concentration=moved.concentration,
        falling=tier_downgrade_risk.at_risk(session, viewer),
        top=movement.top(session, viewer, period),
    )


def _headline(
    days: flows.Days,
    both: tuple[movement.Moved, movement.Moved],
    points: tuple[movement.Standing, ...],
    books: attention.Books,
) -> tuple[Figure, ...]:
    moved, before = both
    first, last, later = points[0], points[-1], points[1:]
    at = [p.day for p in later]
    covered, overdue = books.coverage, books.promises_overdue
    return (
        _flow("volume", Message("Volume"), days.volume),
        _flow("revenue", Message("Net fee revenue"), days.revenue),
        _flow("net_deposits", Message("Net deposits"), days.net_deposits),
        Figure(
            "active", Message("Active VIPs"), Unit.COUNT, moved.active, before.active, _series(days.days, days.active)
        ),
        Figure(
            "nrr",
            Message("Revenue kept, with growth (NRR)"),
            Unit.SHARE,
            moved.nrr,
            before.nrr,
            _series(at, [p.nrr for p in later]),
        ),
        Figure(
            "grr",
            Message("Revenue kept, without growth (GRR)"),
            Unit.SHARE,
            moved.grr,
            before.grr,
            _series(at, [p.grr for p in later]),
        ),
        Figure(
            "at_risk",
            Message("Revenue at risk"),
            Unit.USD,
            last.at_risk,
            first.at_risk,
            _series(at, [p.at_risk for p in later]),
            more_is_better=False,
        ),
        Figure(
            "coverage",
            Message("Contact coverage"),
            Unit.SHARE,
            covered[-1],
            covered[0],
            _series(books.days[1:], covered[1:]),
        ),
        Figure(
            "promises",
            Message("Overdue promises"),
            Unit.COUNT,
            overdue[-1],
            overdue[0],
            _series(books.days[1:], overdue[1:]),
            more_is_better=False,
        ),
    )


def _flow(key: str, label: Message, flow: flows.Flow) -> Figure:
    return Figure(key, label, Unit.USD, flow.total, flow.previous, _series(flow.days, flow.values))


def _series(days: list[date], values: list[Decimal | None] | list[float | None] | list[int]) -> tuple[Point, ...]:
    return tuple(Point(day, value) for day, value in zip(days, values, strict=True))
