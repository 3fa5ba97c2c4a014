"""Kraken: the trades and the ledgers that its history exports, with the columns of any year. Times are UTC, a fee is a cost.

Old coins keep their old names in pairs: XXBTZUSD is BTC in dollars, XETHXXBT is ETH in BTC.
"""

from crm.imports.layouts import funds
from crm.imports.layouts.priced import REMARKS, trade
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen, number

COINS = {f"x{coin}": coin.upper() for coin in ("eth", "ltc", "xrp", "xlm", "xmr", "zec", "rep", "etc", "mln", "icn")}
MONEY = {f"z{money}": money.upper() for money in ("usd", "eur", "gbp", "cad", "jpy", "aud", "krw")}
RENAMED = {"xxbt": "BTC", "xbt": "BTC", "xxdg": "DOGE", "xdg": "DOGE"}
# The Z of money in a pair stands behind an old coin, or behind a dollar coin: XTZUSD is Tezos.
PAIR = "regexp_replace(upper(\"pair\"), '^([XZ][A-Z0-9]{3}|USDT|USDC|DAI)Z(USD|EUR|GBP|CAD|JPY|AUD)$', '\\1/\\2')"


def _coin(name: str) -> str:
    return f"coalesce({chosen(name, COINS | MONEY | RENAMED)}, upper({name}))"


STEPS = trade(
    pair=PAIR,
    moved=number('"vol"'),
    total=number('"cost"'),
    price=number('"price"'),
    pays=(number('"fee"'), "quote"),
    known_usd=number('"costusd"'),
)
TRADES = Layout(
    "Kraken trades",
    "trades",
    ("txid", "pair", "time", "type", "price", "vol"),
    venue="Kraken",
    time_zone="UTC",
    columns={"trade_id": "txid", "traded_at": "time", "side": "type"},
    worked_out=STEPS
    | {
        "instrument": 'upper("pair")',
        "base": _coin(f"({STEPS['base']})"),
        "product": "CASE WHEN " + number('"margin"') + " > 0 THEN 'margin' ELSE 'spot' END",
    },
    remarks=REMARKS,
)
LEDGERS = Layout(
    "Kraken ledgers",
    "balances",
    ("txid", "refid", "time", "type", "aclass", "asset", "amount", "fee", "balance"),
    venue="Kraken",
    time_zone="UTC",
    worked_out={"coin_moved": _coin("regexp_replace(\"asset\", '[.][A-Z]+$', '')")}
    | funds.flows(
        time='"time"',
        amount=number('"amount"'),
        coin="coin_moved",
        comes='"txid" IS NOT NULL AND "type" = \'deposit\' AND ' + number('"amount"') + " > 0",
        goes='"txid" IS NOT NULL AND "type" = \'withdrawal\' AND ' + number('"amount"') + " < 0",
    ),
    left_out={
        "is not settled yet: the ledger lists it again with its number": '"txid" IS NULL',
        "is one side of a trade: trades come from Kraken's export of trades": "\"type\" IN ('trade', 'spend', 'receive')",
        **funds.LEFT_OUT,
    },
    says=funds.SAYS,
)

register(TRADES, LEDGERS)
