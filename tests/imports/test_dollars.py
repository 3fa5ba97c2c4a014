"""What is counted in another coin, was only ordered, or belongs to the file's own bookkeeping is not taken for dollars traded."""

from decimal import Decimal

import pytest
from sqlmodel import select

from crm import db
from crm.trading.models import Balance, Fill
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems

OTHER_COIN = "is counted in a coin that has no price in dollars here"


def fills() -> list[Fill]:
    with db.read() as session:
        return list(session.exec(select(Fill).order_by(Fill.fill_key)))


@pytest.mark.parametrize("pair", ["BTC-JPY", "BTC/EUR", "ETH_BTC", "ETHBTC", "BTCEUR"])
def test_fills_that_are_priced_in_another_coin_are_refused(cast_on_duckdb: Cast, pair: str) -> None:
    uid, header = cast_on_duckdb.harbour.uid, "uid,time,symbol,side,price,quantity"
    done = bring_in(
        cast_on_duckdb.mei,
        "trades",
        f"{header}\n{uid},2026-03-14 10:00,{pair},buy,12500000,0.1\n{uid},2026-03-14 10:00,BTC-USDT,buy,100,2\n",
    )

    assert done.counts == counts(created=1, refused=1)
    assert [(line, reason) for line, _, reason in problems(cast_on_duckdb.mei, done)] == [(2, OTHER_COIN)]


@pytest.mark.parametrize("pair", ["BTCUSDT", "BTC-USD-SWAP", "BTC", "BTC/USDC", "1000PEPEUSDT", "BTC-USD-240329"])
def test_fills_that_are_priced_in_dollars_are_not(cast_on_duckdb: Cast, pair: str) -> None:
    uid = cast_on_duckdb.harbour.uid
    done = bring_in(
        cast_on_duckdb.mei, "trades", f"uid,time,symbol,side,price,quantity\n{uid},2026-03-14 10:00,{pair},buy,100,2\n"
    )

    assert done.counts == counts(created=1)


def test_a_fee_in_the_coin_that_was_bought_has_its_price_and_one_in_another_is_unknown(cast_on_duckdb: Cast) -> None:
    row = f"{cast_on_duckdb.harbour.uid},2026-03-14 10:00"
    done = bring_in(
        cast_on_duckdb.mei,
        "trades",
        "uid,time,id,symbol,price,quantity,fee,fee currency\n"
        f"{row},a,BTC-USDT,50000,1,0.001,BTC\n{row},b,BTC-USDT,50000,1,2,BNB\n{row},c,BTC-USDT,50000,1,25,USDT\n",
    )

    assert done.counts == counts(created=3)
    assert [fill.fee_usd for fill in fills()] == [Decimal(50), None, Decimal(25)]
    assert [line for line, *_ in problems(cast_on_duckdb.mei, done)] == [3]


def test_a_fee_in_a_coin_whose_name_begins_another_has_no_price(cast_on_duckdb: Cast) -> None:
    row = f"{cast_on_duckdb.harbour.uid},2026-03-14 10:00"
    bring_in(
        cast_on_duckdb.mei, "trades", f"uid,time,symbol,price,quantity,fee,fee coin\n{row},SOLVUSDT,0.02,100,0.5,SOL\n"
    )

    assert [fill.fee_usd for fill in fills()] == [None]


def test_a_coin_is_no_pair(cast_on_duckdb: Cast) -> None:
    row = f"{cast_on_duckdb.harbour.uid},2026-03-14 10:00"

    done = bring_in(cast_on_duckdb.mei, "trades", f"uid,time,coin,price,quantity\n{row},CBBTC,50000,1\n")

    assert done.counts == counts(created=1)


def test_balances_of_a_coin_are_no_dollars(cast_on_duckdb: Cast) -> None:
    row = f"{cast_on_duckdb.harbour.uid},2026-03-14"
    done = bring_in(cast_on_duckdb.mei, "balances", f"uid,date,coin,balance\n{row},BTC,1.5\n{row},USDT,1000\n")

    assert done.counts == counts(created=1, refused=1)
    with db.read() as session:
        assert [one.equity_usd for one in session.exec(select(Balance))] == [Decimal(1000)]


def test_of_orders_only_what_was_filled_was_traded(cast_on_duckdb: Cast) -> None:
    row = f"{cast_on_duckdb.harbour.uid},2026-03-14 10:0"
    done = bring_in(
        cast_on_duckdb.mei,
        "trades",
        "uid,time,order id,symbol,direction,price,quantity,filled,average price,status\n"
        f"{row}1,1,BTC-USDT,Buy,85000,0.01,0,0,Canceled\n{row}2,2,BTC-USDT,Buy,85000,0.05,0.01,84000,Partially\n",
    )

    assert done.counts == counts(created=1, refused=1)
    assert [(fill.volume_usd, fill.side) for fill in fills()] == [(Decimal(840), "buy")]


def test_what_was_executed_is_the_quantity_and_the_amount_beside_it_the_total(cast_on_duckdb: Cast) -> None:
    uid = cast_on_duckdb.harbour.uid
    bring_in(
        cast_on_duckdb.mei,
        "trades",
        f"uid,time,pair,price,executed,amount\n{uid},2026-03-14 10:00,BTCUSDT,85000,0.01,850\n",
    )

    assert [fill.volume_usd for fill in fills()] == [Decimal(850)]


@pytest.mark.parametrize("header", ["id", "account", "wallet"])
def test_the_account_that_somebody_gives_counts_before_a_column_that_is_called_so(
    cast_on_duckdb: Cast, header: str
) -> None:
    uid = cast_on_duckdb.harbour.uid
    rows = "5501,2026-03-14 10:00,BTC/USDT,buy,100,1\n5502,2026-03-14 10:01,BTC/USDT,buy,100,1\n"

    done = bring_in(cast_on_duckdb.mei, "trades", f"{header},datetime,symbol,side,price,amount\n{rows}", uid=uid)

    assert done.counts == counts(created=2)
    assert {fill.number for fill in fills()} == {cast_on_duckdb.harbour.number}


def test_the_same_fills_with_and_without_their_venue_are_the_same(cast_on_duckdb: Cast) -> None:
    text = f"uid,time,symbol,price,quantity\n{cast_on_duckdb.harbour.uid},2026-03-14 10:00,BTCUSDT,100,1\n"
    bring_in(cast_on_duckdb.mei, "trades", text)

    again = bring_in(cast_on_duckdb.mei, "trades", text, venue="OKX")

    assert again.counts == counts(unchanged=1)


def test_a_fee_in_percent_is_no_amount_and_the_fills_go_in_without(cast_on_duckdb: Cast) -> None:
    header = "UID,Trade ID,Time (UTC),Pair,Side,Volume (USDT),Fee %\n"
    text = f"{header}{cast_on_duckdb.harbour.uid},t1,2026-03-05 10:00:00,BTC-USDT,buy,1000,0.05%\n"

    done = bring_in(cast_on_duckdb.mei, "trades", text)

    assert done.counts.created == 1
    assert [(fill.volume_usd, fill.fee_usd) for fill in fills()] == [(Decimal(1000), None)]
