"""Facts that tests of trading and insights put in."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from crm import db, trading
from crm.clients.models import Client
from crm.db.sql import Sql
from crm.trading.models import Balance, DailyActivity, Fill, TierPolicy
from tests.cast import DESK

AS_OF = date(2026, 3, 15)  # the exchange day that has just closed when the tests' clock stands
_keys = count(1)


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def day(client: Client, on: date, volume: str, product: str = "spot", **fields: str | int | None) -> DailyActivity:
    amounts: dict[str, Any] = {
        f"{name}_usd" if name != "trades" else name: Decimal(value) if isinstance(value, str) else value
        for name, value in fields.items()
    }
    return DailyActivity(
        number=client.number, day=on, product=product, instrument="BTC-USDT", volume_usd=Decimal(volume), **amounts
    )


def balance(
    client: Client, on: date, equity: str | None = None, into: str | None = None, out: str | None = None
) -> Balance:
    def money(text: str | None) -> Decimal | None:
        return Decimal(text) if text is not None else None

    return Balance(
        number=client.number, day=on, equity_usd=money(equity), deposits_usd=money(into), withdrawals_usd=money(out)
    )


def fill(
    client: Client, on: date, volume: str, *, fee: str | None = None, maker: bool | None = None, pnl: str | None = None
) -> Fill:
    return Fill(
        number=client.number,
        fill_key=str(next(_keys)),
        traded_at=datetime(on.year, on.month, on.day, 4, tzinfo=UTC),
        day=on,
        product="spot",
        instrument="BTC-USDT",
        is_maker=maker,
        volume_usd=Decimal(volume),
        fee_usd=Decimal(fee) if fee is not None else None,
        realised_pnl_usd=Decimal(pnl) if pnl is not None else None,
    )


def put(*facts: DailyActivity | Balance | Fill | TierPolicy, policies: bool = False) -> None:
    """Put facts in and recompute the profiles, as an import does."""
    with db.write(by=DESK, why="facts", kind="import") as session:
        if policies:
            trading.ensure_policies(session)
        session.add_all(facts)
        session.flush()
        trading.refresh(session)


def roll_up(*days: tuple[Client, date]) -> int:
    """Roll up the days of these clients, as an import of fills does."""
    with db.write(why="fills") as session:
        wanted = " UNION ALL ".join(
            f"SELECT CAST({client.number} AS BIGINT) AS number, DATE '{on.isoformat()}' AS day" for client, on in days
        )
        Sql(session).temp_table("touched", wanted)
        return trading.roll_up(session, "touched")
