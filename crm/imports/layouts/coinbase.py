"""Coinbase: the transaction report of every year since 2020, and the fills and the account statement of Coinbase Pro.

The report stands below some lines about the account, writes money with its sign ($1,234.50), and says in a column which money
that is. Times are UTC, a fee is a cost.
"""

from dataclasses import replace

from crm.imports.layouts import funds
from crm.imports.layouts.priced import REMARKS, SIDES, trade
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen, number, times

CURRENCY = 'coalesce("Price Currency", "Spot Price Currency")'
TYPES = {
    **{f"{before}{side}": side for before in ("", "advance trade ", "advanced trade ") for side in ("buy", "sell")},
    "convert": "sell",
}
PAIR = """coalesce(nullif(regexp_extract("Notes", ' on ([A-Z0-9]+-[A-Z0-9]+)( at |$)', 1), ''), "Asset" || '-' || {0}, "Asset")"""
NO_TRADE = {"is no trade: it neither buys nor sells": "side IS NULL"}


def _money(cell: str) -> str:
    """1234.50 of $1,234.50 or CHF1,234.50."""
    return number(f"regexp_replace({cell}, '[^-+0-9.,]', '', 'g')")


def _reported(currency: str, subtotal: str, fees: str) -> dict[str, str]:
    steps = trade(
        pair=PAIR.format(currency),
        moved=number('"Quantity Transacted"'),
        total=_money(subtotal),
        pays=(_money(fees), currency),
    )
    # The report counts in the money of its own column, also where the pair is priced in another.
    return steps | {"quote": f"upper({currency})", "product": "'spot'"} | {"side": chosen('"Transaction Type"', TYPES)}


TRADES = Layout(
    "Coinbase transactions",
    "trades",
    ("Timestamp", "Transaction Type", "Asset", "Quantity Transacted", "Subtotal"),
    venue="Coinbase",
    time_zone="UTC",
    columns={"trade_id": "ID", "traded_at": "Timestamp"},
    worked_out=_reported(CURRENCY, '"Subtotal"', 'coalesce("Fees and/or Spread", "Fees")'),
    left_out=NO_TRADE,
    remarks=REMARKS,
    says="Only the trades of this report are read; deposits and withdrawals come in when it is imported as balances.",
)
TRADES_2020 = replace(
    TRADES,
    name="Coinbase transactions 2020",
    header=("Timestamp", "Transaction Type", "Asset", "Quantity Transacted", "USD Subtotal"),
    columns={"traded_at": "Timestamp"},
    worked_out=_reported("'USD'", '"USD Subtotal"', '"USD Fees"'),
)
FUNDS = Layout(
    "Coinbase deposits and withdrawals",
    "balances",
    TRADES.header,
    venue="Coinbase",
    time_zone="UTC",
    worked_out=funds.flows(
        time="regexp_replace(\"Timestamp\", ' UTC$', '')",
        amount=_money('"Subtotal"'),
        coin=CURRENCY,
        comes="regexp_matches(\"Transaction Type\", '(?i)^(deposit|receive)$')",
        goes="regexp_matches(\"Transaction Type\", '(?i)^(withdrawal|send|card spend)$')",
    ),
    left_out=funds.LEFT_OUT,
    says=funds.SAYS,
)
FILLS = Layout(
    "Coinbase Pro fills",
    "trades",
    ("trade id", "product", "side", "created at", "size", "size unit", "price", "fee", "total", "price/fee/total unit"),
    venue="Coinbase",
    time_zone="UTC",
    columns={"traded_at": "created at"},
    worked_out=trade(
        pair='"product"',
        moved=number('"size"'),
        total=times(number('"size"'), number('"price"')),
        pays=(number('"fee"'), '"price/fee/total unit"'),
    )
    | {
        "side": chosen('"side"', SIDES),
        "product": "'spot'",
        "trade_id": '"product" || \' \' || "trade id"',  # ids are counted for each product
    },
    remarks=REMARKS,
)
STATEMENT = Layout(
    "Coinbase Pro account statement",
    "balances",
    ("portfolio", "type", "time", "amount", "balance", "amount/balance unit", "transfer id", "trade id", "order id"),
    venue="Coinbase",
    time_zone="UTC",
    worked_out=funds.flows(
        time='"time"',
        amount=number('"amount"'),
        coin='"amount/balance unit"',
        comes="lower(\"type\") = 'deposit'",
        goes="lower(\"type\") = 'withdrawal'",
    ),
    left_out={
        "is one side of a trade: trades come from Coinbase's export of fills": "lower(\"type\") IN ('match', 'fee', 'conversion')",
        **funds.LEFT_OUT,
    },
    says=funds.SAYS,
)

register(TRADES, TRADES_2020, FUNDS, FILLS, STATEMENT)
