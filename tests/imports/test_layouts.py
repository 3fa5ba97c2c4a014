"""Trading histories and funds of venues, recognised by their header: whose they are, on which day, how many dollars."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import col, select

from crm import db
from crm.clients.models import Account
from crm.trading.models import Balance, Fill
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long

CURRENT = (
    "id,Order id,Time,Trade Type,Symbol,Action,Amount,Trading Unit,Filled Price,PnL,Fee,Fee Unit,Position Change,"
    "Position Balance,Balance Change,Balance,Balance Unit"
)
OKX = f"""UID:81234567890123456,Account Type:Main,Time Zone:UTC+3
{CURRENT}
11,900,2026-03-10 18:59:00,Spot,BTC-USDT,Buy,0.5,BTC,70000,0,-0.0005,BTC,0,0,0.4995,0.4995,BTC
12,900,2026-03-10 18:59:00,Spot,BTC-USDT,Sell,35000,BTC,70000,0,0,USDT,0,0,-35000,0,USDT
14,901,2026-03-10 19:01:00,Spot,ETH-USDT,Buy,4000,ETH,2000,0,1.5,USDT,0,0,4001.5,0,USDT
13,901,2026-03-10 19:01:00,Spot,ETH-USDT,Sell,2,ETH,2000,0,0,ETH,0,0,-2,0,ETH
15,902,2026-03-10 20:00:00,Perpetual,BTC-USDT-SWAP,Close long,3,cont,71000,12.5,-1.065,USDT,-3,0,11.4,0,USDT
16,903,2026-03-10 20:00:00,Perpetual,BTC-USD-SWAP,Open short,5,cont,71000,0,-0.000001,BTC,-5,-5,0,0,BTC
17,904,2026-03-10 20:00:00,Perpetual,PEPE-USDT-SWAP,Open long,9,cont,0.00001,0,-0.2,USDT,9,9,0,0,USDT
18,,2026-03-10 21:00:00,Perpetual,BTC-USDT-SWAP,Funding fee expense,3,cont,71000,-0.4,0,USDT,0,3,-0.4,0,USDT
19,,2026-03-10 21:00:00,Transfer,,Transfer out,0,cont,0,0,0,USDT,0,0,-10,0,USDT
"""


def fills() -> dict[str, Fill]:
    with db.read() as session:
        return {
            fill.fill_key.removeprefix("id "): fill for fill in session.exec(select(Fill).order_by(col(Fill.traded_at)))
        }


def only(text: str, by: Any, **options: Any) -> Fill:
    """The one trade of a file."""
    assert bring_in(by, "trades", text, **options).counts.created == 1
    return next(iter(fills().values()))


def said(fill: Fill) -> tuple[str, str, str, Decimal, Decimal | None]:
    return str(fill.day), fill.product, fill.side, fill.volume_usd, fill.fee_usd


def accounts() -> set[tuple[str, str]]:
    with db.read() as session:
        return {(account.venue, account.uid) for account in session.exec(select(Account))}


def test_okx_says_above_its_header_whose_trades_these_are_and_in_which_zone(cast: Cast) -> None:
    done = bring_in(cast.nadia, None, OKX)

    assert (done.batch.kind, done.batch.mapping["layout"]) == ("trades", "OKX trading history")
    assert done.counts == counts(created=5, duplicate=2, refused=2)
    assert accounts() == {("OKX", "81234567890123456")}
    found = fills()
    # 18:59 at UTC+3 is 15:59 UTC; the exchange closes its day at 16:00.
    assert said(found["11"]) == ("2026-03-10", "spot", "buy", Decimal(35000), Decimal(35))
    assert said(found["13"]) == ("2026-03-11", "spot", "sell", Decimal(4000), Decimal("-1.5"))


def test_okx_contracts_are_worth_their_coins_or_their_dollars(cast: Cast) -> None:
    done = bring_in(cast.nadia, "trades", OKX)

    found = fills()
    assert said(found["15"]) == ("2026-03-11", "perpetual", "sell", Decimal(2130), Decimal("1.065"))
    assert found["15"].realised_pnl_usd == Decimal("12.5")
    assert said(found["16"]) == ("2026-03-11", "perpetual", "sell", Decimal(500), Decimal("0.071"))
    assert said(found["17"]) == ("2026-03-11", "perpetual", "buy", Decimal(0), Decimal("0.2"))
    assert [(line, reason) for line, _, reason in problems(cast.nadia, done) if "which counts" not in reason] == [
        (9, "has no price in dollars here: it counts as a trade, without volume"),
        (10, "is a funding payment between traders, and no trade"),
        (11, "moves money between accounts, and is no trade"),
    ]


def test_the_same_history_again_changes_nothing(cast: Cast) -> None:
    bring_in(cast.nadia, None, OKX)

    again = bring_in(cast.nadia, None, OKX)

    assert again.counts == counts(unchanged=5, duplicate=2, refused=2)


def test_several_trades_of_one_order_in_one_second_are_put_together_by_size(cast: Cast) -> None:
    rows = [(1, "Buy", "0.2", "BTC"), (2, "Sell", "10", "USDT"), (3, "Buy", "0.1", "BTC"), (4, "Sell", "20", "USDT")]
    lines = [f"{n},7,2026-03-10 10:00:00,Spot,BTC-USDT,{a},{s},BTC,100,0,0,{u},0,0,0,0,{u}" for n, a, s, u in rows]

    done = bring_in(cast.nadia, None, "\n".join([CURRENT, *lines, ""]), uid="55")

    assert done.counts == counts(created=2, duplicate=2)
    assert {key: fill.volume_usd for key, fill in fills().items()} == {"1": Decimal(20), "3": Decimal(10)}


def test_a_pair_that_is_not_priced_in_dollars_counts_as_a_trade_without_volume(cast: Cast) -> None:
    rows = [
        f"{CURRENT},Filled_price-USD",
        "1,7,2026-03-10 10:00:00,Spot,ETH-BTC,Buy,2,ETH,0.03,0,0,ETH,0,0,2,0,ETH,",
        "2,7,2026-03-10 10:00:00,Spot,ETH-BTC,Sell,0.06,ETH,0.03,0,0,BTC,0,0,-0.06,0,BTC,",
        "3,8,2026-03-10 11:00:00,Spot,ETH-BTC,Buy,2,ETH,0.03,0,-0.001,ETH,0,0,2,0,ETH,2100",
        "4,8,2026-03-10 11:00:00,Spot,ETH-BTC,Sell,0.06,ETH,0.03,0,0,BTC,0,0,-0.06,0,BTC,2100",
    ]

    done = bring_in(cast.nadia, None, "\n".join(rows) + "\n", uid="55")

    found = fills()
    assert (found["1"].volume_usd, found["3"].volume_usd, found["3"].fee_usd) == (
        Decimal(0),
        Decimal(4200),
        Decimal("2.1"),
    )
    assert "without volume" in problems(cast.nadia, done)[0][2]


OLD_OKX = {
    "OKX trading history 2023": (
        (
            "id,Order id,Time,Trade Type,Symbol,Action,Amount,Trading Unit,Filled Price,Filled Price Unit,PnL,Fee,Fee Unit,"
            "Position Change,Position Balance,Position Unit,Balance Change,Balance,Balance Unit\n"
            "6,1,2023-05-05 23:30:00,Spot,BTC-USDT,Sell,0.1,BTC,30000.0,USDT,0E-8,0E-8,BTC,0E-8,0E-8,BTC,-0.1,0E-8,BTC\n"
            "5,1,2023-05-05 23:30:00,Spot,BTC-USDT,Buy,3000.0,BTC,30000.0,USDT,0E-8,-2.4,USDT,0E-8,0E-8,USDT,2997.6,9,USDT\n"
        ),
        ("2023-05-05", "spot", "sell", Decimal(3000), Decimal("2.4")),
    ),
    "OKX trading history 2021": (
        (
            "id,Order id,Time,Trade Type,Instrument,Type,Amount,Unit,PL,Fee,Position Change,Position Balance,Balance Change,Balance,Unit\n"
            "5,1,2021-05-05 00:30:00,Spot,BTC-USDT,Buy,0.1,BTC,0,-0.0001,0,0,0.0999,1,BTC\n"
            "6,1,2021-05-05 00:30:00,Spot,BTC-USDT,Sell,5000,BTC,0,0,0,0,-5000,1,USDT\n"
        ),
        ("2021-05-05", "spot", "buy", Decimal(5000), Decimal(5)),
    ),
    "OKX spot trades 2020": (
        (
            "\ufeffOrder ID,\ufeffTrade ID,\ufeffTrade Time,\ufeffPairs,\ufeffAmount,\ufeffPrice,"
            "\ufeffTotal,\ufefftaker/maker,\ufeffFee,\ufeffunit\n"
            "\ufeff0,99,2020-05-05 12:00:00,btc_usdt,0.01BTC,9000,-90 USDT,maker,-0.00001BTC,BTC\n"
        ),
        ("2020-05-05", "spot", "buy", Decimal(90), Decimal("0.09")),
    ),
}


@pytest.mark.parametrize("name", OLD_OKX)
def test_older_layouts_of_okx_stand_in_its_own_zone(cast: Cast, name: str) -> None:
    text, expected = OLD_OKX[name]

    done = bring_in(cast.nadia, None, text, uid="55")

    assert (done.batch.mapping["layout"], done.batch.mapping["time_zone"]) == (name, "Asia/Shanghai")
    assert [said(fill) for fill in fills().values()] == [expected]


OTHERS = {
    "Binance spot trades": (
        "Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n2026-03-10 16:30:00,1INCHUSDT,BUY,0.4,1001INCH,40.0000USDT,0.041INCH\n",
        ("2026-03-11", "spot", "buy", Decimal(40), Decimal("0.016")),
    ),
    "Binance spot trades by market": (
        "Date(UTC),Market,Type,Price,Amount,Total,Fee,Fee Coin\n26-03-10 15:30:00,BTCUSDC,SELL,70000,0.1,7000,7,USDC\n",
        ("2026-03-10", "spot", "sell", Decimal(7000), Decimal(7)),
    ),
    "Binance spot trades by pair": (
        (
            "Date(UTC),Pair,Base Asset,Quote Asset,Type,Price,Amount,Total,Fee,Fee Coin\n"
            "2026-03-10 15:30:00,BTC/USDT,BTC,USDT,BUY,70000,0.1,7000,0.01,BNB\n"
        ),
        ("2026-03-10", "spot", "buy", Decimal(7000), None),
    ),
    "Binance spot orders with fills": (
        (
            "Date(UTC);Pair;Type;Order Price;Order Amount;AvgTrading Price;Filled;Total;status\n"
            "2026-03-10 15:30:00;BTCUSDT;SELL;0;0.1;70000;0.1;7000;Filled\n;Date(UTC);Trading Price;Filled;Total;Fee;;;\n"
            ";2026-03-10 15:30:01;70000;0.1;7000.0;7USDT;;;\n"
        ),
        ("2026-03-10", "spot", "sell", Decimal(7000), Decimal(7)),
    ),
    "Binance futures trades": (
        (
            "Uid,Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade ID,Order ID\n"
            "55,26-03-10 23:30:00,BTCUSDT,SELL,70000,0.1,7000,3.5 USDT,12,false,true,1,2\n"
        ),
        ("2026-03-11", "perpetual", "sell", Decimal(7000), Decimal("3.5")),
    ),
    "Binance auto-invest": (
        (
            "Auto-Invest Date(UTC),Holding Coin,Amount per period,Trading Fee,Units,From,Status\n"
            "2026-03-10 10:00:00,ETH,10.0 USDT,0.01 USDT,0.005 ETH,Spot,Success\n2026-03-11 10:00:00,ETH,1 USDT,0 USDT,0 ETH,Spot,Failed\n"
        ),
        ("2026-03-10", "spot", "buy", Decimal(10), Decimal("0.01")),
    ),
    "Bybit unified account": (
        (
            "UID: 55,Company Name: ,Country: \nUid,Currency,Contract,Type,Direction,Quantity,Position,Filled Price,Funding,Fee Paid,"
            "Cash Flow,Change,Wallet Balance,Action,Time(UTC)\n"
            "55,BTC,BTCUSDT,TRADE,SELL,-0.1,0,70000,0,0,-0.1,-0.1,0,--,2026-03-10 16:00:00\n"
            "55,USDT,BTCUSDT,TRADE,SELL,7000,0,70000,0,-7,7000,6993,0,--,2026-03-10 16:00:00\n"
            "55,USDT,,TRANSFER_IN,--,0,0,0,0,0,17,17,17,--,2026-03-10 16:10:00\n"
        ),
        ("2026-03-11", "spot", "sell", Decimal(7000), Decimal(7)),
    ),
    "Hyperliquid trades": (
        (
            "Account,Coin,Execution Price,Size Tokens,Size USD,Side,Timestamp IST,Direction,Closed PnL,Crossed,Fee\n"
            "0xabc,BTC,70000,0.1,7000,BUY,03-10-2025 21:00,Open Long,0,TRUE,-0.7\n"
        ),
        ("2025-10-03", "perpetual", "buy", Decimal(7000), Decimal("-0.7")),
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_trade_is_on_the_exchanges_day_in_dollars_with_its_fee_as_a_cost(cast: Cast, name: str) -> None:
    text, expected = OTHERS[name]

    done = bring_in(cast.nadia, None, text, uid="55", name="trades (UTC+8).csv" if "futures" in name else "list.csv")
    again = bring_in(cast.nadia, None, text, uid="55", name="trades (UTC+8).csv" if "futures" in name else "list.csv")

    assert done.batch.mapping["layout"] == name
    if "futures" in name:  # its times stand in the zone that its name says
        expected = ("2026-03-10", *expected[1:])
    assert [said(fill) for fill in fills().values()] == [expected]
    assert (again.counts.created, again.counts.changed, again.counts.unchanged) == (0, 0, 1)


def test_a_perpetual_at_bybit_is_one_row_and_its_cash_flow_is_what_it_gained(cast: Cast) -> None:
    header = OTHERS["Bybit unified account"][0].split("\n")[1]
    text = f"{header}\n55,USDT,ETHUSDT,TRADE,SELL,-2,0,2000,0,-1.1,50,48.9,0,CLOSE,2026-03-10 10:00:00\n"

    fill = only(text, cast.nadia)

    assert said(fill) == ("2026-03-10", "perpetual", "sell", Decimal(4000), Decimal("1.1"))
    assert fill.realised_pnl_usd == 50


FUNDS = {
    "OKX funding history": (
        (
            "UID:55,Account Type:Main,Time Zone:UTC+0\nid,Time,Type,Amount,Before Balance,After Balance,Symbol\n"
            "1,2026-03-10 15:00:00,Deposit,100.5,0,100.5,USDT\n2,2026-03-10 15:30:00,Deposit,50,0,0,USDC\n"
            "3,2026-03-10 16:30:00,Withdrawal,-20,0,0,USDT\n4,2026-03-10 15:00:00,Deposit,1,0,1,BTC\n"
            "5,2026-03-10 15:00:00,From unified trading account,7,0,0,USDT\n"
        ),
        "OKX",
    ),
    "Bybit funding account": (
        (
            "UID: 55,Company Name: ,Country: \nUid,Date & Time(UTC),Coin,QTY,Type,Account Balance,Description\n"
            "55,2026-03-10 15:00:00,USDT,100.5,Deposit,1,Deposit\n55,2026-03-10 15:30:00,USDC,50,Fiat,1,Deposit\n"
            "55,2026-03-10 16:30:00,USDT,-20,Withdrawal,1,Withdraw\n55,2026-03-10 15:00:00,BTC,1,Deposit,1,Deposit\n"
            "55,2026-03-10 15:00:00,USDT,7,Transfer in,1,Transfer from Unified Trading Account\n"
        ),
        "Bybit",
    ),
    "Binance account statement": (
        (
            "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark\n55,2026-03-10 15:00:00,Spot,Deposit,USDT,100.5,\n"
            "55,2026-03-10 15:30:00,Spot,Deposit,USDC,50,\n55,2026-03-10 16:30:00,Spot,Withdraw,USDT,-20,\n"
            "55,2026-03-10 15:00:00,Spot,Deposit,BTC,1,\n55,2026-03-10 15:00:00,Spot,Transaction Buy,ETH,1,\n"
        ),
        "Binance",
    ),
}


@pytest.mark.parametrize("name", FUNDS)
def test_deposits_and_withdrawals_are_added_up_for_each_exchange_day(cast: Cast, name: str) -> None:
    text, venue = FUNDS[name]

    done = bring_in(cast.nadia, None, text)
    again = bring_in(cast.nadia, None, text)

    assert (done.batch.kind, done.batch.mapping["layout"], accounts()) == ("balances", name, {(venue, "55")})
    assert (done.counts, again.counts) == (
        counts(created=2, duplicate=1, refused=2),
        counts(unchanged=2, duplicate=1, refused=2),
    )
    with db.read() as session:
        query = select(Balance).order_by(col(Balance.day))
        assert [(b.day, b.deposits_usd, b.withdrawals_usd) for b in session.exec(query)] == [
            (date(2026, 3, 10), Decimal("150.5"), None),
            (date(2026, 3, 11), None, Decimal(20)),
        ]
