"""Which amounts of trades, daily figures and balances are no dollars: those rows are refused, or the amount is unknown."""

from collections.abc import Sequence
from functools import partial

from crm.intake import money
from crm.intake.kinds import Column
from crm.intake.layouts.amounts import is_dollars
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.trading.importing import dollars
from crm.trading.importing.activity import BALANCES, DAYS
from crm.trading.importing.dollars import Evidence
from crm.trading.importing.trades import TRADES

# A column of a currency that names the very coin that is traded says nothing of the price.
_QUOTE_COIN = f"CASE WHEN {money.canonical_sql('k.quote_coin')} IS DISTINCT FROM p.base THEN k.quote_coin END"


def refuse_other_coins(staging: Staging, mapping: Mapping, columns: Sequence[Column]) -> None:
    """Daily figures and balances: the amounts that a column, a cell or the coin beside it says to be no dollars."""
    if mapping.layout:
        return
    pairs = _pairs(staging, mapping)
    for column in columns:
        if mapping.first(column.field) is None:
            continue
        said = dollars.evidence(staging, mapping, column, _beside_day(mapping, column, pairs))
        if not _may_be_foreign(said) or not dollars.lay_out_foreign(staging, column.field, said):
            continue
        if column.field in dollars.COIN_BESIDE or column.field == "rebates_usd":
            dollars.forget(staging, mapping, column, dollars.UNKNOWN_AMOUNT)
        else:
            dollars.refuse(staging, mapping, column, shown="instrument" if pairs and not mapping.has("coin") else "")


refuse_other_days = partial(refuse_other_coins, columns=tuple(c for c in DAYS if c.is_money))
refuse_other_balances = partial(refuse_other_coins, columns=tuple(c for c in BALANCES if c.is_money))


def refuse_other_quotes(staging: Staging, mapping: Mapping) -> None:
    """Fills of BTC-JPY: their price, and so their volume, is in yen. A column that says USD in its name is taken at its word."""
    dollars.lay_out_pairs(staging, mapping)
    if mapping.layout:
        return
    volume, price = (evidence_of(staging, mapping, field) for field in ("volume_usd", "price"))
    counted = [("volume_usd", volume)] if mapping.first("volume_usd") is not None else []
    if not (counted and (volume.is_dollars or price.is_dollars)):
        counted += [("price", price)]
    if not counted or mapping.first("price") is None:
        counted += [("total", evidence_of(staging, mapping, "total"))]
    for field, said in counted:
        if mapping.first(field) is None or not _may_be_foreign(said):
            continue
        if dollars.lay_out_foreign(staging, field, said):
            dollars.refuse(staging, mapping, _trade(field), shown="instrument")


def evidence_of(staging: Staging, mapping: Mapping, field: str) -> Evidence:
    """In what an amount of a fill counts: as it says itself, as a column says, as the pair says."""
    beside = [name for name in [dollars.COIN_BESIDE.get(field, "")] if name and mapping.has(name)]
    quote = [_QUOTE_COIN] if mapping.has("quote_coin") else []
    return dollars.evidence(staging, mapping, _trade(field), [*(f"k.{name}" for name in beside), *quote, "p.quote"])


def price_fees(staging: Staging, mapping: Mapping) -> None:
    """A fee in the coin that was bought has the price of the fill; one in any other is unknown, and said to be."""
    if mapping.layout:
        return
    for field, reason in (("fee_usd", dollars.UNPRICED), ("realised_pnl_usd", dollars.UNKNOWN_AMOUNT)):
        said = evidence_of(staging, mapping, field)
        if mapping.first(field) is None or not _may_be_foreign(said):
            continue
        if dollars.lay_out_foreign(staging, field, said):
            _price(staging, field)
            dollars.forget(staging, mapping, _trade(field), reason)


def value_quantities(staging: Staging, mapping: Mapping) -> None:
    """“500 USDT” in a column of quantities is what was paid, and no 500 coins."""
    cells = dollars.evidence(staging, mapping, _trade("quantity")).cells
    if not cells:
        return
    paid = f"(SELECT line FROM ({cells}) WHERE {is_dollars('currency')})"
    own = "(SELECT k.line FROM checked k JOIN pair_of p ON p.instrument = k.instrument WHERE list_contains($1, p.base))"
    staging.run(
        f"""UPDATE checked SET volume_usd = coalesce(volume_usd, abs(quantity)), quantity = NULL
            WHERE line IN {paid} AND line NOT IN {own}""",
        [list(money.DOLLARS)],
    )


def _price(staging: Staging, field: str) -> None:
    """What counts in the coin that is traded is worth the price of the row, whose price is in dollars."""
    own = f"""SELECT f.line FROM foreign_{field} f JOIN checked k ON k.line = f.line JOIN pair_of p ON p.instrument = k.instrument
        WHERE {money.canonical_sql("f.currency")} = p.base AND k.price IS NOT NULL AND NOT k.refused"""
    staging.run(f"UPDATE checked SET {field} = {field} * price WHERE line IN ({own})")
    staging.run(f"DELETE FROM foreign_{field} WHERE line IN ({own})")


def _beside_day(mapping: Mapping, column: Column, pairs: Sequence[str]) -> list[str]:
    own = dollars.COIN_BESIDE.get(column.field, "")
    return [*([f"k.{own}"] if own and mapping.has(own) else []), *(["k.coin"] if mapping.has("coin") else []), *pairs]


def _pairs(staging: Staging, mapping: Mapping) -> list[str]:
    """The quote of the pair that a day was traded in, where the file says it."""
    if not mapping.has("instrument"):
        return []
    dollars.lay_out_pairs(staging, mapping)
    return ["p.quote"]


def _may_be_foreign(said: Evidence) -> bool:
    return not said.is_dollars and not said.is_none


def _trade(field: str) -> Column:
    return next(column for column in TRADES if column.field == field)
