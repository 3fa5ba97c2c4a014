"""What is known about an account's trading, for those who may see its client."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from crm import clients, db, people
from crm.clients.models import Account, Client, FurtherAccount
from crm.ground import clock
from crm.people import Person, Right
from crm.trading import days, tier_policies, tiers
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
    """A client's days from `since` to `until`, both included; amounts are Decimal, and None where nothing is known.

    What several accounts of the client did in one instrument on one day is added up.
    """
    return _added_up(session, viewer, client_id, DailyActivity, _DAILY, (since, until))


def balances_of(session: Session, viewer: Person, client_id: UUID, since: date, until: date) -> "pd.DataFrame":
    """A client's balances, those of several accounts added up; a day counts what was told of it."""
    return _added_up(session, viewer, client_id, Balance, _BALANCES, (since, until))


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
        .where(_nobodys())
        .group_by(col(Account.number), col(Account.venue), col(Account.uid))
        .order_by(sa.text("volume_usd DESC"), col(Account.venue), col(Account.uid))
        .limit(limit)
    )
    return [UnclaimedAccount(**row) for row in session.connection().execute(query).mappings()]


def accounts_of(viewer: Person, chosen: Any, *, also_nobodys: bool) -> sa.Subquery:  # noqa: ANN401 -- a select
    """Number, venue and UID of the accounts of the clients that a select chooses; further accounts of a client under their own UIDs.

    Whoever may hand clients out also gets the UIDs that are nobody's client yet, so that what was imported comes out again.
    """
    scope = chosen.subquery()
    account = sa.select(col(Account.number), col(Account.venue), col(Account.uid))
    further = sa.select(col(FurtherAccount.number)).join(scope, scope.c.id == col(FurtherAccount.client_id))
    parts = [sa.select(scope.c.number, scope.c.venue, scope.c.uid), account.where(col(Account.number).in_(further))]
    if also_nobodys and people.may(viewer, Right.REASSIGN):
        parts.append(account.where(_nobodys()))
    return sa.union_all(*parts).subquery("owner")


def policies_in_force(session: Session) -> Sequence[Policy]:
    """The tier policy of each venue on the day up to which the facts speak; today's before any were told."""
    return db.once(session, _in_force)


@clients.tiers.ladder
def tiers_of(session: Session, venue: str) -> Sequence[str]:
    """The tiers of a venue's policy in force, the lowest first; none without a policy."""
    return next((policy.tiers for policy in policies_in_force(session) if policy.venue == venue), ())


def _in_force(session: Session) -> Sequence[Policy]:
    return tier_policies.in_force(session, days.as_of(session) or clock.exchange_today())


def window_of(session: Session, numbers: Collection[int], as_of: date) -> list[tiers.DayVolume]:
    """The days inside the 30-day window of some accounts, for tier progress and roll-off; the caller has checked who looks."""
    fact = DailyActivity
    query = (
        sa.select(col(fact.day), col(fact.product), sa.func.sum(fact.volume_usd).label("volume_usd"))
        .where(col(fact.number).in_(numbers), col(fact.day) > as_of - tiers.WINDOW, col(fact.day) <= as_of)
        .group_by(col(fact.day), col(fact.product))
        .order_by(col(fact.day), col(fact.product))
    )
    return [tiers.DayVolume(**row) for row in session.connection().execute(query).mappings()]


def equity_of(session: Session, numbers: Collection[int], as_of: date) -> Decimal | None:
    """What some accounts held together when each was last told of; the caller has checked who looks."""
    place = sa.func.row_number().over(partition_by=col(Balance.number), order_by=col(Balance.day).desc())
    told = sa.select(col(Balance.equity_usd), place.label("place")).where(
        col(Balance.number).in_(numbers), col(Balance.day) <= as_of, col(Balance.equity_usd).is_not(None)
    )
    newest = told.subquery()
    held: Decimal | None = session.scalar(sa.select(sa.func.sum(newest.c.equity_usd)).where(newest.c.place == 1))
    return held


def _nobodys() -> sa.ColumnElement[bool]:
    """No client has this account, neither as its own nor as a further one."""
    number = col(Account.number)
    return ~sa.or_(
        sa.exists().where(col(Client.number) == number), sa.exists().where(col(FurtherAccount.number) == number)
    )


def _added_up(
    session: Session,
    viewer: Person,
    client_id: UUID,
    fact: type[SQLModel],
    names: Sequence[str],
    days: tuple[date, date],
) -> "pd.DataFrame":
    numbers = clients.accounts.numbers_of(session, clients.get(session, viewer, client_id))
    columns = fact.__table__.c  # type: ignore[attr-defined]
    keys = [columns[name] for name in names if columns[name].primary_key]
    sums = [
        sa.cast(sa.func.sum(columns[name]), columns[name].type).label(name)
        for name in names
        if not columns[name].primary_key
    ]
    query = sa.select(*keys, *sums).where(columns.number.in_(numbers), columns.day.between(*days))
    return _frame(session, query.group_by(*keys).order_by(*keys), names)


def _frame(session: Session, query: sa.Select[tuple[object, ...]], columns: Sequence[str]) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415 -- half a second that the start does not wait for

    return pd.DataFrame(session.connection().execute(query).all(), columns=list(columns)).astype(object)
