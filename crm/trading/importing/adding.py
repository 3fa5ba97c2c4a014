"""Whether amounts of fills add up: price x quantity is the amount, and a fee is less than that."""

from collections.abc import Iterator
from decimal import Decimal

from crm.ground.messages import Message
from crm.intake import money
from crm.intake.checking import amounts, cells
from crm.intake.guesses import Guess, Topic
from crm.intake.kinds import Column
from crm.intake.mapping import Mapping
from crm.intake.money import ONE, SCALES
from crm.intake.staging import Staging, literal
from crm.trading.importing.dollars import OTHER
from crm.trading.importing.trades import TRADES

OTHERS = ("EUR", "GBP", "CNY", "JPY", "HKD", "BTC", OTHER)

_SAMPLE = 5_000
_LEAST_ROWS, _NEARLY_ALL = 2, 0.8
_CLOSE = 0.02
# What is traded in contracts has a size that the file need not say, and so no sum to check.
CONTRACTS = r"(?i)swap|perp|futur|\d{6}|_\d|M$"
_UNITS = {Decimal(size): name for name, size in SCALES.items() if size > 1}


def guesses(staging: Staging, mapping: Mapping) -> Iterator[Guess]:
    yield from _amounts(staging, mapping)
    yield from fees(staging, mapping, _column("fee_usd"))


def fees(staging: Staging, mapping: Mapping, column: Column) -> Iterator[Guess]:
    """A fee above the amount of its trades is counted in something else, such as the coin that was bought."""
    index = mapping.first(column.field)
    if index is None or mapping.has("fee_coin"):
        return
    title = staging.header[index]
    is_said = amounts.stated(staging, index, column, mapping)[0].currency
    if is_said or amounts.currency_of_cells(staging, index):
        return
    if any(mapping.answer(topic, title) for topic in (Topic.UNIT, Topic.CURRENCY)) or not _is_above(
        staging, mapping, column
    ):
        return
    because = Message("in nearly all rows it is more than the amount of the trade")
    yield Guess(Topic.CURRENCY, title, "USD", because, asked=True, others=OTHERS)


def _is_above(staging: Staging, mapping: Mapping, column: Column) -> bool:
    factors = ("volume_usd",) if mapping.first("volume_usd") is not None else ("price", "quantity")
    if any(mapping.first(name) is None for name in factors):
        return False
    numbers = [_number_of(staging, mapping, column), *(_number(staging, mapping, name) for name in factors)]
    fee, *amount = (f"abs(CAST({one} AS DOUBLE))" for one in numbers)
    rows, above = staging.cached(f"""
        SELECT count(*), count_if(fee > amount) FROM (SELECT {fee} AS fee, {" * ".join(amount)} AS amount
            FROM (SELECT * FROM raw WHERE ragged IS NULL LIMIT {_SAMPLE})) WHERE fee > 0 AND amount > 0""")[0]
    return bool(rows >= _LEAST_ROWS and above >= _NEARLY_ALL * rows)


def _amounts(staging: Staging, mapping: Mapping) -> Iterator[Guess]:
    """Where nearly all rows are off by one and the same factor, a unit, a decimal mark or a currency was misread."""
    field = "volume_usd" if mapping.first("volume_usd") is not None else "total"
    volume, price, quantity = (mapping.first(name) for name in (field, "price", "quantity"))
    if volume is None or price is None or quantity is None:
        return
    title = staging.header[volume]
    if any(mapping.answer(topic, title) for topic in (Topic.UNIT, Topic.CURRENCY)):
        return
    factor = _factor(staging, mapping, field)
    if factor is None or abs(factor - 1) <= _CLOSE:
        return
    yield _asked(title, factor)


def _asked(title: str, factor: float) -> Guess:
    because = Message(
        "price times quantity is {factor} times that in nearly all rows",
        factor=f"{factor:,.6g}",
    )
    if any(abs(factor / float(unit) - 1) <= _CLOSE or abs(factor * float(unit) - 1) <= _CLOSE for unit in _UNITS):
        return Guess(Topic.UNIT, title, ONE, because, asked=True, others=tuple(_UNITS.values()))
    return Guess(Topic.CURRENCY, title, "USD", because, asked=True, others=OTHERS)


def _factor(staging: Staging, mapping: Mapping, field: str) -> float | None:
    """By which one factor price x quantity is more than the amount, in nearly all rows; None where there is no such."""
    volume, price, quantity = (_number(staging, mapping, name) for name in (field, "price", "quantity"))
    instrument = mapping.first("instrument")
    named = [i for i in (instrument, mapping.first("product")) if i is not None]
    spot = " ".join(f"AND NOT regexp_matches(c{i}, '{CONTRACTS}')" for i in named)
    if instrument is not None and (others := _priced_otherwise(staging, mapping, instrument, field)):
        spot += f" AND trim(c{instrument}) NOT IN ({', '.join(map(literal, others))})"
    rows, middle, near = staging.cached(f"""
        WITH ratios AS (SELECT abs(CAST({price} AS DOUBLE) * CAST({quantity} AS DOUBLE)) / nullif(abs(CAST({volume} AS DOUBLE)), 0) AS r
            FROM (SELECT * FROM raw WHERE ragged IS NULL {spot} LIMIT {_SAMPLE})),
        middles AS (SELECT r, median(r) OVER () AS m FROM ratios WHERE r > 0)
        SELECT count(*), any_value(m), count_if(abs(r / m - 1) <= {_CLOSE}) FROM middles""")[0]
    if not rows or rows < _LEAST_ROWS or near < _NEARLY_ALL * rows:
        return None
    return float(middle)


def _priced_otherwise(staging: Staging, mapping: Mapping, instrument: int, field: str) -> list[str]:
    """Instruments of BTC-EUR in a file whose amounts are in dollars: there price times quantity comes to something else."""
    currency = amounts.stated(staging, mapping.columns[field][0], _column(field), mapping)[0].currency
    if not currency:
        return []
    found = staging.cached(f"SELECT DISTINCT trim(c{instrument}) FROM raw WHERE trim(c{instrument}) <> ''")
    pairs = money.pairs_of([str(name) for (name,) in found])
    return [name for name, pair in pairs.items() if pair.quote and not _is_same(pair.quote, currency)]


def _is_same(quote: str, currency: str) -> bool:
    return money.canonical(quote) == money.canonical(currency) or (money.is_dollar(quote) and money.is_dollar(currency))


def _number(staging: Staging, mapping: Mapping, field: str) -> str:
    """SQL over `raw` for the number that a field is read as."""
    return _number_of(staging, mapping, _column(field))


def _number_of(staging: Staging, mapping: Mapping, column: Column) -> str:
    index = mapping.columns[column.field][0]
    return f"({cells.parsed(column, f'c{index}', staging, index, mapping).value})"


def _column(field: str) -> Column:
    return next(column for column in TRADES if column.field == field)
