"""What people call trades, days, balances and tiers."""

from crm.web.kit import words

words.register(
    entities={
        "fill": "Trade",
        "daily_activity": "Trading day",
        "balance": "Balance",
        "tier_policy": "Tier policy",
        "trading_tier": "Tier of a day",
    },
    fields={
        "day": "Day",
        "product": "Product",
        "instrument": "Instrument",
        "volume_usd": "Volume, USD",
        "maker_volume_usd": "Maker volume, USD",
        "trades": "Trades",
        "fees_usd": "Fees, USD",
        "fee_usd": "Fee, USD",
        "rebates_usd": "Rebates, USD",
        "realised_pnl_usd": "Realised PnL, USD",
        "traded_at": "Time",
        "side": "Side",
        "is_maker": "Maker",
        "equity_usd": "Equity, USD",
        "deposits_usd": "Deposits, USD",
        "withdrawals_usd": "Withdrawals, USD",
    },
    values={
        "spot": "Spot",
        "margin": "Margin",
        "perpetual": "Perpetuals",
        "futures": "Futures",
        "options": "Options",
        "buy": "Buy",
        "sell": "Sell",
        "earn": "Earn",
        "loans": "Loans",
        "otc": "OTC",
        "api": "API",
        "copy": "Copy trading",
    },
)
