"""What the clients one sees have among them: the tiers, countries and tags that a filter offers."""

from dataclasses import dataclass

from sqlmodel import Session

from crm import clients, trading
from crm.people import Person


@dataclass(frozen=True)
class Choices:
    tiers: tuple[str, ...]
    countries: tuple[str, ...]
    tags: tuple[str, ...]


def of_book(session: Session, viewer: Person) -> Choices:
    """Tiers in the order of the policies, the others behind them by name."""
    ranks = {tier: rank for policy in trading.policies_in_force(session) for rank, tier in enumerate(policy.tiers)}
    tiers = sorted(clients.in_use(session, viewer, "tier"), key=lambda tier: (ranks.get(tier, len(ranks)), tier))
    return Choices(
        tuple(tiers), tuple(sorted(clients.in_use(session, viewer, "country"))), tuple(clients.tags_of(session, viewer))
    )
