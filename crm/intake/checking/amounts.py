"""Amounts: by what a column's are multiplied, which sign it gives them, and in what it counts, each as the file says."""

from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass

from crm.ground.messages import Message
from crm.intake.checking import affixes, numbers, signs
from crm.intake.checking.parsed import Parsed
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.kinds import Column
from crm.intake.mapping import Mapping
from crm.intake.money import SCALES, Money, above, scale_named, titled
from crm.intake.staging import Staging, literal

BY_TITLE = Message("the title of the column says so")
BY_LINE = Message("a line above or below the table says so")
BY_FORMAT = Message("the format of its cells says so")
_IN_CELLS = "as the cells say"
_NOTHING = Money()


@dataclass(frozen=True)
class Scale:
    """By what the cells are multiplied that name no scale themselves, and by what it was told."""

    factor: int = 1
    because: Message | None = None
    sure: bool = True
    asked: bool = False
    in_cells: bool = False


def parsed(column: Column, v: str, staging: Staging, index: int, mapping: Mapping) -> Parsed:
    """How a number of a column is understood: “1.2k” in ones, a charged fee as a cost, “€ 5” as 5."""
    mark = numbers.mark_of(staging, index, mapping)
    value = _value(v, staging, index, mark, factor=scale_of(staging, index, column, mapping).factor)
    return numbers.parsed(column, v, mark, value=signs.turned(value, staging, index, column, mapping))


def _value(v: str, staging: Staging, index: int, mark: numbers.Mark, *, factor: int) -> str:
    value, known = numbers.number(v, mark), affixes.of_column(staging, index)
    times = "" if factor == 1 else f" * {factor}"
    if not known:
        return f"({value}{times})" if times else value
    core = numbers.number(f"regexp_extract({v}, '{affixes.CELL}', 2)", mark)
    cases = [f"WHEN {_is_one_of(keys)} THEN {core} * {by}" for by, keys in _by_factor(known, factor).items()]
    by_program = f"WHEN try_cast({v} AS DOUBLE) IS NOT NULL THEN {value}{times}"
    chosen = f"CASE {by_program} {' '.join(cases)} END".replace("{key}", affixes.key(v))
    return f"try_cast({chosen} AS {numbers.DECIMAL})"


def _is_one_of(keys: list[str]) -> str:
    return f"{{key}} IN ({', '.join(map(literal, keys))})"


def _by_factor(known: MappingType[str, Money], factor: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for written, money in known.items():
        by = (money.scale or factor) * (-1 if money.is_negative else 1)
        found.setdefault(by, []).append(written)
    return found


def stated(staging: Staging, index: int, column: Column, mapping: Mapping) -> tuple[Money, Message | None]:
    """What a title, the lines around the table or the format of its cells say of all amounts of a column."""
    if mapping.layout or not column.is_money:
        return _NOTHING, None
    by_title = titled(staging.header[index])
    lines = above(_lines(staging)) or _NOTHING
    money = by_title.money if by_title else _NOTHING
    code = getattr(staging.table, "currencies", {}).get(index, "")
    by_format = titled(f"x ({code})") if code else None
    currency = money.currency or (by_format.money.currency if by_format else "") or lines.currency
    scale = money.scale or (lines.scale if column.adds_up else 0)
    because = BY_TITLE if money != _NOTHING else BY_FORMAT if by_format else BY_LINE if lines != _NOTHING else None
    return Money(currency, scale, is_doubtful=money.is_doubtful), because


def _lines(staging: Staging) -> tuple[str, ...]:
    table = staging.table
    return tuple(cell for cells in [*table.preamble, *(row.cells for row in table.footer)] for cell in cells if cell)


def scale_of(staging: Staging, index: int, column: Column, mapping: Mapping) -> Scale:
    known = affixes.of_column(staging, index)
    in_cells = any(money.scale for money in known.values())
    if (said := mapping.answer(Topic.UNIT, staging.header[index])) in SCALES:
        return Scale(SCALES[said], SAID, in_cells=in_cells)
    money, because = stated(staging, index, column, mapping)
    if not money.scale:
        return Scale(in_cells=in_cells)
    if money.is_doubtful:
        return Scale(money.scale, Message("its title says a single letter only"), sure=False, asked=True)
    if in_cells:
        both = Message("its title and its cells both name a unit")
        return Scale(money.scale, both, sure=False, asked=True, in_cells=True)
    return Scale(money.scale, because)


def guesses(staging: Staging, index: int, column: Column, mapping: Mapping) -> Iterator[Guess]:
    """By what the numbers of a column are multiplied, and which sign means what."""
    scale, title = scale_of(staging, index, column, mapping), staging.header[index]
    if scale.because:
        read = scale_named(scale.factor)
        others = tuple(name for name in SCALES if name != read)
        yield Guess(Topic.UNIT, title, read, scale.because, sure=scale.sure, asked=scale.asked, others=others)
    elif scale.in_cells:
        because = Message("cells such as “{cell}” name their unit", cell=_sample(staging, index))
        yield Guess(Topic.UNIT, title, _IN_CELLS, because, sure=True)
    yield from signs.guesses(staging, index, column, mapping)


def _sample(staging: Staging, index: int) -> str:
    known, cells = affixes.of_column(staging, index), affixes.samples(staging, index)
    return next(cells[written] for written, money in known.items() if money.scale)


def currency_of_cells(staging: Staging, index: int) -> str:
    """SELECT of (line, currency) of the cells that name one; "" where none does."""
    known = {written: money.currency for written, money in affixes.of_column(staging, index).items() if money.currency}
    if not known:
        return ""
    cases = " ".join(f"WHEN {literal(written)} THEN {literal(currency)}" for written, currency in known.items())
    cell = affixes.trimmed(staging, index)
    return f"""SELECT line, currency FROM (SELECT line, CASE {affixes.key("v")} {cases} END AS currency
        FROM (SELECT line, {cell} AS v FROM raw)) WHERE currency IS NOT NULL"""


def currency_of_bare(staging: Staging, index: int, column: Column, mapping: Mapping) -> tuple[str, Message | None]:
    """In what the cells count that name no currency, and by what it was told: by the file, or by the others of the column."""
    said, because = stated(staging, index, column, mapping)
    if said.currency:
        return said.currency, because
    named = {money.currency for money in affixes.of_column(staging, index).values() if money.currency}
    if len(named) != 1 or not _has_bare(staging, index):
        return "", None
    (currency,) = named
    return currency, Message("its other cells are in {currency}", currency=currency)


def _has_bare(staging: Staging, index: int) -> bool:
    named = currency_of_cells(staging, index)
    return bool(
        staging.cached(
            f"SELECT bool_or(regexp_matches(c{index}, '\\d')) FROM raw WHERE line NOT IN (SELECT line FROM ({named}))"
        )[0][0]
    )
