"""Why a client should be contacted, in words with numbers."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crm.ground.messages import Message, Share, Usd
from crm.insights.gather import Known
from crm.insights.health import days_since_contact
from crm.insights.measures import change

FALL_NOTICE_DAYS = 7
DOWN_BY = 0.5


class Why(StrEnum):
    PROMISE = "promise"
    TIER_FALLS = "tier_falls"
    SILENCE = "silence"
    VOLUME_DOWN = "volume_down"
    KYC = "kyc"
    CONTACT = "contact"


# The most pressing first.
URGENCY = {why: len(Why) - place for place, why in enumerate(Why)}


@dataclass(frozen=True)
class Reason:
    why: Why
    said: Message


def reasons_for(known: Known, *, today: date) -> tuple[Reason, ...]:
    """Every reason that holds today, the most pressing first."""
    found = (
        (Why.PROMISE, _promise(known)),
        (Why.TIER_FALLS, _tier_falls(known, today)),
        (Why.SILENCE, _silence(known)),
        (Why.VOLUME_DOWN, _volume_down(known)),
        (Why.KYC, _kyc(known, today)),
        (Why.CONTACT, _contact(known, today)),
    )
    return tuple(Reason(why, said) for why, said in found if said)


def is_slowing(known: Known) -> bool:
    """The last 7 days trade less per day than the last 30: only then does a window that forgets its oldest days matter."""
    trades = known.trades
    return bool(trades and trades.volume_7d_usd * 30 < trades.volume_30d_usd * 7)


def _promise(known: Known) -> Message | None:
    """Which one and whose: it may be a colleague's, and stands in nobody else's list."""
    owed = known.owed
    if not owed or not owed.promises_overdue:
        return None
    return Message(
        "{count} promises are overdue, the first by {owner}: {title}",
        one="A promise by {owner} is overdue: {title}",
        count=owed.promises_overdue,
        owner=owed.promised_by,
        title=owed.promise,
    )


def _tier_falls(known: Known, today: date) -> Message | None:
    standing = known.standing
    if not standing or not standing.falls_on or not is_slowing(known):
        return None
    if standing.falls_on > today + timedelta(days=FALL_NOTICE_DAYS):
        return None
    if not standing.falls_to:
        return Message("{tier} is lost on {day} without more trading", tier=standing.tier, day=standing.falls_on)
    return Message(
        "{tier} falls to {lower} on {day} without more trading",
        tier=standing.tier,
        lower=standing.falls_to,
        day=standing.falls_on,
    )


def _silence(known: Known) -> Message | None:
    silence = known.silence
    if not silence or not silence.is_unusual:
        return None
    share = Share(silence.q or 0.0)
    if str(share) == str(Share(1.0)):
        return Message(
            "Quiet for {count} days, its longest pause so far",
            one="Quiet for {count} day, its longest pause so far",
            count=silence.current_days,
        )
    return Message(
        "Quiet for {count} days, longer than {share} of its past pauses",
        one="Quiet for {count} day, longer than {share} of its past pauses",
        count=silence.current_days,
        share=share,
    )


def _volume_down(known: Known) -> Message | None:
    trades = known.trades
    moved = change(trades.volume_30d_usd, trades.volume_previous_30d_usd) if trades else None
    if not trades or moved is None or moved >= -DOWN_BY:
        return None
    return Message(
        "Volume is down {share} on the 30 days before: {now} after {before}",
        share=Share(-moved),
        now=Usd(trades.volume_30d_usd),
        before=Usd(trades.volume_previous_30d_usd),
    )


def _kyc(known: Known, today: date) -> Message | None:
    expires_on = known.client.kyc_expires_on
    if expires_on is None or not known.client.kyc_expires_soon(today):
        return None
    if expires_on < today:
        return Message("The KYC expired on {day}", day=expires_on)
    return Message("The KYC expires on {day}", day=expires_on)


def _contact(known: Known, today: date) -> Message | None:
    if not known.contact_every_days:
        return None
    quiet = days_since_contact(known, today)
    if quiet is None:
        return Message(
            "No contact was ever logged; {tier} is to be contacted every {count} days",
            one="No contact was ever logged; {tier} is to be contacted every day",
            count=known.contact_every_days,
            tier=known.tier,
        )
    if quiet <= known.contact_every_days:
        return None
    return Message(
        "Last contact {quiet} days ago; {tier} is to be contacted every {count} days",
        one="Last contact {quiet} days ago; {tier} is to be contacted every day",
        count=known.contact_every_days,
        quiet=quiet,
        tier=known.tier,
    )
