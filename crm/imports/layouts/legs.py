"""Trades in dollars, and spot trades that a venue writes as two rows, one for each coin: both rows then say the whole trade.

The second of two rows is the same as the first, and counts once.
"""

from crm.intake.layouts.amounts import by, times, worth

REMARKS = {
    "has no price in dollars here: it counts as a trade, without volume and fee": "volume_usd IS NULL AND fee_is_unpriced",
    "has no price in dollars here: it counts as a trade, without volume": "volume_usd IS NULL",
    "pays its fee in a coin without a price here: the fee is not counted": "fee_is_unpriced",
}


def two_rows(
    *, key: tuple[str, ...], price: str = "NULL", price_usd: str = "NULL", alone_usd: str = "NULL"
) -> dict[str, str]:
    """Steps to the fields of a trade, for trades of one row and of two.

    They stand on steps of the venue: `leg` ('base', 'quote', or NULL for a trade of one row), `row_id`, `turned` (the row's own
    buy or sell), `moved`, `pays` and `pays_in` (a cost is positive), `base`, `quote_is_usd`. Rows of one trade share the key;
    of several trades with one key the smallest two belong together, and so on upwards. `price_usd`: given by the file for
    what is not priced in dollars. `alone_usd`: the volume of a trade of one row.
    """
    shared = ", ".join(key)
    both = f"(PARTITION BY {shared}, leg IS NULL, nth)"
    base_leg, quote_leg = (f"max({{0}}) FILTER (WHERE leg = '{one}') OVER {both}" for one in ("base", "quote"))
    flipped = f"CASE {quote_leg.format('turned')} WHEN 'buy' THEN 'sell' WHEN 'sell' THEN 'buy' END"
    paired = "CASE WHEN leg IS NOT NULL THEN {0} ELSE {1} END"
    return {
        "nth": f"CASE WHEN leg IS NULL THEN line ELSE row_number() OVER (PARTITION BY {shared}, leg ORDER BY moved, line) END",
        "base_moved": f"CASE WHEN leg IS NOT NULL THEN {base_leg.format('moved')} END",
        "quote_moved": f"CASE WHEN leg IS NOT NULL THEN {quote_leg.format('moved')} END",
        "price_made": f"coalesce({price}, {by('quote_moved', 'base_moved')})",
        "price_in_usd": f"CASE WHEN quote_is_usd THEN price_made ELSE {price_usd} END",
        "cost": worth("pays", "pays_in", base="base", price_usd="price_in_usd"),
        "pair_usd": f"CASE WHEN quote_is_usd AND quote_moved IS NOT NULL THEN quote_moved ELSE {times('base_moved', 'price_in_usd')} END",
        "volume_usd": paired.format("pair_usd", alone_usd),
        "fee_usd": paired.format(f"sum(cost) OVER {both}", "cost"),
        "fee_is_unpriced": f"count(*) FILTER (WHERE cost IS NULL AND pays <> 0) OVER {both} > 0",
        "side": paired.format(f"coalesce({base_leg.format('turned')}, {flipped})", "turned"),
        "trade_id": paired.format(f"coalesce({base_leg.format('row_id')}, {quote_leg.format('row_id')})", "row_id"),
    }
