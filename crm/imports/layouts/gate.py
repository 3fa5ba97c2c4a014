"""Gate: spot trades as its pages export them and as its API answers, and the bills of an account. A fee is a cost there."""

from dataclasses import replace

from crm.imports.layouts import funds
from crm.imports.layouts.priced import REMARKS, SIDES, trade
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen, coin, number, size, when

TRADES = Layout(
    "Gate spot trades",
    "trades",
    ("No", "Order id", "Time", "Trade type", "Pair", "Price", "Amount", "Fee", "Total"),
    venue="Gate",
    constants={"product": "spot"},
    columns={"traded_at": "Time"},
    worked_out=trade(
        pair='"Pair"',
        moved=size('"Amount"'),
        total=size('"Total"'),
        pays=(size('"Fee"'), coin('"Fee"')),
    )
    | {"side": chosen('"Trade type"', SIDES)},
    remarks=REMARKS,
)
API_TRADES = replace(
    TRADES,
    name="Gate spot trades (API)",
    header=("id", "create_time", "currency_pair", "side", "role", "amount", "price", "order_id", "fee", "fee_currency"),
    time_zone="UTC",
    columns={"side": "side", "role": "role"},
    worked_out=trade(
        pair='"currency_pair"',
        moved=number('"amount"'),
        price=number('"price"'),
        pays=(number('"fee"'), '"fee_currency"'),
    )
    | {
        "traded_at": when('"create_time"'),
        "trade_id": '"currency_pair" || \' \' || "id"',  # ids are counted for each market
    },
)
BILLS = Layout(
    "Gate account bills",
    "balances",
    ("no", "time", "action_desc", "action_data", "type", "change_amount", "amount", "total"),
    venue="Gate",
    worked_out=funds.flows(
        time='"time"',
        amount=number('"change_amount"'),
        coin='"type"',
        comes="regexp_matches(\"action_desc\", '(?i)^deposits?$')",
        goes="regexp_matches(\"action_desc\", '(?i)^withdraw(al)?s?$')",
    ),
    left_out={
        "is one side of a trade: trades come from Gate's trade history": 'regexp_matches("action_desc",'
        " '(?i)^(order |trading fee|dust swap)')",
        **funds.LEFT_OUT,
    },
    says=funds.SAYS,
)

register(TRADES, API_TRADES, BILLS)
