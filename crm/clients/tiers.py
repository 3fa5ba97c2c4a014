"""Which tiers a client can be given: those of its venue's policy, where there is one; rooms above say what they are."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from crm.ground.errors import InvalidError

Ladder = Callable[[Session, str], Sequence[str]]
_LADDERS: list[Ladder] = []


def ladder(found: Ladder) -> Ladder:
    """Register where the tiers of a venue are told, the lowest first; none where nothing is known of the venue."""
    _LADDERS.append(found)
    return found


def of_venue(session: Session, venue: str) -> list[str]:
    """The tiers of a venue, the lowest first; empty where no policy is known, and any text may be one."""
    return [tier for found in _LADDERS for tier in found(session, venue)]


def known(session: Session, venue: str, tier: str | None) -> str | None:
    """A tier as the policy spells it: “vip 5” is VIP5.

    Raises:
        InvalidError: the venue has no such tier; the sentence names those that it has.
    """
    tiers = of_venue(session, venue)
    if not tier or not tiers or tier in tiers:
        return tier
    spelt = {_bare(one): one for one in tiers}
    if _bare(tier) in spelt:
        return spelt[_bare(tier)]
    raise InvalidError(
        "“{tier}” is not a tier of {venue}; its tiers are {tiers}.", tier=tier, venue=venue, tiers=", ".join(tiers)
    )


def _bare(tier: str) -> str:
    return "".join(tier.split()).replace("-", "").casefold()
