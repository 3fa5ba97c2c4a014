"""The columns of fills and trading histories, rolled up per client, exchange day, product and instrument."""

from crm.intake.accounts import UID_NAMES, VENUE_NAMES, WEAK_UID_NAMES
from crm.intake.kinds import Column, Sign, Type
from crm.trading.importing.activity import AMOUNTS, FEE_COIN, FEES, PNL_COIN, PRODUCTS

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

# In what price and volume are counted.
QUOTE_COIN = Column(
    "quote_coin",
    "Coin of the price",
    Type.TEXT,
    (
        *("quote currency", "quote coin", "quote asset", "quote ccy", "price currency", "price coin", "total currency"),
        *("amount currency", "volume currency", "turnover currency", "value currency", "counter currency"),
        *("settlement currency", "currency", "ccy", "计价币种", "计价货币", "货币", "währung"),
    ),
    longest=40,
)

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
        (
            "size usd",
            "volume usd",
            "notional",
            "notional usd",
            "quote quantity",
            "turnover",
            "成交额",
            "成交金额",
            "約定代金",
        ),
        least=0,
        is_money=True,
        amount_names=AMOUNTS,
        sign=Sign.TRADED,
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
            *(
                "executed price",
                "fill price",
                "trade price",
                "成交均价",
                "成交价",
                "成交价格",
                "price",
                "价格",
                "preis",
                "kurs",
                "prix",
                "価格",
            ),
        ),
        least=0,
        adds_up=False,
        is_money=True,
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
            *("quantity", "qty", "amount", "size", "size tokens", "数量", "menge"),
        ),
        adds_up=False,
        is_coins=True,
    ),
    FEE_COIN,
    Column("fee_usd", "Fee (USD)", Type.NUMBER, FEES, is_money=True, sign=Sign.COST),
    Column(
        "realised_pnl_usd",
        "Realised PnL (USD)",
        Type.NUMBER,
        ("closed pnl", "realised pnl usd", "realised pnl", "realized pnl", "pnl", "pl", "已实现盈亏", "收益"),
        is_money=True,
    ),
    PNL_COIN,
    QUOTE_COIN,
)
