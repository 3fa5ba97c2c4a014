"""Spot trades that a venue writes as two rows, one for each coin, are put together: both rows then say the whole trade.

The second of them is the same as the first, and counts once.
"""

from crm.imports.layouts.amounts import by, times, worth


def two_rows(*, key: tuple[str, ...], price: str | None = None) -> dict[str, str]:
    """Steps that put the two rows together; `pair_usd`, `pair_cost`, `pair_side` and `pair_id` then say the whole trade.

    They stand on steps of the venue: `leg` ('base', 'quote', or NULL for a trade of one row), `row_id`, `turned` (the row's own
    buy or sell), `moved`, `pays` and `pays_in` (a cost is positive), `base`, `quote_is_usd`. Rows of one trade share the key;
    of several trades with one key the smallest two belong together, and so on upwards.
    """
    shared = ", ".join(key)
    both = f"(PARTITION BY {shared}, leg IS NULL, nth)"
    base_leg, quote_leg = (f"max({{0}}) FILTER (WHERE leg = '{one}') OVER {both}" for one in ("base", "quote"))
    flipped = f"CASE {quote_leg.format('turned')} WHEN 'buy' THEN 'sell' WHEN 'sell' THEN 'buy' END"
    told = price or "NULL"
    return {
        "nth": f"CASE WHEN leg IS NOT NULL THEN row_number() OVER (PARTITION BY {shared}, leg ORDER BY moved, line) ELSE line END",
        "base_moved": f"CASE WHEN leg IS NOT NULL THEN {base_leg.format('moved')} END",
        "quote_moved": f"CASE WHEN leg IS NOT NULL THEN {quote_leg.format('moved')} END",
        "price_told": told,
        "price_made": f"coalesce(price_told, {by('quote_moved', 'base_moved')})",
        "price_usd": "CASE WHEN quote_is_usd THEN price_made END",
        "cost": worth("pays", "pays_in", base="base", price_usd="price_usd"),
        "pair_usd": f"CASE WHEN quote_is_usd THEN coalesce(quote_moved, {times('base_moved', 'price_made')}) END",
        "pair_cost": f"sum(cost) OVER {both}",
        "pair_unpriced": f"count(*) FILTER (WHERE cost IS NULL AND pays <> 0) OVER {both}",
        "pair_side": f"coalesce({base_leg.format('turned')}, {flipped})",
        "pair_id": f"coalesce({base_leg.format('row_id')}, {quote_leg.format('row_id')})",
    }
