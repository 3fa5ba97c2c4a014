"""OKX: trading history of 2020 until today, funding history, and the lists of an affiliate's invitees.

A charged fee is negative there and a rebate positive. Times are OKX's own, UTC+8, unless the line above the header says otherwise.
"""

from dataclasses import replace

from crm.imports.layouts import funds, legs
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen, coin, day, is_dollars, number, size, times, when, worth

ZONE = "Asia/Shanghai"
ABOVE = {"uid": r"UID\s*[:：,]\s*(\d+)"}
# What a contract is: so many coins, or, where the coin itself is the margin, so many dollars.
COINS = """CASE base WHEN 'BTC' THEN 0.01 WHEN 'ETH' THEN 0.1 WHEN 'SOL' THEN 1 WHEN 'LTC' THEN 1 WHEN 'XRP' THEN 100
    WHEN 'DOGE' THEN 1000 END"""
DOLLARS = "CASE base WHEN 'BTC' THEN 100 ELSE 10 END"
TURNED = """CASE WHEN regexp_matches(action, '(?i)buy|open long|(close|liquidation|delivery) short') THEN 'buy'
    WHEN regexp_matches(action, '(?i)sell|open short|(close|liquidation|delivery) long') THEN 'sell' END"""
PRODUCT = """CASE WHEN regexp_matches("Trade Type", '(?i)swap|perp') THEN 'perpetual'
    WHEN regexp_matches("Trade Type", '(?i)futur|expiry') THEN 'futures'
    WHEN regexp_matches("Trade Type", '(?i)option') THEN 'options' WHEN regexp_matches("Trade Type", '(?i)margin') THEN 'margin'
    WHEN regexp_matches("Trade Type", '(?i)spot|convert') THEN 'spot' END"""
# An option's price is a premium in coins, not the price of the coin.
PRICED = "CASE WHEN product IS DISTINCT FROM 'options' THEN {0} END"


def _traded(symbol: str, action: str, unit: str, fee_unit: str, balance_unit: str) -> dict[str, str]:
    """Steps over the names that a version of the trading history gives to its columns."""
    spot = (
        f"coalesce(product, CASE WHEN regexp_matches({symbol}, '^[^-]+-[^-]+$') THEN 'spot' END) IN ('spot', 'margin')"
    )
    leg = f"{spot} AND turned IS NOT NULL AND upper({balance_unit})"
    price = PRICED.format("nullif(abs(" + number('"Filled Price"') + "), 0)")
    price_usd = PRICED.format("nullif(abs(" + number('"Filled_price-USD"') + "), 0)")
    return {
        "product": PRODUCT,
        "action": action,
        "turned": TURNED,
        "base": f"split_part(upper({symbol}), '-', 1)",
        "quote": f"split_part(upper({symbol}), '-', 2)",
        "quote_is_usd": is_dollars("quote"),
        "row_id": '"id"',
        "moved": "abs(" + number('"Amount"') + ")",
        "pays": "-" + number('"Fee"'),
        "pays_in": f"coalesce({fee_unit}, {balance_unit})",
        "leg": f"CASE WHEN {leg} = base THEN 'base' WHEN {leg} = quote THEN 'quote' END",
        "counted_in": f"upper({unit})",
        "coins": "CASE WHEN counted_in = base THEN moved WHEN counted_in IN ('CONT', 'CONTS') AND quote <> 'USD' THEN "
        + times("moved", COINS)
        + " END",
        "dollars": f"CASE WHEN {is_dollars('counted_in')} THEN moved WHEN counted_in IN ('CONT', 'CONTS') AND quote = 'USD'"
        f" AND product <> 'options' THEN {times('moved', DOLLARS)} END",
    } | legs.two_rows(
        key=('"Order id"', '"Time"', symbol, '"Filled Price"'),
        price=price,
        price_usd=price_usd,
        alone_usd=f"coalesce(dollars, {times('coins', 'price_in_usd')})",
    )


def _gained(pnl: str, balance_unit: str) -> dict[str, str]:
    made = worth(number(pnl), balance_unit, base="base", price_usd="price_in_usd")
    return {"realised_pnl_usd": f"CASE WHEN leg IS NULL THEN {made} END"}


TRADES = Layout(
    "OKX trading history",
    "trades",
    (
        "id",
        "Order id",
        "Time",
        "Trade Type",
        "Symbol",
        "Action",
        "Amount",
        "Trading Unit",
        "Filled Price",
        "Fee Unit",
        "Balance Unit",
    ),
    venue="OKX",
    time_zone=ZONE,
    above=ABOVE,
    columns={"traded_at": "Time", "instrument": "Symbol"},
    worked_out=_traded('"Symbol"', '"Action"', '"Trading Unit"', '"Fee Unit"', '"Balance Unit"')
    | _gained('"PnL"', '"Balance Unit"'),
    left_out={
        "moves money between accounts, and is no trade": "\"Trade Type\" ILIKE '%transfer%' OR action ILIKE '%transfer%'",
        "is a funding payment between traders, and no trade": "action ILIKE '%funding%'",
        "is no trade: it neither buys nor sells": "turned IS NULL",
    },
    remarks=legs.REMARKS,
)
TRADES_2023 = replace(
    TRADES, name="OKX trading history 2023", header=(*TRADES.header, "Filled Price Unit", "Position Unit")
)
TRADES_2021 = replace(
    TRADES,
    name="OKX trading history 2021",
    header=(
        "id",
        "Order id",
        "Time",
        "Trade Type",
        "Instrument",
        "Type",
        "Amount",
        "Unit",
        "PL",
        "Fee",
        "Balance Change",
    ),
    columns={"traded_at": "Time", "instrument": "Instrument"},
    worked_out=_traded('"Instrument"', '"Type"', '"Unit"', '"Unit_2"', '"Unit_2"') | _gained('"PL"', '"Unit_2"'),
)
SPOT_2020 = Layout(
    "OKX spot trades 2020",
    "trades",
    ("Order ID", "Trade ID", "Trade Time", "Pairs", "Amount", "Price", "Total", "taker/maker", "Fee", "unit"),
    venue="OKX",
    time_zone=ZONE,
    above=ABOVE,
    constants={"product": "spot"},
    columns={"traded_at": "Trade Time", "role": "taker/maker"},
    worked_out={
        "instrument": "replace(upper(\"Pairs\"), '_', '-')",
        "trade_id": "instrument || ' ' || \"Trade ID\"",
        "base": "split_part(instrument, '-', 1)",
        "quote": "split_part(instrument, '-', 2)",
        "moved": size('"Amount"'),
        "price_in_usd": "CASE WHEN " + is_dollars("quote") + " THEN " + size('"Price"') + " END",
        "side": "CASE WHEN moved > 0 THEN 'buy' WHEN moved < 0 THEN 'sell' END",
        "total_usd": "CASE WHEN " + is_dollars("quote") + " THEN " + size('"Total"') + " END",
        "volume_usd": f"abs(coalesce(total_usd, {times('moved', 'price_in_usd')}))",
        "fee_usd": worth(
            "-" + size('"Fee"'), "coalesce(" + coin('"Fee"') + ", quote)", base="base", price_usd="price_in_usd"
        ),
        "fee_is_unpriced": "fee_usd IS NULL AND " + size('"Fee"') + " <> 0",
    },
    remarks=legs.REMARKS,
)
API_FILLS = Layout(
    "OKX fills (API)",
    "trades",
    ("instType", "instId", "tradeId", "fillPx", "fillSz", "side", "execType", "feeCcy", "fee", "ts"),
    venue="OKX",
    time_zone="UTC",
    columns={"instrument": "instId"},
    worked_out={
        "product": chosen(
            '"instType"',
            {"spot": "spot", "margin": "margin", "swap": "perpetual", "futures": "futures", "option": "options"},
        ),
        "traded_at": when('"ts"'),
        "trade_id": '"instId" || \' \' || "tradeId"',  # ids are counted for each instrument
        "side": chosen('"side"', {"buy": "buy", "sell": "sell"}),
        "role": chosen('"execType"', {"m": "maker", "t": "taker"}),
        "base": "split_part(upper(\"instId\"), '-', 1)",
        "quote": "split_part(upper(\"instId\"), '-', 2)",
        "moved": "abs(" + number('"fillSz"') + ")",
        "price_in_usd": f"CASE WHEN {is_dollars('quote')} AND product <> 'options' THEN " + number('"fillPx"') + " END",
        "coins": "CASE WHEN product IN ('spot', 'margin') THEN moved WHEN quote <> 'USD' AND product <> 'options' THEN "
        + times("moved", COINS)
        + " END",
        "dollars": f"CASE WHEN product IN ('perpetual', 'futures') AND quote = 'USD' THEN {times('moved', DOLLARS)} END",
        "volume_usd": f"coalesce(dollars, {times('coins', 'price_in_usd')})",
        "pays": "-" + number('"fee"'),
        "fee_usd": worth("pays", '"feeCcy"', base="base", price_usd="price_in_usd"),
        "fee_is_unpriced": "fee_usd IS NULL AND pays <> 0",
    },
    remarks=legs.REMARKS,
)
FUNDS = Layout(
    "OKX funding history",
    "balances",
    ("id", "Time", "Type", "Amount", "Before Balance", "After Balance", "Symbol"),
    venue="OKX",
    time_zone=ZONE,
    above=ABOVE,
    worked_out=funds.flows(
        time='"Time"',
        amount=number('"Amount"'),
        coin='"Symbol"',
        comes="regexp_matches(\"Type\", '(?i)^(deposit|received)')",
        goes="regexp_matches(\"Type\", '(?i)^withdraw')",
    ),
    left_out=funds.LEFT_OUT,
    says=funds.SAYS,
)
INVITEES = Layout(
    "OKX affiliate invitees",
    "clients",
    ("uid", "joinTime", "volMonth", "accFee"),
    venue="OKX",
    columns={"uid": "uid", "country": "region", "tier": "level", "source": "affiliateCode"},
    worked_out={"joined_on": day('"joinTime"'), "kyc_level": "CASE WHEN \"kycTime\" IS NOT NULL THEN 'KYC2' END"},
    also_kept={"First trade": day('"firstTradeTime"'), "KYC on": day('"kycTime"')},
    kept_as={
        "volMonth": "Volume this calendar month (USDT)",
        "totalVol": "Volume in all (USDT)",
        "accFee": "Fees in all (USDT)",
        "depAmt": "Deposits in all (USDT)",
        "wdAmt": "Withdrawals in all (USDT)",
        "totalCommission": "Commission in all (USDT)",
        "inviteeRebateRate": "Rebate rate",
    },
    says="Volume of a calendar month begins again on the first day: it is kept apart from volume of 30 days.",
)
INVITEE_LIST = replace(
    INVITEES,
    name="OKX affiliate invitee list",
    header=("uid", "joinTime", "totalVol", "feeTierRank"),
    columns={"uid": "uid", "country": "country", "kyc_level": "kycStatus", "source": "channelName"},
    worked_out={
        "joined_on": day('"joinTime"'),
        "tier": "CASE WHEN regexp_matches(\"feeTierRank\", '^[1-9]$|^1[0-5]$') THEN 'VIP' || \"feeTierRank\" END",
    },
    kept_as={
        "totalVol": "Volume in the period of the list (USDT)",
        "totalFee": "Fees in the period of the list (USDT)",
        "depAmt": "Deposits in the period of the list (USDT)",
        "totalCommission": "Commission in the period of the list (USDT)",
        "feeTierRank": "Fee tier rank",
        "rebateRate": "Rebate rate",
    },
    says="Amounts of this list are those of the period that was chosen for it: they are kept apart from volume of 30 days.",
)

register(API_FILLS, TRADES, TRADES_2023, TRADES_2021, SPOT_2020, FUNDS, INVITEES, INVITEE_LIST)
