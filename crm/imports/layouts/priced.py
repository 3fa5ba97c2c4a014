"""A trade of one row: its coins, its dollars, and what it cost. A pair that is not priced in dollars has only those that the file gives."""

from crm.imports.layouts.legs import REMARKS
from crm.intake.layouts.amounts import base_of, by, is_dollars, quote_of, times, worth

UNFILLED = {"was never filled": "coalesce(moved, 0) = 0 AND coalesce(total, 0) = 0"}
SIDES = {"buy": "buy", "sell": "sell", "买入": "buy", "卖出": "sell", "买": "buy", "卖": "sell"}


def base(pair: str) -> str:
    """BTC of BTC-USDT, btc_usdt, BTC/USDT or BTCUSDT."""
    return f"CASE WHEN regexp_matches({pair}, '[-_/]') THEN regexp_extract(upper({pair}), '^([^-_/]+)', 1) ELSE {base_of(pair)} END"


def quote(pair: str) -> str:
    """What a pair is priced in; of one without a separator only a dollar coin is known."""
    return f"CASE WHEN regexp_matches({pair}, '[-_/]') THEN regexp_extract(upper({pair}), '([^-_/]+)$', 1) ELSE {quote_of(pair)} END"


def trade(
    *,
    pair: str,
    moved: str,
    total: str = "NULL",
    price: str = "NULL",
    pays: tuple[str, str] = ("NULL", "quote"),
    known_usd: str = "NULL",
) -> dict[str, str]:
    """Steps to the fields of a trade: `moved` of the base at `price`, `total` of the quote; `pays` is a cost and its coin.

    `known_usd`: dollars that the file gives for a pair that is priced in something else.
    """
    of_quote = times("pays", by("volume_usd", "nullif(total, 0)"))
    return {
        "instrument": f"upper({pair})",
        "traded_pair": pair,
        "base": base("traded_pair"),
        "quote": quote("traded_pair"),
        "moved": f"abs({moved})",
        "total": f"abs(coalesce({total}, {times('moved', price)}))",
        "volume_usd": f"coalesce(CASE WHEN {is_dollars('quote')} THEN total END, abs({known_usd}))",
        "price_in_usd": by("volume_usd", "moved"),
        "pays": pays[0],
        "pays_in": f"upper({pays[1]})",
        "fee_usd": f"coalesce({worth('pays', 'pays_in', base='base', price_usd='price_in_usd')},"
        f" CASE WHEN pays_in = quote THEN {of_quote} END)",
        "fee_is_unpriced": "fee_usd IS NULL AND pays <> 0",
    }


__all__ = ["REMARKS", "SIDES", "UNFILLED", "base", "quote", "trade"]
