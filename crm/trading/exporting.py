"""What clients traded and held, day by day, and their single trades."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import clients
from crm.exports import Selection, Sheet, listed, types_of
from crm.people import Person
from crm.trading.models import Balance, DailyActivity, Fill
from crm.trading.queries import accounts_of

ACCOUNT = ("venue", "uid")
ACTIVITY = (
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
BALANCES = ("day", "equity_usd", "deposits_usd", "withdrawals_usd")
TRADE = ("traded_at", "instrument", "product", "side", "role", "volume_usd", "fee_usd", "realised_pnl_usd")
AT_ONCE = 5000


@listed("daily_activity")
def daily_activity(session: Session, viewer: Person, selection: Selection) -> Sheet:
    read = _reader(session, viewer, selection, DailyActivity)
    rows = read(*(col(getattr(DailyActivity, name)) for name in ACTIVITY), by=ACTIVITY[:3])
    return Sheet("daily_activity", (*ACCOUNT, *ACTIVITY), rows, types_of(DailyActivity, *ACTIVITY))


@listed("balances")
def balances(session: Session, viewer: Person, selection: Selection) -> Sheet:
    rows = _reader(session, viewer, selection, Balance)(
        *(col(getattr(Balance, name)) for name in BALANCES), by=("day",)
    )
    return Sheet("balances", (*ACCOUNT, *BALANCES), rows, types_of(Balance, *BALANCES))


@listed("trades")
def trades(session: Session, viewer: Person, selection: Selection) -> Sheet:
    """A trade without an id of its venue is known again by its fingerprint, which stands in the place of the id."""
    own = sa.case(
        (col(Fill.fill_key).startswith("id "), sa.func.substr(col(Fill.fill_key), 4)), else_=col(Fill.fill_key)
    )
    role = sa.case((col(Fill.is_maker).is_(True), "maker"), (col(Fill.is_maker).is_(False), "taker"), else_=None)
    told = (role if name == "role" else col(getattr(Fill, name)) for name in TRADE)
    rows = _reader(session, viewer, selection, Fill)(own, *told, by=("traded_at", "fill_key"))
    typed = types_of(Fill, *(name for name in TRADE if name != "role"))
    return Sheet("trades", (*ACCOUNT, "trade_id", *TRADE), rows, typed)


def _reader(
    session: Session, viewer: Person, selection: Selection, fact: type[DailyActivity | Balance | Fill]
) -> Callable[..., Iterator[Sequence[object]]]:
    """Reads rows of a table of facts as a stream, by venue and UID."""
    chosen = clients.narrowing.clients_of(viewer, selection)
    owner = accounts_of(viewer, chosen, also_nobodys=not clients.narrowing.is_narrowed(selection))

    def read(*columns: Any, by: Sequence[str]) -> Iterator[Sequence[object]]:  # noqa: ANN401
        order = (owner.c.venue, owner.c.uid, *(col(getattr(fact, name)) for name in by))
        query = sa.select(owner.c.venue, owner.c.uid, *columns).join_from(
            owner, fact, col(fact.number) == owner.c.number
        )
        query = selection.within(query, fact.day).order_by(*order)
        return (tuple(row) for row in session.connection().execute(query.execution_options(yield_per=AT_ONCE)))

    return read
