"""How a client is doing, in one number that can be taken apart again."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.ground.messages import Message
from crm.insights.gather import Known

GREEN, YELLOW = 76, 51


@dataclass(frozen=True)
class Driver:
    """One measure of health: 0 to 100, or None where nothing is known."""

    name: Message
    weight: int
    score: float | None


@dataclass(frozen=True)
class Health:
    """The weighted mean of what is known, and how much of all weights is known.

    Formula: sum(w x score) / sum(w), over the measures that are known. Unit: 0 to 100; 0-50 red, 51-75 yellow, 76-100 green.
    Source: Gainsight's scorecards and their bands; the weights are ours: volume 30, silence 20, deposits 15, contact 15,
    mood 10, KYC 10.
    """

    score: int | None
    coverage: float
    drivers: tuple[Driver, ...]

    @property
    def band(self) -> str | None:
        if self.score is None:
            return None
        return "green" if self.score >= GREEN else "yellow" if self.score >= YELLOW else "red"


def health_of(known: Known, *, today: date) -> Health:
    """A missing measure is left out of both sums and lowers the coverage; it never counts as 0."""
    drivers = (
        Driver(Message("Volume against its own baseline"), 30, volume_score(known)),
        Driver(Message("Activity against its own rhythm"), 20, silence_score(known)),
        Driver(Message("Deposits against withdrawals"), 15, deposits_score(known)),
        Driver(Message("Contact within the tier's standard"), 15, contact_score(known, today)),
        Driver(Message("Mood of recent conversations"), 10, mood_score(known)),
        Driver(Message("Verified identity"), 10, kyc_score(known, today)),
    )
    there = [(d.weight, d.score) for d in drivers if d.score is not None]
    weight = sum(w for w, _ in there)
    score = round(sum(w * s for w, s in there) / weight) if weight else None
    return Health(score, weight / sum(d.weight for d in drivers), drivers)


def volume_score(known: Known) -> float | None:
    """Formula: 100 x volume of 30 days / volume of the 30 days before, at most 100. Unknown without a baseline."""
    if not known.trades or known.trades.volume_previous_30d_usd <= 0:
        return None
    return 100 * min(1.0, float(known.trades.volume_30d_usd) / float(known.trades.volume_previous_30d_usd))


def silence_score(known: Known) -> float | None:
    """Formula: 100 up to q = 0.5, then falling to 0 at q = 1 (q as in `Silence`)."""
    q = known.silence.q if known.silence else None
    return None if q is None else 100 * min(1.0, 2 * (1 - q))


def deposits_score(known: Known) -> float | None:
    """Formula: 100 x (1 - net withdrawals of 30 days / equity before them), between 0 and 100."""
    profile = known.profile
    if not profile or profile.net_deposits_30d_usd is None:
        return None
    if profile.net_deposits_30d_usd >= 0:
        return 100.0
    if profile.equity_usd is None:
        return None
    before = profile.equity_usd - profile.net_deposits_30d_usd
    return 100 * max(0.0, float(1 + profile.net_deposits_30d_usd / before)) if before > Decimal(0) else 0.0


def contact_score(known: Known, today: date) -> float | None:
    """Formula: 100 within the standard, falling to 0 when twice as many days have passed. Unknown without a logged contact."""
    quiet = days_since_contact(known, today)
    if quiet is None or not known.contact_every_days:
        return None
    return 100 * min(1.0, max(0.0, 2 - quiet / known.contact_every_days))


def mood_score(known: Known) -> float | None:
    """Formula: 100 x (mean mood of the last 90 days - 1) / 4, mood from 1 to 5."""
    mood = known.contacts.mood if known.contacts else None
    return None if mood is None else 100 * (mood - 1) / 4


def kyc_score(known: Known, today: date) -> float | None:
    """Formula: 0 once expired, 50 in the last 30 days, else 100. Unknown without a day of expiry."""
    expires_on = known.client.kyc_expires_on
    if expires_on is None:
        return None
    return 0.0 if expires_on < today else 50.0 if known.client.kyc_expires_soon(today) else 100.0


def days_since_contact(known: Known, today: date) -> int | None:
    """Whole days of the reader's calendar since the last logged contact."""
    return max(0, (today - known.contacts.last_on).days) if known.contacts else None
