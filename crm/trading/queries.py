"""What is known about an account's trading, for those who may see its client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import clients, db, people
from crm.clients.models import Account, Client
from crm.people import Person, Right
from crm.trading import days, policies, tiers
from crm.trading.models import Balance, DailyActivity, TradingProfile, TradingTier
from crm.trading.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

_DAILY = (
    "day",
    "product",
    "instrument",
    "volume_usd",
    "maker_volume_usd",
    "trades",
    "fees_usd",
    "rebates_usd",
    "realised_pnl_usd",
)
_BALANCES = ("day", "equity_usd", "deposits_usd", "withdrawals_usd")


@dataclass(frozen=True)
class UnclaimedAccount:
    """A UID that trades and is no client yet."""

    number: int
    venue: str
    uid: str
    volume_usd: Decimal
    trades: int | None
    first_day: date
    last_day: date


def profile_of(session: Session, viewer: Person, client_id: UUID) -> TradingProfile | None:
    """The trading profile of a client; None if nothing was ever imported for it."""
    client = clients.get(session, viewer, client_id)
    return session.exec(select(TradingProfile).where(TradingProfile.number == client.number)).first()


def tier_of(session: Session, viewer: Person, client_id: UUID) -> TradingTier | None:
    """What the policy in force gives a client; None if its venue has no policy or nothing is known about it."""
    client = clients.get(session, viewer, client_id)
    return session.exec(select(TradingTier).where(TradingTier.number == client.number)).first()


def daily_of(session: Session, viewer: Person, client_id: UUID, since: date, until: date) -> "pd.DataFrame":
    """A client's days from `since` to `until`, both included; amounts are Decimal, and None where nothing is known."""
    number = clients.get(session, viewer, client_id).number
    query = sa.select(*(DailyActivity.__table__.c[name] for name in _DAILY)).where(  # type: ignore[attr-defined]
        col(DailyActivity.number) == number, col(DailyActivity.day).between(since, until)
    )
    return _frame(session, query.order_by(*(sa.text(name) for name in _DAILY[:3])), _DAILY)


def balances_of(session: Session, viewer: Person, client_id: UUID, since: date, until: date) -> "pd.DataFrame":
    number = clients.get(session, viewer, client_id).number
    query = sa.select(*(Balance.__table__.c[name] for name in _BALANCES)).where(  # type: ignore[attr-defined]
        col(Balance.number) == number, col(Balance.day).between(since, until)
    )
    return _frame(session, query.order_by(sa.text("day")), _BALANCES)


def unclaimed(session: Session, viewer: Person, *, limit: int = 500) -> list[UnclaimedAccount]:
    """UIDs with facts that are nobody's client, the largest first; for those who may hand clients out."""
    if not people.may(viewer, Right.REASSIGN):
        return []
    fact = DailyActivity
    query = (
        sa.select(
            col(Account.number),
            col(Account.venue),
            col(Account.uid),
            sa.func.sum(fact.volume_usd).label("volume_usd"),
            sa.cast(sa.func.sum(fact.trades), sa.BigInteger).label("trades"),
            sa.func.min(fact.day).label("first_day"),
            sa.func.max(fact.day).label("last_day"),
        )
        .join(fact, col(fact.number) == col(Account.number))
        .where(~sa.exists().where(col(Client.number) == col(Account.number)))
        .group_by(col(Account.number), col(Account.venue), col(Account.uid))
        .order_by(sa.text("volume_usd DESC"), col(Account.venue), col(Account.uid))
        .limit(limit)
    )
    return [UnclaimedAccount(**row) for row in session.connection().execute(query).mappings()]


def policies_in_force(session: Session) -> Sequence[Policy]:
    """The tier policy of each venue on the day up to which the facts speak."""
    return db.once(session, _in_force)


def _in_force(session: Session) -> Sequence[Policy]:
    return policies.in_force(session, days.as_of(session))


def window_of(session: Session, number: int, as_of: date) -> list[tiers.DayVolume]:
    """The days inside an account's 30-day window, for its tier progress and roll-off; the caller has checked who looks."""
    fact = DailyActivity
    query = (
        sa.select(col(fact.day), col(fact.product), sa.func.sum(fact.volume_usd).label("volume_usd"))
        .where(col(fact.number) == number, col(fact.day) > as_of - tiers.WINDOW, col(fact.day) <= as_of)
        .group_by(col(fact.day), col(fact.product))
        .order_by(col(fact.day), col(fact.product))
    )
    return [tiers.DayVolume(**row) for row in session.connection().execute(query).mappings()]


def _frame(session: Session, query: sa.Select[tuple[object, ...]], columns: Sequence[str]) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415 -- half a second that the start does not wait for

    return pd.DataFrame(session.connection().execute(query).tuples().all(), columns=list(columns)).astype(object)
