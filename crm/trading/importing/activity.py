"""The columns of daily summaries of trading, and of balances at the close of a day."""

from crm.intake.accounts import ACCOUNT
from crm.intake.kinds import Column, Sign, Type

PRODUCTS = {
    "spot": ("spot", "现货", "现货交易", "币币", "币币交易"),
    "margin": ("margin", "杠杆", "杠杆交易", "币币杠杆", "全仓杠杆", "逐仓杠杆", "cross margin", "isolated margin"),
    "perpetual": (
        *("perpetual", "perp", "swap", "perps"),
        *("永续", "永续合约", "u本位永续", "u本位永续合约", "币本位永续", "币本位永续合约"),
    ),
    "futures": (
        *(
            "futures",
            "future",
            "delivery",
            "derivatives",
            "期货",
            "合约",
            "合约交易",
            "u本位",
            "u本位合约",
            "币本位",
            "币本位合约",
        ),
        *("交割", "交割合约", "u本位交割合约", "币本位交割合约"),
    ),
    "options": ("options", "option", "期权", "期权合约", "期权交易"),
    "other": ("other", "otc", "其他", "其它"),
}
DAY_NAMES = (
    *("day", "date", "trade date", "trading day", "trading date", "business date", "value date", "snapshot date"),
    *(
        "report date",
        "statement date",
        "as of",
        "as of date",
        "日期",
        "交易日",
        "交易日期",
        "统计日期",
        "数据日期",
        "结算日期",
    ),
    *(
        "datum",
        "tag",
        "stichtag",
        "handelstag",
        "date de valeur",
        "jour",
        "fecha",
        "día",
        "data",
        "日付",
        "取引日",
        "年月日",
    ),
    *("time", "timestamp", "datetime", "date time", "时间"),
)
# What these are called only where a currency stands beside it.
AMOUNTS = ("amount", "total", "value", "size", "quantity", "filled", "executed", "volume", "成交量", "金额", "betrag")
FEES = (
    "fees usd",
    "fees",
    "fee",
    "fee usd",
    "trading fee",
    "trading fees",
    "exec fee",
    "commission",
    "手续费",
    "gebühr",
    "gebühren",
    "手数料",
)
FEE_COIN = Column(
    "fee_coin",
    "Coin of the fee",
    Type.TEXT,
    (
        *("fee currency", "fee coin", "fee asset", "fee ccy", "fee unit", "fees currency", "commission asset"),
        *("commission currency", "commission coin", "手续费币种", "手续费单位"),
    ),
    longest=40,
)
PNL_COIN = Column(
    "pnl_coin",
    "Coin of the PnL",
    Type.TEXT,
    (
        *("pnl currency", "pnl coin", "pnl asset", "pnl ccy", "profit currency", "realised pnl currency"),
        *("realized pnl currency", "closed pnl currency", "盈亏币种"),
    ),
    longest=40,
)
COIN = Column("coin", "Coin", Type.TEXT, ("coin", "currency", "asset", "ccy", "币种", "资产币种", "货币"), longest=40)

DAYS = (
    *ACCOUNT,
    Column("day", "Day", Type.DAY, DAY_NAMES, is_past=True, is_exchange_day=True),
    COIN,
    Column("product", "Product", Type.CHOICE, ("product", "product type", "inst type", "业务", "产品"), PRODUCTS),
    Column(
        "instrument",
        "Instrument",
        Type.TEXT,
        ("instrument", "symbol", "pair", "market", "inst id", "交易对"),
        longest=60,
    ),
    Column(
        "volume_usd",
        "Volume (USD)",
        Type.NUMBER,
        (
            *(
                "volume usd",
                "volume",
                "notional",
                "notional usd",
                "trade volume",
                "trading volume",
                "total volume",
                "total volume usd",
                "total trading volume",
                "traded volume",
                "gross volume",
                "turnover",
                "交易量",
                "交易额",
            ),
            *("成交额", "总交易量", "总交易额", "volumen", "umsatz", "handelsvolumen", "取引高", "売買代金"),
        ),
        least=0,
        is_money=True,
        amount_names=AMOUNTS,
        sign=Sign.TRADED,
    ),
    Column(
        "maker_volume_usd",
        "Maker volume (USD)",
        Type.NUMBER,
        ("maker volume usd", "maker volume", "挂单量", "挂单交易量"),
        least=0,
        is_money=True,
    ),
    Column(
        "trades",
        "Trades",
        Type.COUNT,
        ("trades", "trade count", "fills", "num trades", "笔数", "成交笔数"),
        least=0,
    ),
    Column("fees_usd", "Fees (USD)", Type.NUMBER, FEES, is_money=True, sign=Sign.COST),
    Column("rebates_usd", "Rebates (USD)", Type.NUMBER, ("rebates usd", "rebates", "rebate", "返佣"), is_money=True),
    Column(
        "realised_pnl_usd",
        "Realised PnL (USD)",
        Type.NUMBER,
        (
            "realised pnl usd",
            "realized pnl usd",
            "realised pnl",
            "realized pnl",
            "pnl",
            "closed pnl",
            "已实现盈亏",
            "盈亏",
        ),
        is_money=True,
    ),
    FEE_COIN,
    PNL_COIN,
)

BALANCES = (
    *ACCOUNT,
    Column("day", "Day", Type.DAY, DAY_NAMES, is_past=True, is_exchange_day=True),
    COIN,
    Column(
        "equity_usd",
        "Equity (USD)",
        Type.NUMBER,
        (
            "equity usd",
            "equity",
            "assets usd",
            "assets",
            "balance",
            "total assets",
            "资产",
            "总资产",
            "guthaben",
            "残高",
        ),
        is_money=True,
        amount_names=("total", "value", "amount"),
    ),
    Column(
        "deposits_usd",
        "Deposits (USD)",
        Type.NUMBER,
        ("deposits usd", "deposits", "deposit amount", "充值", "充值金额", "einzahlungen", "入金"),
        least=0,
        is_money=True,
        sign=Sign.IN,
    ),
    Column(
        "withdrawals_usd",
        "Withdrawals (USD)",
        Type.NUMBER,
        ("withdrawals usd", "withdrawals", "withdraw amount", "提现", "提币", "提现金额", "auszahlungen", "出金"),
        least=0,
        is_money=True,
        sign=Sign.OUT,
    ),
)
