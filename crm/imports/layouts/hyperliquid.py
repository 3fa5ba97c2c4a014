"""Hyperliquid: fills of many wallets, as they are passed on with the time of India (5 or 16 columns)."""

from crm.intake.layouts import Layout, register

TRADES = Layout(
    "Hyperliquid trades",
    "trades",
    ("Account", "Closed PnL", "Size USD", "Timestamp IST"),
    venue="Hyperliquid",
    time_zone="Asia/Kolkata",
    date_order="dmy",
    columns={
        "uid": "Account",
        "traded_at": "Timestamp IST",
        "trade_id": "Trade ID",
        "instrument": "Coin",
        "direction": "Direction",
        "side": "Side",
        "crossed": "Crossed",
        "price": "Execution Price",
        "quantity": "Size Tokens",
        "volume_usd": "Size USD",
        "fee_usd": "Fee",
        "realised_pnl_usd": "Closed PnL",
    },
)

register(TRADES)
