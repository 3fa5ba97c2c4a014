"""One client at a glance: what is owed, what it trades, which tier it has and for how long, and how it is doing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import clients, people, trading
from crm.ground import clock
from crm.ground.errors import NotFoundError
from crm.ground.messages import Message, Share, Usd
from crm.insights import measures
from crm.insights.gather import Known, known_of
from crm.insights.health import Health, health_of
from crm.insights.reasons import Reason, reasons_for
from crm.people import Person
from crm.trading import DailyActivity, Policy, Progress, RollOff


@dataclass(frozen=True)
class ClientSummary:
    """Numbers at the close of `as_of`; None is unknown. `tier` stands on the client, `earned_tier` comes from the policy."""

    client_id: UUID
    as_of: date | None
    last_contact_at: datetime | None
    last_contact_by: str | None
    contact_every_days: int | None
    open_tasks: int
    overdue_tasks: int
    promises_overdue: int
    volume_7d_usd: Decimal | None
    volume_30d_usd: Decimal | None
    volume_previous_30d_usd: Decimal | None
    change: float | None
    net_fees_30d_usd: Decimal | None
    effective_fee_bps: Decimal | None
    maker_share: float | None
    equity_usd: Decimal | None
    net_deposits_30d_usd: Decimal | None
    tier: str | None
    earned_tier: str | None
    progress: Progress | None
    gap: Message | None
    roll_off: RollOff | None
    silence: measures.Silence | None
    health: Health
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Rates:
    net_fees: Decimal | None
    volume_with_fees: Decimal | None
    maker_volume: Decimal | None
    volume_with_maker: Decimal | None


def summary_of(session: Session, viewer: Person, client_id: UUID) -> ClientSummary:
    """Everything the head of a client's page shows."""
    return summed_up(session, viewer, known_client(session, viewer, client_id))


def known_client(session: Session, viewer: Person, client_id: UUID) -> Known:
    """What is known about a client whom the viewer sees; the client itself is in it, read once."""
    chosen = clients.visible_to(viewer).where(col(clients.Client.id) == client_id)
    found = known_of(session, chosen, today=clock.today(viewer.time_zone), zone=viewer.time_zone)
    if not found:
        raise NotFoundError("There is no such client, or it is not in your book.")
    return found[0]


def summed_up(session: Session, viewer: Person, known: Known) -> ClientSummary:
    client, today = known.client, clock.today(viewer.time_zone)
    trades, profile, owed, contacts = known.trades, known.profile, known.owed, known.contacts
    as_of = profile.as_of if profile else trading.as_of(session)
    rates = _rates(session, clients.accounts.numbers_of(session, client), as_of)
    policy = next((p for p in trading.policies_in_force(session) if p.venue == client.venue), None)
    progress, roll_off = _tier_ahead(session, client, known, policy)
    return ClientSummary(
        client_id=client.id,
        as_of=as_of,
        last_contact_at=contacts.last_at if contacts else None,
        last_contact_by=people.names(session).get(contacts.last_by) if contacts else None,
        contact_every_days=known.contact_every_days,
        open_tasks=owed.open if owed else 0,
        overdue_tasks=owed.overdue if owed else 0,
        promises_overdue=owed.promises_overdue if owed else 0,
        volume_7d_usd=trades.volume_7d_usd if trades else None,
        volume_30d_usd=trades.volume_30d_usd if trades else None,
        volume_previous_30d_usd=trades.volume_previous_30d_usd if trades else None,
        change=measures.change(trades.volume_30d_usd, trades.volume_previous_30d_usd) if trades else None,
        net_fees_30d_usd=rates.net_fees,
        effective_fee_bps=measures.effective_fee_bps(rates.net_fees, rates.volume_with_fees),
        maker_share=measures.maker_share(rates.maker_volume, rates.volume_with_maker),
        equity_usd=profile.equity_usd if profile else None,
        net_deposits_30d_usd=profile.net_deposits_30d_usd if profile else None,
        tier=client.tier,
        earned_tier=known.standing.tier if known.standing else None,
        progress=progress,
        gap=gap_in_words(progress),
        roll_off=roll_off,
        silence=known.silence,
        health=health_of(known, today=today),
        reasons=reasons_for(known, today=today),
    )


def gap_in_words(progress: Progress | None) -> Message | None:
    """What the nearest route to the next tier still lacks."""
    if not progress or not progress.gaps:
        return None
    gap = progress.gaps[0]
    return gap_said(progress.next_tier, gap.metric, gap.missing, gap.share)


def gap_said(tier: str, metric: str, missing: Decimal, share: float | None = None) -> Message:
    if share is None:
        return Message(_GAPS[metric], missing=Usd(missing), tier=tier)
    return Message(_GAPS_WITH_SHARE[metric], missing=Usd(missing), tier=tier, there=Share(share))


_GAPS = {
    metric: message.text
    for metric, message in {
        "spot_volume_30d": Message("{missing} of 30-day spot volume to {tier}"),
        "derivatives_volume_30d": Message("{missing} of 30-day derivatives volume to {tier}"),
        "options_volume_30d": Message("{missing} of 30-day options volume to {tier}"),
        "total_volume_30d": Message("{missing} of 30-day volume to {tier}"),
        "assets_usd": Message("{missing} of assets to {tier}"),
        "token_balance": Message("{missing} of tokens to {tier}"),
    }.items()
}
_GAPS_WITH_SHARE = {
    metric: message.text
    for metric, message in {
        "spot_volume_30d": Message("{missing} more 30-day spot volume to {tier} ({there} reached)"),
        "derivatives_volume_30d": Message("{missing} more 30-day derivatives volume to {tier} ({there} reached)"),
        "options_volume_30d": Message("{missing} more 30-day options volume to {tier} ({there} reached)"),
        "total_volume_30d": Message("{missing} more 30-day volume to {tier} ({there} reached)"),
        "assets_usd": Message("{missing} more assets to {tier} ({there} reached)"),
        "token_balance": Message("{missing} more tokens to {tier} ({there} reached)"),
    }.items()
}


def _tier_ahead(
    session: Session, client: clients.Client, known: Known, policy: Policy | None
) -> tuple[Progress | None, RollOff | None]:
    """Only what the client has and does at its own venue counts there."""
    profile = known.profile
    if not policy or not profile:
        return None, None
    numbers = clients.accounts.numbers_of(session, client, venue=client.venue)
    window = trading.window_of(session, numbers, profile.as_of)
    assets = trading.equity_of(session, numbers, profile.as_of)
    volumes = trading.volumes(window, profile.as_of) if known.trades else {}
    progress = trading.progress(policy, {**volumes, "assets_usd": assets})
    return progress, trading.roll_off(policy, window, assets=assets, as_of=profile.as_of)


def _rates(session: Session, numbers: Sequence[int], as_of: date | None) -> _Rates:
    """Sums of 30 days, each with the volume of only those rows that told it."""
    if not as_of:
        return _Rates(None, None, None, None)
    fact = DailyActivity
    volume, fees_known, maker_known = (
        sa.func.sum(fact.volume_usd),
        col(fact.fees_usd).is_not(None),
        col(fact.maker_volume_usd).is_not(None),
    )
    query = sa.select(
        sa.func.sum(fact.fees_usd),
        sa.func.sum(fact.rebates_usd).filter(fees_known),
        volume.filter(fees_known),
        sa.func.sum(fact.maker_volume_usd),
        volume.filter(maker_known),
    ).where(col(fact.number).in_(numbers), col(fact.day) > as_of - timedelta(days=30), col(fact.day) <= as_of)
    fees, rebates, with_fees, maker, with_maker = session.execute(query).one()
    return _Rates(measures.net_fee_revenue(fees, rebates), with_fees, maker, with_maker)
