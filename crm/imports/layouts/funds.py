"""Deposits and withdrawals that a venue lists one by one, added up for each account and day of the exchange."""

from crm.intake.layouts.amounts import day, is_dollars

NO_FLOW = "neither comes in nor goes out: it stays with the client at the venue"
NO_PRICE = "is in a coin other than dollars, and the file gives no price for it"
LEFT_OUT = {NO_FLOW: "flow IS NULL", NO_PRICE: "valued IS NULL"}
SAYS = (
    "Deposits and withdrawals are added up for each day of the exchange."
    " Send whole days: a later file replaces what is known of a day."
)


def flows(*, time: str, amount: str, coin: str, comes: str, goes: str, account: str = "''") -> dict[str, str]:
    """Steps to the balances of a day; every row of a day says its sums, so that the first of them counts."""
    mine = f"OVER (PARTITION BY {account}, day)"
    return {
        "flow": f"CASE WHEN {comes} THEN 'in' WHEN {goes} THEN 'out' END",
        "valued": f"CASE WHEN flow IS NOT NULL AND {is_dollars(coin)} THEN abs({amount}) END",
        "day": day(time),
        "deposits_usd": f"sum(valued) FILTER (WHERE flow = 'in') {mine}",
        "withdrawals_usd": f"sum(valued) FILTER (WHERE flow = 'out') {mine}",
    }
