"""Binance: spot trades in three layouts, orders with their fills, futures trades, the plan to buy, and the account statement.

A charged fee is positive there, often in BNB, which has no price in the file. Spot times are UTC; the futures export is written
in the zone of its file name.
"""

from dataclasses import replace

from crm.imports.layouts import funds, legs
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import (
    base_of,
    chosen,
    coin,
    is_dollars,
    moment,
    number,
    quote_of,
    size,
    times,
    when,
    worth,
)


def _spot(pair: str, amount: str, total: str, price: str, fee: tuple[str, str]) -> dict[str, str]:
    """`amount` of the coin and `total` of what it is priced in, both with or without the coin glued on; a fee and its coin."""
    return {
        "instrument": f"upper({pair})",
        "priced_in": f"coalesce({quote_of(pair)}, {coin(total)})",
        "base": f"coalesce({base_of(pair)}, {coin(amount)})",
        "price_in_usd": f"CASE WHEN {is_dollars('priced_in')} THEN {size(price)} END",
        "moved": f"abs({size(amount)})",
        "total_usd": f"CASE WHEN {is_dollars('priced_in')} THEN abs({size(total)}) END",
        "volume_usd": f"coalesce(total_usd, {times('moved', 'price_in_usd')})",
        "pays": fee[0],
        "fee_usd": worth("pays", fee[1], base="base", price_usd="price_in_usd"),
        "fee_is_unpriced": "fee_usd IS NULL AND pays <> 0",
    }


SPOT = Layout(
    "Binance spot trades",
    "trades",
    ("Date(UTC)", "Pair", "Side", "Price", "Executed", "Amount", "Fee"),
    venue="Binance",
    time_zone="UTC",
    constants={"product": "spot"},
    columns={"side": "Side"},
    worked_out={"traded_at": when('"Date"')}
    | _spot('"Pair"', '"Executed"', '"Amount"', '"Price"', (size('"Fee"'), coin('"Fee"'))),
    remarks=legs.REMARKS,
)
NEWEST = replace(
    SPOT,
    name="Binance spot trades 2025",
    header=("Time", "Pair", "Side", "Price", "Executed", "Amount", "Fee"),
    without=("UID", "Venue", "Exchange", "Trade ID", "Order ID", "Fee Coin", "Fee Currency", "Role"),
    worked_out={**SPOT.worked_out, "traded_at": when('"Time"')},
)
MARKET = replace(
    SPOT,
    name="Binance spot trades by market",
    header=("Date(UTC)", "Market", "Type", "Price", "Amount", "Total", "Fee", "Fee Coin"),
    columns={"side": "Type"},
    worked_out={"traded_at": when('"Date"')}
    | _spot('"Market"', '"Amount"', '"Total"', '"Price"', (number('"Fee"'), '"Fee Coin"')),
)
PAIR = replace(
    MARKET,
    name="Binance spot trades by pair",
    header=("Date(UTC)", "Base Asset", "Quote Asset", "Type", "Price", "Amount", "Total", "Fee", "Fee Coin"),
    worked_out={"traded_at": when('"Date"')}
    | _spot(
        'coalesce("Pair", "Base Asset" || "Quote Asset")',
        '"Amount"',
        '"Total"',
        '"Price"',
        (number('"Fee"'), '"Fee Coin"'),
    ),
)
# An order is followed by a small header and by its fills, which stand one cell to the right.
ORDERS = replace(
    SPOT,
    name="Binance spot orders with fills",
    header=(
        "Date(UTC)",
        "Pair",
        "Type",
        "Order Price",
        "Order Amount",
        "AvgTrading Price",
        "Filled",
        "Total",
        "status",
    ),
    columns={},
    worked_out={
        "is_order": '"Date" IS NOT NULL',
        "is_fill": "NOT is_order AND " + moment('"Pair"') + " IS NOT NULL",
        "has_fills": 'is_order AND lead("Date") OVER (ORDER BY line) IS NULL AND lead("Pair") OVER (ORDER BY line) IS NOT NULL',
        "of_pair": 'last_value(CASE WHEN is_order THEN "Pair" END IGNORE NULLS) OVER (ORDER BY line)',
        "side": 'lower(last_value(CASE WHEN is_order THEN "Type" END IGNORE NULLS) OVER (ORDER BY line))',
        "did_at": 'CASE WHEN is_fill THEN "Pair" ELSE "Date" END',
        "traded_at": when("did_at"),
        "did_price": 'CASE WHEN is_fill THEN "Type" ELSE "AvgTrading Price" END',
        "did_amount": 'CASE WHEN is_fill THEN "Order Price" ELSE "Filled" END',
        "did_total": 'CASE WHEN is_fill THEN "Order Amount" ELSE "Total" END',
        "did_fee": 'CASE WHEN is_fill THEN "AvgTrading Price" END',
        **_spot("of_pair", "did_amount", "did_total", "did_price", (size("did_fee"), coin("did_fee"))),
    },
    left_out={
        "is a header in the middle of the file": "NOT is_order AND NOT is_fill",
        "is an order whose fills follow, and they count": "has_fills",
        "was never filled": "coalesce(moved, 0) = 0",
    },
)
FUTURES = Layout(
    "Binance futures trades",
    "trades",
    ("Symbol", "Side", "Price", "Quantity", "Amount", "Fee", "Realized Profit"),
    venue="Binance",
    time_zone="UTC",
    columns={"uid": "Uid", "instrument": "Symbol", "side": "Side"},
    worked_out={
        "trade_id": '"Symbol" || \' \' || "Trade ID"',  # ids are counted for each symbol
        "traded_at": when('coalesce("Time", "Date")'),
        "role": chosen('"Maker"', {"true": "maker", "y": "maker", "false": "taker", "n": "taker"}),
        "product": "CASE WHEN regexp_matches(\"Symbol\", '_\\d{6}$') THEN 'futures' ELSE 'perpetual' END",
        "has_coin_margin": "regexp_matches(upper(\"Symbol\"), 'USD_(PERP|\\d{6})$')",
        "pair": "regexp_replace(upper(\"Symbol\"), '_(PERP|\\d{6})$', '')",
        "quote": quote_of("pair"),
        "base": base_of("pair"),
        "price_in_usd": "CASE WHEN quote IS NOT NULL THEN " + number('"Price"') + " END",
        "volume_usd": "abs(CASE WHEN has_coin_margin THEN "
        + times(number('"Quantity"'), "CASE base WHEN 'BTC' THEN 100 ELSE 10 END")
        + " WHEN quote IS NOT NULL THEN "
        + size('"Amount"')
        + " END)",
        "margin": "CASE WHEN has_coin_margin THEN base ELSE quote END",
        "pays": size('"Fee"'),
        "pays_in": "coalesce(" + coin('"Fee"') + ', "Fee Coin", margin)',
        "fee_usd": worth("pays", "pays_in", base="base", price_usd="price_in_usd"),
        "fee_is_unpriced": "fee_usd IS NULL AND pays <> 0",
        "realised_pnl_usd": worth(size('"Realized Profit"'), "margin", base="base", price_usd="price_in_usd"),
    },
    remarks=legs.REMARKS,
)
PLAN = Layout(
    "Binance auto-invest",
    "trades",
    ("Auto-Invest Date(UTC)", "Holding Coin", "Amount per period", "Trading Fee", "Units"),
    venue="Binance",
    time_zone="UTC",
    constants={"product": "spot", "side": "buy"},
    worked_out={
        "traded_at": when('"Auto-Invest Date"'),
        "paid_in": coin('"Amount per period"'),
        "instrument": "upper(\"Holding Coin\") || '-' || paid_in",
        "volume_usd": "CASE WHEN " + is_dollars("paid_in") + " THEN " + size('"Amount per period"') + " END",
        "fee_usd": "CASE WHEN " + is_dollars(coin('"Trading Fee"')) + " THEN " + size('"Trading Fee"') + " END",
        "fee_is_unpriced": "fee_usd IS NULL AND " + size('"Trading Fee"') + " <> 0",
    },
    left_out={"did not succeed": "lower(\"Status\") NOT LIKE 'success%'"},
    remarks=legs.REMARKS,
)
STATEMENT = Layout(
    "Binance account statement",
    "balances",
    ("UTC_Time", "Account", "Operation", "Coin", "Change", "Remark"),
    venue="Binance",
    time_zone="UTC",
    columns={"uid": "User_ID"},
    worked_out=funds.flows(
        time='"Time"',
        amount=number('"Change"'),
        coin='"Coin"',
        comes="regexp_matches(\"Operation\", '(?i)^(fiat )?deposit$')",
        goes="regexp_matches(\"Operation\", '(?i)^(fiat )?withdraw(al)?$')",
        account='"User_ID"',
    ),
    left_out={
        "is one side of a trade: trades come from Binance's trade history": 'flow IS NULL AND regexp_matches("Operation",'
        " '(?i)buy|sell|sold|spend|revenue|fee|convert|transaction')",
        **funds.LEFT_OUT,
    },
    says=funds.SAYS,
)
STAKED_ETH = Layout(
    "Binance staked ETH",
    "balances",
    ("Date(UTC)", "Coin", "Token", "Amount", "Status"),
    not_kept="This is Binance's list of ETH exchanged for BETH: it holds neither trades nor deposits, so nothing of it is kept.",
)

register(SPOT, NEWEST, MARKET, PAIR, ORDERS, FUTURES, PLAN, STATEMENT, STAKED_ETH)
