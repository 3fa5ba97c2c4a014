"""What is a sum of other rows counts once, and what contradicts another column is said or left out."""

import json
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import col, select

from crm import db
from crm.intake.guesses import OpenQuestionError
from crm.trading.models import Balance, DailyActivity, Fill
from tests.cast import Cast
from tests.imports.bringing import bring_in, problems

FILLS = "Trade ID,UID,Time (UTC),Pair,Side,Price,Quantity,{0}\n"


def days() -> list[tuple[Any, ...]]:
    with db.read() as session:
        found = session.exec(select(DailyActivity).order_by(col(DailyActivity.instrument)))
        return [(one.instrument, one.volume_usd) for one in found]


def volumes() -> list[Any]:
    with db.read() as session:
        return [fill.volume_usd for fill in session.exec(select(Fill).order_by(col(Fill.fill_key)))]


PARTS = "Date,UID,Pair,Volume (USD)\n2026-03-05,{uid},BTC-USDT,600\n2026-03-05,{uid},ETH-USDT,400\n"


@pytest.mark.parametrize("name", ["Total", "合计", "Subtotal", "All", "All pairs", ""])
def test_a_row_that_is_the_sum_of_its_day_does_not_count_again(cast_on_duckdb: Cast, name: str) -> None:
    cast = cast_on_duckdb
    text = PARTS.format(uid=cast.harbour.uid) + f"2026-03-05,{cast.harbour.uid},{name},1000\n"

    assert bring_in(cast.mei, "daily_activity", text).counts.refused == 1
    assert days() == [("BTC-USDT", 600), ("ETH-USDT", 400)]


def test_a_name_for_all_is_a_row_where_it_is_no_sum(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    bring_in(cast.mei, "daily_activity", PARTS.format(uid=cast.harbour.uid) + f"2026-03-05,{cast.harbour.uid},All,37\n")
    assert days() == [("All", 37), ("BTC-USDT", 600), ("ETH-USDT", 400)]


def test_a_total_among_the_wallets_of_a_balance_is_no_wallet(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    rows = "".join(f"2026-03-05,{cast.harbour.uid},{part}\n" for part in ("main,1000", "bot,500", "Total,1500"))
    bring_in(cast.mei, "balances", f"Date,UID,Sub account,Equity (USD)\n{rows}")
    with db.read() as session:
        assert session.exec(select(Balance)).one().equity_usd == Decimal(1500)


def test_a_day_that_is_known_as_a_whole_is_not_added_to_by_its_parts(cast: Cast) -> None:
    whole, parts = f"Date,UID,Volume (USD)\n2026-03-05,{cast.harbour.uid},1000\n", PARTS.format(uid=cast.harbour.uid)
    bring_in(cast.mei, "daily_activity", whole)
    assert bring_in(cast.mei, "daily_activity", parts).counts.refused == 2
    assert days() == [("", 1000)]
    assert bring_in(cast.mei, "daily_activity", whole).counts.unchanged == 1


def test_one_market_written_in_two_ways_is_one(cast: Cast) -> None:
    bring_in(cast.mei, "daily_activity", PARTS.format(uid=cast.harbour.uid))
    other = PARTS.format(uid=cast.harbour.uid).replace("BTC-USDT", "btc/usdt").replace("600", "650")
    assert bring_in(cast.mei, "daily_activity", other).counts.changed == 1
    assert days() == [("BTC-USDT", 650), ("ETH-USDT", 400)]


def test_what_was_made_and_taken_is_what_was_traded(cast_on_duckdb: Cast) -> None:
    text = (
        f"Date,UID,Pair,Maker Volume,Taker Volume (USD)\n2026-03-05,{cast_on_duckdb.harbour.uid},BTC-USDT,600.5,400\n"
    )

    assert (
        bring_in(
            cast_on_duckdb.mei, "daily_activity", text + f"2026-03-06,{cast_on_duckdb.harbour.uid},BTC-USDT,5,\n"
        ).counts.refused
        == 1
    )
    assert days() == [("BTC-USDT", Decimal("1000.5"))]


def test_maker_volume_above_the_volume_is_left_out_and_fees_above_it_are_asked(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    done = bring_in(
        cast.mei, "daily_activity", f"Date,UID,Volume,Maker volume\n2026-03-05,{cast.harbour.uid},1000,4000\n"
    )
    assert "more than the volume" in problems(cast.mei, done)[0][2]
    rows = "".join(f"2026-03-0{day},{cast.harbour.uid},1000,4000\n" for day in (5, 6))
    with pytest.raises(OpenQuestionError, match="Fees"):
        bring_in(cast.mei, "daily_activity", f"Date,UID,Volume,Fees\n{rows}")


def test_the_total_of_contracts_counts_and_that_of_coins_is_compared(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    rows = (
        "1,{uid},2026-03-05 10:00,XBTUSDTM,buy,60000,500,30000",  # a lot is a thousandth of a coin
        "2,{uid},2026-03-05 10:00,BTC-USDT,buy,60000,0.5,30030",  # with the fee in it
        "3,{uid},2026-03-05 10:00,BTC-USDT,buy,60000,0.25,1500",
    )
    done = bring_in(cast.mei, "trades", FILLS.format("Total") + "\n".join(rows).format(uid=cast.harbour.uid))
    assert volumes() == [30000, 30000]
    assert "price times quantity" in problems(cast.mei, done)[0][2]


def test_sizes_in_contracts_are_no_coins(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    text = FILLS.format("Value").replace("Quantity", "Quantity (contracts)")
    row = f"1,{cast.harbour.uid},2026-03-05 10:00,BTC-USDT-SWAP,buy,60000,5,"
    assert bring_in(cast.mei, "trades", f"{text}{row}\n").counts.refused == 1
    bring_in(cast.mei, "trades", f"{text}{row}3000\n")
    assert volumes() == [3000]


def test_dollars_of_a_pair_in_euros_are_not_compared_with_its_price(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    rows = "".join(f"{n},{cast.harbour.uid},2026-03-05 10:00,BTC-EUR,buy,55000,0.5,29700\n" for n in (1, 2))
    bring_in(cast.mei, "trades", FILLS.format("Total (USD)") + rows)
    assert volumes() == [29700, 29700]


def test_a_line_of_units_below_the_titles_may_name_thousands(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    text = f"Date,UID,Total volume,Fees\n,,k USD,USD\n2026-03-05,{cast.harbour.uid},600,0.5\n"
    bring_in(cast.mei, "daily_activity", text)
    assert days() == [("", 600_000)]


def test_fills_as_the_api_of_a_venue_says_them(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    binance: dict[str, Any] = {
        "symbol": "BNBUSDT",
        "id": 7,
        "price": "600",
        "qty": "2",
        "quoteQty": "1200",
        "commission": "0.01",
    }
    binance |= {"commissionAsset": "BNB", "time": 1772724600000, "isBuyer": False, "isMaker": True}
    okx: dict[str, Any] = {
        "instType": "SWAP",
        "instId": "BTC-USDT-SWAP",
        "tradeId": "7",
        "fillPx": "60000",
        "fillSz": "5",
    }
    okx |= {"side": "sell", "execType": "M", "feeCcy": "USDT", "fee": "0.5", "ts": "1772724600000"}
    bybit: dict[str, Any] = {
        "symbol": "ETHUSDT",
        "execId": "e",
        "side": "Sell",
        "execPrice": "2000",
        "execQty": "1",
        "execFee": "-0.2",
    }
    bybit |= {"execTime": "1772724600000", "isMaker": True}

    for fill in (binance, okx, bybit):
        bring_in(
            cast.mei, "trades", json.dumps([fill]), name="f.json", uid=cast.harbour.uid, answers=_paid_to_makers(fill)
        )

    with db.read() as session:
        found = session.exec(select(Fill).order_by(col(Fill.volume_usd))).all()
    says: list[tuple[Any, ...]] = [(f.volume_usd, f.fee_usd, f.side, f.is_maker) for f in found]
    assert says == [
        (1200, 6, "sell", True),
        (2000, Decimal("-0.2"), "sell", True),
        (3000, Decimal("-0.5"), "sell", True),
    ]


def _paid_to_makers(fill: dict[str, Any]) -> dict[str, str]:
    return {"sign:execFee": "charged_positive"} if "execFee" in fill else {}
