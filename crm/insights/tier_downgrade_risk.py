"""The risk of falling to a lower tier: which clients fall on which day without more trading, and what revenue hangs on it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from crm import people
from crm.clients.models import ClientStatus
from crm.insights import desk
from crm.people import Person
from crm.trading import TradingProfile, TradingTier


@dataclass(frozen=True)
class TierDowngradeRisk:
    """`revenue_30d_usd` is the net fee revenue of the last 30 days; None is unknown."""

    client_id: UUID
    name: str
    manager_id: UUID
    manager: str
    tier: str | None
    falls_on: date
    falls_to: str | None
    volume_30d_usd: Decimal
    revenue_30d_usd: Decimal | None

    @property
    def at_stake_usd(self) -> Decimal | None:
        """What is lost with the client: nothing, where the exchange pays back more than it takes."""
        return None if self.revenue_30d_usd is None else max(self.revenue_30d_usd, Decimal(0))


def at_risk(session: Session, viewer: Person) -> tuple[TierDowngradeRisk, ...]:
    """Clients who trade less per day in the last 7 days than in the last 30, by the day on which they fall.

    Whoever keeps their pace only seems to fall: the window forgets old days no faster than new ones come.
    Source: our own derivation, as `trading.tiers.roll_off`.
    """
    found = falling(viewer).subquery()
    names = people.names(session)
    query = sa.select(found).order_by(found.c.falls_on, found.c.revenue.desc().nulls_last(), found.c.name, found.c.id)
    return tuple(
        TierDowngradeRisk(
            r.id, r.name, r.manager_id, names.get(r.manager_id, ""), r.tier, r.falls_on, r.falls_to, r.volume, r.revenue
        )
        for r in session.execute(query)
    )


def falling(viewer: Person) -> sa.Select[Any]:
    """The same as a select: id, name, manager_id, tier, falls_on, falls_to, volume and net fee revenue of 30 days."""
    book, standing, profile = desk.scope(viewer), desk.standing, desk.profile
    return (
        sa.select(
            book.c.id,
            book.c.name,
            book.c.manager_id,
            standing.tier,
            standing.falls_on,
            standing.falls_to,
            profile.volume_30d_usd.label("volume"),
            (profile.fees_30d_usd - sa.func.coalesce(profile.rebates_30d_usd, 0)).label("revenue"),
        )
        .join(TradingTier, standing.number == book.c.number)
        .join(TradingProfile, profile.number == book.c.number)
        .where(
            standing.falls_on.is_not(None),
            book.c.status != ClientStatus.CLOSED,
            profile.volume_7d_usd * 30 < profile.volume_30d_usd * 7,
        )
    )
