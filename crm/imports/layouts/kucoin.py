"""KuCoin: fills and orders of the spot market since 2018, deposits and withdrawals, and the list of closed futures positions.

A fee is a cost there. Before the zone stood in the header, times were KuCoin's own, UTC+8. Of a pair that is not priced in
dollars the newer files say the dollars themselves.
"""

from dataclasses import replace

from crm.imports.layouts import funds
from crm.imports.layouts.priced import REMARKS, SIDES, UNFILLED, trade
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen, number

ZONE = "Asia/Shanghai"
FILLS = Layout(
    "KuCoin filled orders",
    "trades",
    ("Order ID", "Symbol", "Side", "Avg. Filled Price", "Filled Amount", "Filled Volume", "Filled Time", "Fee"),
    venue="KuCoin",
    time_zone=ZONE,
    constants={"product": "spot"},
    columns={"uid": "UID", "traded_at": "Filled Time", "side": "Side", "role": "Maker/Taker"},
    worked_out=trade(
        pair='"Symbol"',
        moved=number('"Filled Amount"'),
        total=number('"Filled Volume"'),
        pays=(number('"Fee"'), '"Fee Currency"'),
        known_usd=number('"Filled Volume (USDT)"'),
    ),
    left_out=UNFILLED,
    remarks=REMARKS,
)
# One row for each order; where one was filled in parts, the parts stand in the list of fills.
ORDERS = replace(
    FILLS,
    name="KuCoin spot orders",
    header=(*FILLS.header, "Order Time", "Order Price", "Order Amount"),
    columns={**FILLS.columns, "trade_id": "Order ID"},
)
FILLS_2021 = replace(
    FILLS,
    name="KuCoin trades 2021",
    header=("tradeCreatedAt", "symbol", "side", "price", "size", "funds", "fee", "feeCurrency"),
    columns={"traded_at": "tradeCreatedAt", "side": "side", "role": "liquidity"},
    worked_out=trade(
        pair='"symbol"',
        moved=number('"size"'),
        total=number('"funds"'),
        pays=(number('"fee"'), '"feeCurrency"'),
    ),
)


def _of_2018(amount: str, worth: str, time: str) -> Layout:
    return replace(
        FILLS,
        name=f"KuCoin trades 2018 ({worth})",
        header=("symbol", "direction", amount, worth, time),
        columns={"uid": "uid", "traded_at": time},
        worked_out=trade(
            pair='"symbol"', moved=number(f'"{amount}"'), total=number(f'"{worth}"'), pays=(number('"fee"'), "quote")
        )
        | {"side": chosen('"direction"', SIDES)},
    )


DEPOSITS = Layout(
    "KuCoin deposits",
    "balances",
    ("UID", "Account Type", "Time", "Coin", "Amount", "Fee", "Transfer Network", "Status", "Remarks"),
    without=("Withdrawal Address/Account",),
    venue="KuCoin",
    time_zone=ZONE,
    columns={"uid": "UID"},
    worked_out=funds.flows(
        time='"Time"',
        amount=number('"Amount"'),
        coin='"Coin"',
        comes="upper(\"Status\") = 'SUCCESS'",
        goes="FALSE",
        account='"UID"',
    ),
    left_out={"did not succeed": "upper(\"Status\") <> 'SUCCESS'", **funds.LEFT_OUT},
    says=funds.SAYS,
)
WITHDRAWALS = replace(
    DEPOSITS,
    name="KuCoin withdrawals",
    header=(*DEPOSITS.header, "Withdrawal Address/Account"),
    without=(),
    worked_out=funds.flows(
        time='"Time"',
        amount=number('"Amount"'),
        coin='"Coin"',
        comes="FALSE",
        goes="upper(\"Status\") = 'SUCCESS'",
        account='"UID"',
    ),
)
ACCOUNT = replace(
    DEPOSITS,
    name="KuCoin account history",
    header=("UID", "Account Type", "Currency", "Side", "Amount", "Fee", "Time", "Remark"),
    without=(),
    worked_out=funds.flows(
        time='"Time"',
        amount=number('"Amount"'),
        coin='"Currency"',
        comes='lower("Side") = \'deposit\' AND coalesce("Type", "Remark") ILIKE \'deposit%\'',
        goes='lower("Side") = \'withdrawal\' AND coalesce("Type", "Remark") ILIKE \'withdraw%\'',
        account='"UID"',
    ),
    left_out=funds.LEFT_OUT,
)
CLOSED_POSITIONS = Layout(
    "KuCoin closed futures positions",
    "trades",
    ("Symbol", "Close Type", "Realized PNL", "Total Funding Fees", "Total Trading Fees"),
    not_kept="This is KuCoin's list of closed positions: it does not say how much was traded, so nothing of it is kept.",
)

register(FILLS, ORDERS, FILLS_2021, DEPOSITS, WITHDRAWALS, ACCOUNT, CLOSED_POSITIONS)
register(
    _of_2018("amount", "dealValue", "createdDate"),
    _of_2018("amount_coin", "funds", "created_at"),
    _of_2018("amount", "deal_value", "created_at"),
)
