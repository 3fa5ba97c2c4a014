"""Trading histories of venues: on which day of the exchange, which side, how many dollars, at which cost."""

from decimal import Decimal
from typing import Any, NamedTuple

from sqlmodel import col, select

from crm import db
from crm.trading.models import Fill
from tests.cast import Cast
from tests.imports.bringing import bring_in
from tests.imports.test_layouts import accounts

KUCOIN = (
    "UID,Account Type,Order ID,Symbol,Side,Order Type,Avg. Filled Price,Filled Amount,Filled Volume,Filled Volume (USDT),"
    "Filled Time(UTC+02:00),Fee,Maker/Taker,Fee Currency"
)
MEXC_FUTURES = (
    "UID,Time(UTC+00:00),Futures Trading Pair,Direction,Order Type,Filled Qty (Cont.),Filled Qty (Crypto),Filled Qty (Amount),"
    "Filled Price,Trading Fee,Fee-payment Crypto,Role,Closing PNL"
)

Said = tuple[str, str, str, Decimal, Decimal | None]


class Case(NamedTuple):
    """`expected`: day, product, side, dollars and cost of each trade, in order of time; `left_out`: rows that are none."""

    venue: str
    text: str
    expected: list[tuple[str, str, str, str, str | None]]
    left_out: int = 0
    uid: str = "55"


CASES = {
    "Kraken trades": Case(
        "Kraken",
        '"txid","ordertxid","pair","time","type","ordertype","price","cost","fee","vol","margin","misc","ledgers"\n'
        '"TA1","O1","XXBTZUSD","2026-03-10 15:59:00.1234","buy","limit",48000.0,4800.0,12.48,0.1,0.0,"","L1,L2"\n'
        '"TA2","O2","XBT/USDT","2026-03-10 16:00:00.0001","sell","market",50000,500,1.3,0.01,100,"",""\n'
        '"TA3","O3","XETHXXBT","2026-03-10 17:00:00","buy","limit",0.0312,0.312,0.0008,10,0,"",""\n'
        '"TA4","O4","XTZUSD","2026-03-10 18:00:00","buy","limit",2,20,0.05,10,0,"",""\n',
        [
            ("2026-03-10", "spot", "buy", "4800", "12.48"),
            ("2026-03-11", "margin", "sell", "500", "1.3"),
            ("2026-03-11", "spot", "buy", "0", None),
            ("2026-03-11", "spot", "buy", "20", "0.05"),
        ],
    ),
    "Kraken trades (with some columns)": Case(
        "Kraken",
        "txid,pair,time,type,price,fee,vol\nTC1,XXBTZUSD,2026-03-10 10:00:00,sell,48000,1,0.1\n",
        [("2026-03-10", "spot", "sell", "4800", "1")],
    ),
    "Kraken trades (with dollars)": Case(
        "Kraken",
        "txid,ordertxid,pair,aclass,subclass,time,type,ordertype,price,cost,fee,vol,margin,misc,ledgers,costusd\n"
        "TB1,O1,BTC/EUR,currency,crypto,2026-03-10 10:00:00,buy,limit,40000,4000,8,0.1,0,,,4400\n",
        [("2026-03-10", "spot", "buy", "4400", "8.8")],
    ),
    "Coinbase transactions": Case(
        "Coinbase",
        "\nTransactions\nUser,Ash,abc\n"
        "ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,"
        "Total (inclusive of fees and/or spread),Fees and/or Spread,Notes\n"
        'a1,2026-03-10 15:00:00 UTC,Advanced Trade Buy,BTC,0.1,USD,"$50,000.00","$5,000.00","$5,030.00",$30.00,'
        "Bought 0.1 BTC for 5030 USD on BTC-USD at 50000 USD/BTC\n"
        "a2,2026-03-10 16:00:00 UTC,Sell,ETH,-2,USD,$2000.00,$4000.00,$3960.00,$40.00,Sold 2 ETH\n"
        "a3,2026-03-10 16:30:00 UTC,Receive,BTC,1,USD,$50000.00,$50000.00,$50000.00,$0.00,\n"
        "a4,2026-03-10 17:00:00 UTC,Buy,SOL,1,EUR,€100.00,€100.00,€101.00,€1.00,\n",
        [
            ("2026-03-10", "spot", "buy", "5000", "30"),
            ("2026-03-11", "spot", "sell", "4000", "40"),
            ("2026-03-11", "spot", "buy", "0", None),
        ],
        left_out=1,
    ),
    "Coinbase transactions 2020": Case(
        "Coinbase",
        "Timestamp,Transaction Type,Asset,Quantity Transacted,USD Spot Price at Transaction,USD Subtotal,"
        "USD Total (inclusive of fees),USD Fees,Notes\n"
        '2020-11-12T17:39:50Z,Buy,BTC,0.01,16000,160,162.5,2.5,"Bought 0.01 BTC for $162.50 USD"\n',
        [("2020-11-13", "spot", "buy", "160", "2.5")],
    ),
    "Coinbase Pro fills": Case(
        "Coinbase",
        "portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit\n"
        "default,7,BTC-USD,BUY,2026-03-10T15:43:18.503Z,0.1,BTC,50000,25,-5025,USD\n"
        "default,7,ETH-USD,SELL,2026-03-10T16:43:18.503Z,2,ETH,2000,20,3980,USD\n"
        "default,8,ETH-EUR,SELL,2026-03-10T17:43:18.503Z,2,ETH,2000,20,3980,EUR\n",
        [
            ("2026-03-10", "spot", "buy", "5000", "25"),
            ("2026-03-11", "spot", "sell", "4000", "20"),
            ("2026-03-11", "spot", "sell", "0", None),
        ],
    ),
    "KuCoin filled orders": Case(
        "KuCoin",
        f"{KUCOIN}\n"
        "55,mainAccount,o1,BTC-USDT,BUY,LIMIT,50000,0.1,5000,5000,2026-03-10 17:59:00,5,TAKER,USDT\n"
        "55,mainAccount,o1,BTC-USDT,BUY,LIMIT,50000,0.2,10000,10000,2026-03-10 18:00:00,0.0002,TAKER,BTC\n"
        "55,mainAccount,o2,ETH-BTC,SELL,MARKET,0.04,10,0.4,20000,2026-03-10 19:00:00,0.0004,MAKER,BTC\n",
        [
            ("2026-03-10", "spot", "buy", "5000", "5"),
            ("2026-03-11", "spot", "buy", "10000", "10"),
            ("2026-03-11", "spot", "sell", "20000", "20"),
        ],
        uid="",
    ),
    "KuCoin spot orders": Case(
        "KuCoin",
        "UID,Account Type,Order ID,Order Time(UTC),Symbol,Side,Order Type,Order Price,Order Amount,Avg. Filled Price,"
        "Filled Amount,Filled Volume,Filled Volume (USDT),Filled Time(UTC),Fee,Fee Currency,Status\n"
        "55,m,o1,2026-03-10 10:00:00,BTC-USDT,SELL,LIMIT,50000,0.1,50000,0.1,5000,5000,2026-03-10 15:00:00,5,USDT,deal\n"
        "55,m,o2,2026-03-10 10:00:00,BTC-USDT,SELL,LIMIT,90000,0.1,0,0,0,0,,0,USDT,cancel\n",
        [("2026-03-10", "spot", "sell", "5000", "5")],
        left_out=1,
        uid="",
    ),
    "KuCoin trades 2021": Case(
        "KuCoin",
        "tradeCreatedAt,orderId,symbol,side,price,size,funds,fee,liquidity,feeCurrency,orderType,\n"
        "2021-05-05 23:59:00,o1,XRP-USDT,buy,0.65,1000,650,0.65,taker,USDT,limit,\n"
        "2021-05-06 00:00:00,o1,XRP-USDT,sell,0.65,2000,1300,1.3,maker,USDT,limit,\n",
        [("2021-05-05", "spot", "buy", "650", "0.65"), ("2021-05-06", "spot", "sell", "1300", "1.3")],
    ),
    "KuCoin trades 2018 (dealValue)": Case(
        "KuCoin",
        "oid,symbol,dealPrice,dealValue,amount,fee,direction,createdDate,\n"
        "o1,BTC-USDT,6000,600,0.1,0.6,BUY,2018-11-05 10:00:00,\n",
        [("2018-11-05", "spot", "buy", "600", "0.6")],
    ),
    "KuCoin trades 2018 (funds)": Case(
        "KuCoin",
        "uid,symbol,order_type,price,amount_coin,direction,funds,fee,created_at\n"
        "55,BTC-USDT,limit,6000,0.1,SELL,600,0.6,2018-11-05 10:00:00\n",
        [("2018-11-05", "spot", "sell", "600", "0.6")],
        uid="",
    ),
    "Bitget spot orders": Case(
        "Bitget",
        "\ufeffDate,Type,Order Id,Trading pair,Base Asset,Quote Asset,Direction,Price,Order amount,Executed,Average Price,"
        "Trading volume,Status\n"
        "2026-03-10 10:00:00,limit,\t1258113040865390595,BTCUSDT,BTC,USDT,Buy,50000,0.1,0.1,50000,5000,Filled\n"
        "2026-03-10 11:00:00,limit,\t1258113040865390596,BTCEUR,BTC,EUR,Sell,40000,0.1,0.1,40000,4000,Filled\n"
        "2026-03-10 12:00:00,limit,\t1258113040865390597,BTCUSDT,BTC,USDT,Buy,10,0.1,0,0,0,Canceled\n",
        [("2026-03-10", "spot", "buy", "5000", None), ("2026-03-10", "spot", "sell", "0", None)],
        left_out=1,
    ),
    "Bitget spot trades": Case(
        "Bitget",
        "Date(UTC+8),Trading pair,Direction,Price,Amount,Total,Fee,Fee coin,Order ID\n"
        "2026-03-10 23:59:00,BTC/USDT,Buy,50000,0.1 BTC,5000 USDT,-0.0001,BTC,1\n",
        [("2026-03-10", "spot", "buy", "5000", "5")],
    ),
    "Bitget futures orders": Case(
        "Bitget",
        "Date,Order ID,Direction,Coin,Futures,order source,Transaction type,Price,Average Price,Order amount,Executed,"
        "Trading volume,Realized P/L,NetProfits,Status\n"
        "2026-03-10 10:00:00,\t88,Open long,USDT,BTCUSDT,normal,open,,50000,0.1,0.1,5000,0,0,Filled\n"
        "2026-03-10 11:00:00,\t89,Close long,USDT,BTCUSDT,normal,close,,51000,0.1,0.1,5100,100,94,Filled\n",
        [("2026-03-10", "perpetual", "buy", "5000", None), ("2026-03-10", "perpetual", "sell", "5100", None)],
    ),
    "MEXC spot trades": Case(
        "MEXC",
        "UID,Pairs,Time,Side,Filled Price,Executed Amount,Total,Fee,Role\n"
        "55,BTC_USDT,2026-03-10 10:00:00,BUY,50000,0.1,5000,0.0001BTC,Taker\n"
        "55,BTC_USDT,2026-03-10 11:00:00,SELL,50000,0.2,10000,10,Maker\n"
        "55,BTC_USDT,2026-03-10 12:00:00,BUY,50000,0.2,10000,10,Maker\n",
        [
            ("2026-03-10", "spot", "buy", "5000", "5"),
            ("2026-03-10", "spot", "sell", "10000", "10"),
            ("2026-03-10", "spot", "buy", "10000", None),
        ],
        uid="",
    ),
    "MEXC spot orders": Case(
        "MEXC",
        "Pairs,Time,Type,Direction,Average Filled Price,Order Price,Filled Quantity,Order Quantity,Order Amount,Status\n"
        "BTC_USDT,2026-03-10 10:00:00,Limit,Buy,50000,50000,0.1,0.3,5000,Partially Filled\n"
        "BTC_USDT,2026-03-10 10:00:00,Limit,Buy,0,1,0,0.3,0,Canceled\n",
        [("2026-03-10", "spot", "buy", "5000", None)],
        left_out=1,
    ),
    "MEXC futures trades": Case(
        "MEXC",
        f"{MEXC_FUTURES}\n"
        "55,2026-03-10 10:00:00,BTC_USDT,buy short,MARKET,100,0.01,500,50000,0.2,USDT,TAKER,0\n"
        "55,2026-03-10 17:00:00,BTC_USDT,sell short,MARKET,100,0.01,490,49000,0.2,USDT,MAKER,10\n",
        [("2026-03-10", "perpetual", "sell", "500", "0.2"), ("2026-03-11", "perpetual", "buy", "490", "0.2")],
        uid="",
    ),
    "MEXC futures orders": Case(
        "MEXC",
        "Time(UTC+08:00),Futures Trading Pair,Direction,Leverage,Order Type,Order Qty (Cont.),Filled Qty (Cont.),Order Qty (Crypto),"
        "Filled Qty (Crypto),Order Qty (Amount),Filled Qty (Amount),Order Price,Average Filled Price,Closing PNL,Trading Fee,"
        "Fee-payment Crypto,Status\n"
        "2026-03-10 10:00:00,BTC_USDT,buy long,20,MARKET,100,100,0.01,0.01,500,500,0,50000,0,0.2,USDT,FINISHED\n",
        [("2026-03-10", "perpetual", "buy", "500", "0.2")],
    ),
    "Gate spot trades": Case(
        "Gate",
        "No,Order id,Time,Trade type,Pair,Price,Amount,Fee,Total\n"
        "1,900,2026-03-10 10:00:00,Buy,BTC/USDT,50000,0.1,0.0002 BTC,5000\n"
        "2,901,2026-03-10 11:00:00,Sell,BTC/USDT,50000,0.1,1.5 GT,5000\n",
        [("2026-03-10", "spot", "buy", "5000", "10"), ("2026-03-10", "spot", "sell", "5000", None)],
    ),
    "Gate spot trades (API)": Case(
        "Gate",
        "id,create_time,create_time_ms,currency_pair,side,role,amount,price,order_id,fee,fee_currency,point_fee,gt_fee\n"
        "5,1773158340,1773158340000.1,BTC_USDT,buy,taker,0.1,50000,77,0.0001,BTC,0,0\n"
        "5,1773158400,1773158400000.1,ETH_USDT,sell,maker,1,2000,78,2,USDT,0,0\n",
        [("2026-03-10", "spot", "buy", "5000", "5"), ("2026-03-11", "spot", "sell", "2000", "2")],
    ),
    "HTX spot trades": Case(
        "HTX",
        '"Time","Type","Pair","Side","Price","Amount","Total","Fee"\n'
        "2026-03-10 10:00:00,Exchange,BTC/USDT,Buy,50000,0.1,5000,0.0002BTC,\n"
        "2026-03-10 11:00:00,Exchange,LTC/BTC,Sell,0.006,10,0.06,0.0001BTC,\n",
        [("2026-03-10", "spot", "buy", "5000", "10"), ("2026-03-10", "spot", "sell", "0", None)],
    ),
    "HTX spot trades (Chinese)": Case(
        "HTX",
        '"时间","交易类型","交易对","方向","价格","数量","成交额","手续费"\n'
        "2026-03-10 10:00:00,币币交易,BTC/USDT,卖出,50000,0.1,5000.0,10USDT,\n",
        [("2026-03-10", "spot", "sell", "5000", "10")],
    ),
}


def test_trades_count_on_their_day_in_dollars_with_their_fee_as_a_cost(cast_on_duckdb: Cast) -> None:
    """All of them in one store: a second import of each changes nothing, also beside the others."""
    found = {name: _brought_in(cast_on_duckdb, case) for name, case in CASES.items()}

    assert found == {
        name: (name.split(" (with ")[0], [_expected(*one) for one in case.expected], case.left_out, len(case.expected))
        for name, case in CASES.items()
    }
    assert accounts() == {(case.venue, "55") for case in CASES.values()}


def _brought_in(cast: Cast, case: Case) -> tuple[str, list[Said], int, int]:
    """The layout, what its trades say, and how many rows were left out, and stayed the same the second time."""
    said: dict[str, Any] = {"uid": case.uid} if case.uid else {}
    before = {(fill.number, fill.fill_key) for fill in _fills()}
    done = bring_in(cast.nadia, None, case.text, **said)
    trades = [_said(fill) for fill in _fills() if (fill.number, fill.fill_key) not in before]
    again = bring_in(cast.nadia, None, case.text, **said)
    return done.batch.mapping["layout"], trades, done.counts.refused, again.counts.unchanged


def _fills() -> list[Fill]:
    with db.read() as session:
        return list(session.exec(select(Fill).order_by(col(Fill.traded_at))))


def _said(fill: Fill) -> Said:
    return str(fill.day), fill.product, fill.side, fill.volume_usd, fill.fee_usd


def _expected(day: str, product: str, side: str, volume: str, fee: str | None) -> Said:
    return day, product, side, Decimal(volume), Decimal(fee) if fee else None
