"""Numbers: how a column writes them, 1,234.56 or 1.234,56, is told by the whole column."""

from crm.ground.messages import Message
from crm.intake.checking import widths
from crm.intake.checking.parsed import Parsed, says_nothing
from crm.intake.kinds import Column, Type
from crm.intake.staging import Staging

# A cell that can be read in one way only; {0} is the mark of the decimals, {1} that of the thousands.
_SURE = r"{0}\d{{1,2}}\s*$|{0}\d{{4,}}\s*$|^\s*[+-]?0{0}\d|{1}\d+[.,]\d"
_OPEN = r"^\s*[+-]?[1-9]\d{{0,2}}{0}\d{{3}}\s*$"  # 1.234: a thousand or one
_DOT, _COMMA = r"\.", ","
# Thousands in threes, or as in India: 12,34,567.
_GROUPED = r"^[+-]?(\d{{1,3}}({0}\d{{3}})+|\d{{1,2}}({0}\d{{2}})+{0}\d{{3}})({1}\d*)?$"
_PLAIN = r"^[+-]?\d*({0}\d*)?([eE][+-]?\d+)?$"
_DOLLARS = r"US\$|\$|USDT?|usdt?|＄"
_DECIMAL = "DECIMAL(24, 8)"
_TEN_THOUSAND, _HUNDRED_MILLION = 10_000, 100_000_000


def has_decimal_comma(staging: Staging, index: int) -> bool:
    """1.234,56 rather than 1,234.56. Three digits behind a single mark are thousands, unless other cells tell."""
    sure_comma, sure_dot, dots, commas = _counts(staging, index)
    return sure_comma > sure_dot if sure_comma != sure_dot else dots > commas


def has_one_reading(staging: Staging, index: int) -> bool:
    """No cell contradicts another, and 1.234 stands beside one that tells what it means."""
    sure_comma, sure_dot, dots, commas = _counts(staging, index)
    if sure_comma or sure_dot:
        return not (sure_comma and sure_dot)
    return not (dots or commas)


def parsed(column: Column, v: str, *, comma: bool) -> Parsed:
    """SQL for the number of a text; one that is grouped in another way than its column's is none.

    Blanks and apostrophes are marks of thousands everywhere, dollars are what we count in, 万 and 亿 count in ten thousands
    and hundred millions, and what stands in parentheses is owed.
    """
    plain = f"try_cast({v} AS {_DECIMAL})"
    value = _written(v, comma=True) if comma else f"coalesce({plain}, {_written(v, comma=False)})"
    limits = [f"{{f}} < {column.least}"] if column.least is not None else []
    limits += [f"{{f}} > {column.most}"] if column.most is not None else []
    if column.type is Type.COUNT:
        value = f"CASE WHEN {value} = floor({value}) THEN CAST({value} AS BIGINT) END"
    return Parsed(value, _reason(column), " OR ".join(limits), nothing=says_nothing("{v}"))


def _written(v: str, *, comma: bool) -> str:
    """SQL for the number of a text that is not as plain as a machine's."""
    bare = rf"regexp_replace({v}, '[\s\x{{00a0}}\x{{2009}}\x{{202f}}''’]|{_DOLLARS}', '', 'g')"
    signed = rf"regexp_replace(replace({bare}, '−', '-'), '^\((.*)\)$', '-\1')"
    digits = rf"regexp_replace({signed}, '[万萬亿億]$', '')"
    decimal, thousands = (_COMMA, _DOT) if comma else (_DOT, _COMMA)
    is_sound = " OR ".join(
        f"regexp_matches({digits}, '{shape}')"
        for shape in (_PLAIN.format(decimal), _GROUPED.format(thousands, decimal))
    )
    point = f"replace(replace({digits}, '.', ''), ',', '.')" if comma else f"replace({digits}, ',', '')"
    number = f"coalesce(try_cast({point} AS {_DECIMAL}), try_cast(try_cast({point} AS DOUBLE) AS {_DECIMAL}))"
    unit = (
        f"CASE WHEN {signed}[-1] IN ('万', '萬') THEN {_TEN_THOUSAND} WHEN {signed}[-1] IN ('亿', '億') THEN {_HUNDRED_MILLION}"
        " ELSE 1 END"
    )
    return f"CASE WHEN {is_sound} THEN try_cast({number} * {unit} AS {_DECIMAL}) END"


def _reason(column: Column) -> Message:
    is_whole = column.type is Type.COUNT
    if column.least is None:
        return Message("is not a whole number" if is_whole else "is not a number")
    if column.most is None:
        text = "is not a whole number of {least} or more" if is_whole else "is not a number of {least} or more"
        return Message(text, least=column.least)
    text = "is not a whole number from {least} to {most}" if is_whole else "is not a number from {least} to {most}"
    return Message(text, least=column.least, most=column.most)


def _counts(staging: Staging, index: int) -> tuple[int, int, int, int]:
    """Cells with a decimal comma, with a decimal point, and those with a single dot or comma before three digits."""
    patterns = (
        _SURE.format(_COMMA, _DOT),
        _SURE.format(_DOT, _COMMA),
        _OPEN.format(_DOT),
        _OPEN.format(_COMMA),
    )
    cell = widths.plain(staging, index, f"c{index}")
    counts = ", ".join(f"count_if(regexp_matches({cell}, '{pattern}'))" for pattern in patterns)
    sure_comma, sure_dot, dots, commas = (count or 0 for count in staging.cached(f"SELECT {counts} FROM raw")[0])
    return sure_comma, sure_dot, dots, commas
