"""Fills and trading histories, rolled up per client, exchange day, product and instrument."""

from crm.imports.kinds.activity import ACCOUNT, PRODUCTS
from crm.imports.kinds.kind import Column, Kind, Type

# Hyperliquid says in its direction whether a fill was spot or a perpetual.
DIRECTIONS = {
    "spot": ("buy", "sell", "spot dust conversion"),
    "perpetual": (
        "open long",
        "open short",
        "close long",
        "close short",
        "long > short",
        "short > long",
        "auto-deleveraging",
        "liquidated isolated short",
        "liquidated isolated long",
        "liquidated cross long",
        "liquidated cross short",
        "settlement",
    ),
}

TRADES = Kind(
    "trades",
    "Trades",
    (
        *ACCOUNT,
        Column(
            "trade_id",
            "Trade ID",
            Type.TEXT,
            ("trade id", "tradeid", "fill id", "exec id", "tid", "bill id", "成交编号"),
            longest=120,
        ),
        Column(
            "traded_at",
            "Time",
            Type.MOMENT,
            (
                "time",
                "traded at",
                "timestamp ist",
                "timestamp utc",
                "fill time",
                "trade time",
                "datetime",
                "date time",
                "created at",
                "timestamp",
                "date",
                "时间",
                "成交时间",
            ),
        ),
        Column(
            "instrument",
            "Instrument",
            Type.TEXT,
            ("instrument", "symbol", "pair", "market", "coin", "inst id", "交易对", "币种"),
            longest=60,
        ),
        Column("product", "Product", Type.CHOICE, ("product", "trade type", "inst type", "产品"), PRODUCTS),
        Column("direction", "Direction", Type.CHOICE, ("direction", "dir"), DIRECTIONS),
        Column(
            "side",
            "Side",
            Type.CHOICE,
            ("side", "买卖方向", "方向"),
            {
                "buy": ("buy", "b", "bid", "long", "买", "买入"),
                "sell": ("sell", "s", "a", "ask", "short", "卖", "卖出"),
            },
        ),
        Column(
            "role",
            "Maker or taker",
            Type.CHOICE,
            ("role", "exec type", "liquidity", "maker taker"),
            {
                "maker": ("maker", "m"),
                "taker": ("taker", "t"),
            },
        ),
        Column("crossed", "Crossed", Type.CHOICE, ("crossed",), {"taker": ("true", "1"), "maker": ("false", "0")}),
        Column(
            "volume_usd",
            "Size (USD)",
            Type.NUMBER,
            ("size usd", "volume usd", "notional", "notional usd", "quote quantity", "turnover", "成交额", "成交金额"),
            least=0,
        ),
        Column("price", "Price", Type.NUMBER, ("price", "execution price", "fill price", "成交价"), least=0),
        Column(
            "quantity",
            "Quantity",
            Type.NUMBER,
            ("quantity", "amount", "size", "size tokens", "filled", "成交量", "数量"),
        ),
        Column("fee_usd", "Fee (USD)", Type.NUMBER, ("fee usd", "fee", "fees", "commission", "手续费")),
        Column(
            "realised_pnl_usd",
            "Realised PnL (USD)",
            Type.NUMBER,
            ("closed pnl", "realised pnl usd", "realised pnl", "realized pnl", "pnl", "pl", "已实现盈亏", "收益"),
        ),
    ),
    needs=(("uid",), ("traded_at",), ("volume_usd", "price")),
    each_row=(("traded_at",), ("volume_usd", "price"), ("volume_usd", "quantity")),
)
