"""MEXC: trades and orders of the spot market, trades and orders of futures, deposits and withdrawals. A fee is a cost there.

Newer files begin with the UID. Where a fee stands without its coin, that of a sale is in what the coin was sold for.
"""

from dataclasses import replace

from crm.imports.layouts import funds
from crm.imports.layouts.priced import REMARKS, SIDES, UNFILLED, trade
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen, coin, is_dollars, number, size

TURNED = {
    **SIDES,
    "buy long": "buy",
    "open long": "buy",
    "sell short": "buy",
    "close short": "buy",
    "sell long": "sell",
    "close long": "sell",
    "buy short": "sell",
    "open short": "sell",
}
TRADES = Layout(
    "MEXC spot trades",
    "trades",
    ("Pairs", "Time", "Side", "Filled Price", "Executed Amount", "Total", "Fee", "Role"),
    venue="MEXC",
    constants={"product": "spot"},
    columns={"uid": "UID", "traded_at": "Time", "side": "Side", "role": "Role"},
    worked_out=trade(
        pair='"Pairs"',
        moved=size('"Executed Amount"'),
        total=size('"Total"'),
        pays=(size('"Fee"'), "coalesce(" + coin('"Fee"') + ", CASE WHEN lower(\"Side\") = 'sell' THEN quote END)"),
    ),
    remarks=REMARKS,
)
ORDERS = replace(
    TRADES,
    name="MEXC spot orders",
    header=("Pairs", "Time", "Direction", "Average Filled Price", "Filled Quantity", "Order Quantity", "Status"),
    columns={"uid": "UID", "traded_at": "Time"},
    worked_out=trade(pair='"Pairs"', moved=size('"Filled Quantity"'), price=size('"Average Filled Price"'))
    | {"side": chosen('"Direction"', SIDES)},
    left_out=UNFILLED,
)


def _futures(price: str) -> dict[str, str]:
    return trade(
        pair='"Futures Trading Pair"',
        moved=number('"Filled Qty (Crypto)"'),
        price=number(price),
        pays=(number('"Trading Fee"'), '"Fee-payment Crypto"'),
    ) | {
        "side": chosen('"Direction"', TURNED),
        "realised_pnl_usd": "CASE WHEN "
        + is_dollars("quote")
        + " AND quote <> 'USD' THEN "
        + number('"Closing PNL"')
        + " END",
    }


FUTURES = replace(
    TRADES,
    name="MEXC futures trades",
    header=("Time", "Futures Trading Pair", "Direction", "Filled Qty (Crypto)", "Filled Price", "Trading Fee", "Role"),
    constants={"product": "perpetual"},
    columns={"uid": "UID", "traded_at": "Time", "role": "Role"},
    worked_out=_futures('"Filled Price"'),
    left_out=UNFILLED,
)
FUTURES_ORDERS = replace(
    FUTURES,
    name="MEXC futures orders",
    header=("Time", "Futures Trading Pair", "Direction", "Filled Qty (Crypto)", "Average Filled Price", "Trading Fee"),
    columns={"uid": "UID", "traded_at": "Time"},
    worked_out=_futures('"Average Filled Price"'),
)
DEPOSITS = Layout(
    "MEXC deposits",
    "balances",
    ("Status", "Time", "Crypto", "Network", "Deposit Amount", "TxID", "Progress"),
    venue="MEXC",
    columns={"uid": "UID"},
    worked_out=funds.flows(
        time='"Time"',
        amount=number('"Deposit Amount"'),
        coin='"Crypto"',
        comes="regexp_matches(\"Status\", '(?i)success')",
        goes="FALSE",
        account='"UID"',
    ),
    left_out={"did not succeed": "NOT regexp_matches(\"Status\", '(?i)success')", **funds.LEFT_OUT},
    says=funds.SAYS,
)
WITHDRAWALS = replace(
    DEPOSITS,
    name="MEXC withdrawals",
    header=("Status", "Time", "Crypto", "Network", "Request Amount", "Withdrawal Address", "Settlement Amount"),
    worked_out=funds.flows(
        time='"Time"',
        amount=number('"Request Amount"'),
        coin='"Crypto"',
        comes="FALSE",
        goes="regexp_matches(\"Status\", '(?i)success')",
        account='"UID"',
    ),
)

register(TRADES, ORDERS, FUTURES, FUTURES_ORDERS, DEPOSITS, WITHDRAWALS)
