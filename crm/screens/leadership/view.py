"""The leadership numbers as the page needs them: the period of the address, what is at risk, and whose call it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from crm import trading
from crm.ground import clock
from crm.insights import Period, TierDowngradeRisk, leadership
from crm.people import Person

SPANS, USUAL = ("7", "30", "90", "quarter", "custom"), "30"
SOON = 14  # days within which a falling tier is this fortnight's call
MONTHS = 3


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
class Desk:
    """The summary of the period, and what it asks of whom."""

    summary: leadership.LeadershipSummary
    calls: tuple[Call, ...]
    soon: tuple[TierDowngradeRisk, ...]


def desk(session: Session, viewer: Person, span: str, since: date | None, until: date | None) -> Desk:
    last = trading.as_of(session) or clock.exchange_today()
    found = leadership.summary(session, viewer, period(span, last, since, until))
    soon = tuple(one for one in found.falling if one.falls_on <= last + timedelta(days=SOON))
    return Desk(found, calls(found, soon), soon)


def period(span: str, last: date, since: date | None, until: date | None) -> Period:
    """The days of the address: so many until the last day told, the quarter so far, or from one day to another."""
    if span == "custom" and since:
        return Period(since, max(since, until or last))
    if span == "quarter":
        return Period(date(last.year, (last.month - 1) // MONTHS * MONTHS + 1, 1), last)
    return Period.ending(last, int(span) if span.isdigit() else 30)


def calls(found: leadership.LeadershipSummary, soon: Sequence[TierDowngradeRisk]) -> tuple[Call, ...]:
    """One line for each manager with something to decide, the most revenue first."""
    falling: dict[UUID, list[TierDowngradeRisk]] = defaultdict(list)
    for one in soon:
        falling[one.manager_id].append(one)
    lines = [
        Call(
            book.manager_id, book.name, len(falling[book.manager_id]), known_sum(falling[book.manager_id]),
            min((one.falls_on for one in falling[book.manager_id]), default=None), book.overdue_tasks, book.coverage,
        )
        for book in found.books
    ]  # fmt: skip
    asked = [line for line in lines if line.falling or line.overdue]
    return tuple(sorted(asked, key=lambda line: (-(line.revenue_usd or Decimal(0)), -line.overdue, line.name)))


def known_sum(lines: Sequence[TierDowngradeRisk]) -> Decimal | None:
    """The revenue of those whose fees are known; None if nobody's are."""
    known = [one.revenue_30d_usd for one in lines if one.revenue_30d_usd is not None]
    return sum(known, Decimal(0)) if known else None
