"""What is at risk in a period, and whose call it is: the summary of the desk with a line for each manager who has to decide."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from crm import trading
from crm.ground import clock
from crm.insights import leadership
from crm.insights.leadership import LeadershipSummary
from crm.insights.period import Period
from crm.insights.tier_downgrade_risk import TierDowngradeRisk
from crm.people import Person

SOON = 14  # days within which a falling tier is this fortnight's call


@dataclass(frozen=True)
class Call:
    """What one manager has to decide about: clients about to fall, promises and contacts that are late."""

    manager_id: UUID
    name: str
    falling: int
    revenue_usd: Decimal | None
    first_on: date | None
    overdue: int
    coverage: float | None


@dataclass(frozen=True)
class DeskReview:
    """The summary of the period, what it asks of whom, and which tiers fall within a fortnight."""

    summary: LeadershipSummary
    calls: tuple[Call, ...]
    soon: tuple[TierDowngradeRisk, ...]
    soon_until: date


def review(
    session: Session, viewer: Person, span: str, since: date | None = None, until: date | None = None
) -> DeskReview:
    """The desk as far as the viewer sees it, in one of `period.SPANS` up to the last day that was told.

    Raises:
        NotAllowedError: the numbers of the desk are for leads.
    """
    last = trading.as_of(session) or clock.exchange_today()
    summary = leadership.summary(session, viewer, Period.of_span(span, last, since=since, until=until))
    soon_until = last + timedelta(days=SOON)
    soon = tuple(one for one in summary.falling if one.falls_on <= soon_until)
    return DeskReview(summary, _calls(summary, soon), soon, soon_until)


def _calls(summary: LeadershipSummary, soon: Sequence[TierDowngradeRisk]) -> tuple[Call, ...]:
    """One line for each manager with something to decide, the most revenue first."""
    falling: dict[UUID, list[TierDowngradeRisk]] = defaultdict(list)
    for one in soon:
        falling[one.manager_id].append(one)
    lines = [
        Call(
            book.manager_id,
            book.name,
            len(falling[book.manager_id]),
            revenue_of(falling[book.manager_id]),
            min((one.falls_on for one in falling[book.manager_id]), default=None),
            book.overdue_tasks,
            book.coverage,
        )
        for book in summary.books
    ]
    pressing = [line for line in lines if line.falling or line.overdue]
    return tuple(sorted(pressing, key=lambda line: (-(line.revenue_usd or Decimal(0)), -line.overdue, line.name)))


def revenue_of(lines: Sequence[TierDowngradeRisk]) -> Decimal | None:
    """What is at stake with those whose fees are known; None if nobody's are."""
    known = [one.at_stake_usd for one in lines if one.at_stake_usd is not None]
    return sum(known, Decimal(0)) if known else None
