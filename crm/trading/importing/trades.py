"""The columns of fills and trading histories, rolled up per client, exchange day, product and instrument."""

from crm.intake.accounts import UID_NAMES, VENUE_NAMES, WEAK_UID_NAMES
from crm.intake.kinds import Column, Type
from crm.trading.importing.activity import PRODUCTS

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

TRADES = (
    Column("venue", "Venue", Type.VENUE, VENUE_NAMES),
    Column("uid", "UID", Type.UID, (*(name for name in UID_NAMES if name != "id"), *WEAK_UID_NAMES)),
    Column(
        "trade_id",
        "Trade ID",
        Type.TEXT,
        (
            "trade id",
            "tradeid",
            "fill id",
            "exec id",
            "tid",
            "bill id",
            "成交编号",
            "成交id",
            "deal id",
            "execution id",
            "id",
        ),
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
            *(
                "trade date",
                "execution time",
                "executed at",
                "execution date",
                "deal time",
                "deal date",
                "day",
                "filled at",
            ),
            *("成交日期", "交易时间", "交易日期", "日期", "datum", "uhrzeit", "fecha", "日時", "日付", "約定日時"),
        ),
        is_past=True,
    ),
    Column(
        "instrument",
        "Instrument",
        Type.TEXT,
        ("instrument", "symbol", "pair", "market", "coin", "inst id", "交易对", "币种"),
        longest=60,
    ),
    Column("product", "Product", Type.CHOICE, ("product", "trade type", "inst type", "产品"), PRODUCTS),
    # Before the direction of Hyperliquid: where that only buys and sells, it is the side.
    Column(
        "side",
        "Side",
        Type.CHOICE,
        ("side", "买卖方向", "方向", "买卖", "trade side", "order side", "buy sell", "type", "action", "direction"),
        {
            "buy": ("buy", "b", "bid", "long", "买", "买入"),
            "sell": ("sell", "s", "a", "ask", "short", "卖", "卖出"),
        },
    ),
    Column("direction", "Direction", Type.CHOICE, ("direction", "dir"), DIRECTIONS),
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
    # Of an order both stand in a file: what was asked for, and what became of it.
    Column(
        "price",
        "Price",
        Type.NUMBER,
        (
            *(
                "average price",
                "avg price",
                "avg fill price",
                "average fill price",
                "filled price",
                "execution price",
            ),
            *("executed price", "fill price", "trade price", "成交均价", "成交价", "成交价格", "price", "价格"),
        ),
        least=0,
        adds_up=False,
    ),
    Column(
        "quantity",
        "Quantity",
        Type.NUMBER,
        (
            *("filled quantity", "filled qty", "filled amount", "filled size", "executed quantity", "executed qty"),
            *(
                "executed amount",
                "exec qty",
                "cum exec qty",
                "filled",
                "executed",
                "已成交",
                "已成交量",
                "成交数量",
                "成交量",
            ),
            *("quantity", "qty", "amount", "size", "size tokens", "数量"),
        ),
        adds_up=False,
    ),
    Column(
        "fee_coin",
        "Coin of the fee",
        Type.TEXT,
        (
            *(
                "fee currency",
                "fee coin",
                "fee asset",
                "fee ccy",
                "fee unit",
                "commission asset",
                "commission currency",
            ),
            *("手续费币种", "手续费单位"),
        ),
        longest=40,
    ),
    Column("fee_usd", "Fee (USD)", Type.NUMBER, ("fee usd", "fee", "fees", "commission", "手续费")),
    Column(
        "realised_pnl_usd",
        "Realised PnL (USD)",
        Type.NUMBER,
        ("closed pnl", "realised pnl usd", "realised pnl", "realized pnl", "pnl", "pl", "已实现盈亏", "收益"),
    ),
)
