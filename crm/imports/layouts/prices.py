"""Tables of market prices: they come from every venue, and nothing of them is about a client."""

from crm.intake.layouts import Layout, register

CANDLES = Layout(
    "Market prices (candles)",
    "trades",
    ("Open", "High", "Low", "Close"),
    not_kept="This is a table of market prices (candles): it says nothing about a client, so nothing of it is kept.",
)

register(CANDLES)
