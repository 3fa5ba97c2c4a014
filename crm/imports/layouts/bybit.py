"""Bybit: an affiliate's clients, trades of the unified account, deposits and withdrawals of the funding account.

A charged fee is negative there. Every time is UTC. Volume is that of the last 30 or 365 days, never of a calendar month.
"""

from dataclasses import replace

from crm.imports.layouts import funds, legs
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import base_of, chosen, day, is_dollars, number, quote_of, times, worth

KEY = '"Uid", "Contract", "Time", "Filled Price", turned'
ABOVE = {"uid": r"UID\s*[:：,]\s*(\d+)"}
WINDOWS = {
    f"{name}{days}Day": f"{label}, last {days} days (USDT)"
    for days in (30, 365)
    for name, label in {
        "tradeVol": "Volume",
        "takerVol": "Taker volume",
        "makerVol": "Maker volume",
        "depositAmount": "Deposits",
        "commissions": "Commission",
    }.items()
}
AFFILIATE = Layout(
    "Bybit affiliate clients",
    "clients",
    ("uid", "vipLevel", "tradeVol30Day", "depositAmount30Day"),
    venue="Bybit",
    columns={"uid": "uid"},
    worked_out={
        "tier": "CASE WHEN regexp_matches(\"vipLevel\", '^[1-9]$') THEN 'VIP' || \"vipLevel\""
        " WHEN regexp_matches(\"vipLevel\", '(?i)^[a-z]') AND \"vipLevel\" NOT ILIKE 'no vip'"
        " THEN replace(replace(\"vipLevel\", '-', ''), ' ', '') END",
        "kyc_level": "CASE WHEN regexp_matches(\"KycLevel\", '^[1-9]$') THEN 'KYC' || \"KycLevel\" END",
    },
    kept_as={
        **WINDOWS,
        "vipLevel": "VIP level at Bybit",
        "totalWalletBalance": "Range of the wallet's balance (Bybit's code)",
        "volUpdateTime": "Volume as of (UTC)",
        "depositUpdateTime": "Deposits as of (UTC)",
    },
    says="Volume is that of the last 30 and 365 days; it is kept apart from volume of a calendar month.",
)
USERS = replace(
    AFFILIATE,
    name="Bybit affiliate users",
    header=("userId", "registerTime", "takerVol30Day", "makerVol30Day"),
    columns={"uid": "userId"},
    worked_out={
        "joined_on": day('"registerTime"'),
        "kyc_level": "CASE WHEN lower(\"isKyc\") IN ('true', '1') THEN 'KYC' END",
    },
)
TRADES = Layout(
    "Bybit unified account",
    "trades",
    ("Uid", "Currency", "Contract", "Type", "Direction", "Quantity", "Filled Price", "Fee Paid", "Wallet Balance"),
    venue="Bybit",
    time_zone="UTC",
    above=ABOVE,
    columns={"uid": "Uid", "traded_at": "Time", "instrument": "Contract"},
    worked_out={
        "turned": chosen('"Direction"', {"buy": "buy", "sell": "sell"}),
        "pair": "replace(upper(\"Contract\"), '-', '')",
        "coin": 'upper("Currency")',
        "base": f"coalesce({base_of('pair')}, coin)",
        "quote_is_usd": f"{quote_of('pair')} IS NOT NULL",
        "moved": "abs(" + number('"Quantity"') + ")",
        "pays": "-" + number('"Fee Paid"'),
        "pays_in": "coin",
        "coins": f"max(coin) OVER (PARTITION BY {KEY}) <> min(coin) OVER (PARTITION BY {KEY})",
        "leg": "CASE WHEN coins AND ends_with(pair, coin) THEN 'quote' WHEN coins AND starts_with(pair, coin) THEN 'base' END",
        "is_option": "regexp_matches(\"Contract\", '-\\d+-[CP]')",
        "row_id": f"CASE WHEN leg IS NOT NULL THEN md5(concat_ws('|', {KEY})) ELSE \"Trade ID\" END",
    }
    | legs.two_rows(
        key=(KEY,),
        price="CASE WHEN NOT is_option THEN " + number('"Filled Price"') + " END",
        alone_usd=f"CASE WHEN {is_dollars('coin')} THEN {times('moved', 'price_made')} WHEN pair = coin || 'USD' THEN moved END",
    )
    | {
        "product": "CASE WHEN leg IS NOT NULL THEN 'spot' WHEN is_option THEN 'options' ELSE 'perpetual' END",
        "realised_pnl_usd": "CASE WHEN leg IS NULL THEN "
        + worth(number('"Cash Flow"'), "coin", base="base", price_usd="price_in_usd")
        + " END",
        "trade_id": "CASE WHEN leg IS NULL THEN row_id ELSE row_id || ' ' || nth END",
    },
    left_out={
        "is no trade: it neither buys nor sells": "turned IS NULL OR upper(\"Type\") NOT IN ('TRADE', 'LIQUIDATION', 'ADL')"
    },
    remarks=legs.REMARKS,
)
FUNDS = Layout(
    "Bybit funding account",
    "balances",
    ("Uid", "Date & Time(UTC)", "Coin", "QTY", "Type", "Account Balance", "Description"),
    venue="Bybit",
    time_zone="UTC",
    above=ABOVE,
    columns={"uid": "Uid"},
    worked_out=funds.flows(
        time='"Date & Time"',
        amount=number('"QTY"'),
        coin='"Coin"',
        comes="\"Type\" ILIKE 'deposit%' OR \"Description\" ILIKE 'deposit%'",
        goes="\"Type\" ILIKE 'withdraw%' OR \"Description\" ILIKE 'withdraw%'",
        account='"Uid"',
    ),
    left_out=funds.LEFT_OUT,
    says=funds.SAYS,
)

register(AFFILIATE, USERS, TRADES, FUNDS)
