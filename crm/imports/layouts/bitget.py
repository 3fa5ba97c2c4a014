"""Bitget: orders of the spot and the futures market, trades of the spot market, and the transactions of the spot account.

Orders say no fee. Ids stand behind a tab. Which zone the times are in depends on who exported them.
"""

from dataclasses import replace

from crm.imports.layouts import funds
from crm.imports.layouts.priced import REMARKS, UNFILLED, trade
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import coin, number, size

TURNED = """CASE WHEN regexp_matches("Direction", '(?i)^(buy|open.?long|.*close.?short)') THEN 'buy'
    WHEN regexp_matches("Direction", '(?i)^(sell|open.?short|.*close.?long)') THEN 'sell' END"""
SPOT_ORDERS = Layout(
    "Bitget spot orders",
    "trades",
    ("Date", "Order Id", "Trading pair", "Base Asset", "Quote Asset", "Direction", "Executed", "Trading volume"),
    venue="Bitget",
    constants={"product": "spot"},
    columns={"trade_id": "Order Id", "traded_at": "Date"},
    worked_out=trade(
        pair='coalesce("Base Asset" || \'/\' || "Quote Asset", "Trading pair")',
        moved=size('"Executed"'),
        total=size('"Trading volume"'),
    )
    | {"side": TURNED},
    left_out=UNFILLED,
    remarks=REMARKS,
)
SPOT_TRADES = replace(
    SPOT_ORDERS,
    name="Bitget spot trades",
    header=("Date", "Trading pair", "Direction", "Price", "Amount", "Total", "Fee"),
    columns={"traded_at": "Date"},
    worked_out=trade(
        pair='"Trading pair"',
        moved=size('"Amount"'),
        total=size('"Total"'),
        pays=("abs(" + size('"Fee"') + ")", "coalesce(" + coin('"Fee"') + ', "Fee coin", "Fee currency")'),
    )
    | {"side": TURNED},
)
FUTURES_ORDERS = replace(
    SPOT_ORDERS,
    name="Bitget futures orders",
    header=("Date", "Order ID", "Direction", "Coin", "Futures", "Executed", "Trading volume", "Realized P/L"),
    constants={"product": "perpetual"},
    columns={"trade_id": "Order ID", "traded_at": "Date"},
    worked_out=trade(pair='"Futures"', moved=size('"Executed"'), total=size('"Trading volume"'))
    | {
        "side": TURNED,
        "realised_pnl_usd": "CASE WHEN \"Coin\" IN ('USDT', 'USDC') THEN " + number('"Realized P/L"') + " END",
    },
)
SPOT_ACCOUNT = Layout(
    "Bitget spot transactions",
    "balances",
    ("order", "Date", "Coin", "Type", "Amount", "Fee", "Available"),
    venue="Bitget",
    worked_out=funds.flows(
        time='"Date"',
        amount=number('"Amount"'),
        coin='"Coin"',
        comes="regexp_matches(\"Type\", '(?i)^deposit( credited)?$')",
        goes="regexp_matches(\"Type\", '(?i)^withdraw(al)?$')",
    ),
    left_out={
        "is one side of a trade: trades come from Bitget's export of orders": "regexp_matches(\"Type\", '(?i)^(buy|sell|exchange )')",
        **funds.LEFT_OUT,
    },
    says=funds.SAYS,
)
FUTURES_ACCOUNT = Layout(
    "Bitget futures transactions",
    "trades",
    ("Order", "Date", "Coin", "Futures", "Margin Mode", "Type", "Amount", "Fee", "Wallet balance"),
    not_kept="This is Bitget's account of futures: it does not say how much was traded; export the futures orders instead.",
)

register(SPOT_ORDERS, SPOT_TRADES, FUTURES_ORDERS, SPOT_ACCOUNT, FUTURES_ACCOUNT)
