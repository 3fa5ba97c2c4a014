"""Numbers: how a column writes them, 1,234.56 or 1.234,56, is told by the type of its cells, its neighbours and the whole column."""

from collections.abc import Iterator
from dataclasses import dataclass

from crm.ground.messages import Message
from crm.intake.checking import affixes, widths
from crm.intake.checking.parsed import Parsed, says_nothing
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.kinds import Column, Type
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging

# A cell that can be read in one way only; {0} is the mark of the decimals, {1} that of the thousands.
_SURE = r"{0}\d{{1,2}}\s*$|{0}\d{{4,}}\s*$|^\s*[+-]?0{0}\d|{1}\d+[.,]\d|^\s*[+-]?\d{{4,}}{0}\d{{3}}\s*$"
_CLEAR = (  # the same, of columns that need not be numbers: no day, no address, no version
    r"^\s*[+-]?(\d+|\d{{1,3}}({1}\d{{3}})+){0}(\d{{1,2}}|\d{{4,}})\s*$|^\s*[+-]?\d{{1,3}}({1}\d{{3}}){{2,}}\s*$|^\s*[+-]?0{0}\d+\s*$"
)
_OPEN = r"^\s*[+-]?[1-9]\d{{0,2}}{0}\d{{3}}\s*$"  # 1.234: a thousand or one
_DOT, _COMMA = r"\.", ","
# Thousands in threes, or as in India: 12,34,567.
_GROUPED = r"^[+-]?(\d{{1,3}}({0}\d{{3}})+|\d{{1,2}}({0}\d{{2}})+{0}\d{{3}})({1}\d*)?$"
_PLAIN = r"^[+-]?\d*({0}\d*)?([eE][+-]?\d+)?$"
_DOLLARS = r"US\$|\$|USDT?|usdt?|＄"
DECIMAL = "DECIMAL(24, 8)"
_SAMPLE = 5_000
_TEN_THOUSAND, _HUNDRED_MILLION = 10_000, 100_000_000


POINT, COMMA = "point", "comma"
_BOTH_WAYS = Message("cells of this column write numbers in both ways")
_TYPED = Message("the cells are numbers by their type")
_USUAL = Message("nothing in the file tells, and this is the more usual")
_BY_DELIMITER = {
    ",": (False, Message("commas part the cells of this file")),
    ";": (True, Message("semicolons part the cells of this file")),
}


@dataclass(frozen=True)
class Mark:
    """The decimal mark of a column, and by what it was told.

    `is_typed`: most of its cells are numbers by their type and have a point; the mark is that of the texts among them.
    """

    is_comma: bool
    because: Message | None = None
    sure: bool = True
    asked: bool = False
    is_typed: bool = False


def mark_of(staging: Staging, index: int, mapping: Mapping) -> Mark:
    """Which mark stands before the decimals: as a person says, as the cells are typed, as the whole column shows.

    1.234 alone shows nothing: then the layout is heard, the other columns, and what parts the cells.
    """
    if said := mapping.answer(Topic.DECIMAL_MARK, staging.header[index]):
        return Mark(said == COMMA, SAID)
    sure_comma, sure_point, points, commas = _counts(staging, index)
    if staging.figures.get(index):
        return Mark(bool(sure_comma), _TYPED, sure=not sure_comma, is_typed=True)
    if sure_comma and sure_point:
        return Mark(sure_comma > sure_point, _BOTH_WAYS, sure=False, asked=sure_comma == sure_point)
    if sure_comma or sure_point:
        return Mark(bool(sure_comma))
    if points and commas:
        return Mark(points > commas, _BOTH_WAYS, asked=True)
    return _by_the_file(staging, index, mapping, is_point=not commas)


def _by_the_file(staging: Staging, index: int, mapping: Mapping, *, is_point: bool) -> Mark:
    """Of a column in which every number has one mark and three digits behind it."""
    table = staging.table
    if mapping.layout and is_point:
        return Mark(is_comma=False, because=Message("“{layout}” writes so", layout=mapping.layout))
    if table.is_exact:
        return Mark(not is_point, Message("programs write numbers with a point"), sure=is_point)
    others = _marks_beside(staging, index)
    if len(others) == 1:
        return Mark(others == {COMMA}, Message("the other columns of the file write numbers so"))
    delimiter = table.dialect.delimiter if table.is_delimited else ""
    is_comma, because = _BY_DELIMITER.get(delimiter, (False, _USUAL))
    return Mark(is_comma, because, sure=delimiter == "," and is_point)


def _marks_beside(staging: Staging, index: int) -> set[str]:
    """The marks that other columns of the file surely use."""
    found: set[str] = set()
    for i in range(len(staging.table.header)):
        if i == index or staging.figures.get(i):
            continue
        sure_comma, sure_point = _clear(staging, i)
        if bool(sure_comma) != bool(sure_point):
            found.add(COMMA if sure_comma else POINT)
    return found


def _clear(staging: Staging, index: int) -> tuple[int, int]:
    patterns = (_CLEAR.format(_COMMA, _DOT), _CLEAR.format(_DOT, _COMMA))
    counts = ", ".join(f"count_if(regexp_matches(c{index}, '{pattern}'))" for pattern in patterns)
    sure_comma, sure_point = staging.cached(f"SELECT {counts} FROM (SELECT c{index} FROM raw LIMIT {_SAMPLE})")[0]
    return sure_comma or 0, sure_point or 0


def guesses(staging: Staging, index: int, mapping: Mapping) -> Iterator[Guess]:
    """Of a column whose numbers could be read with either mark."""
    _, _, points, commas = _counts(staging, index)
    mark = mark_of(staging, index, mapping)
    if not (mark.because and (points or commas or mark.because in (SAID, _BOTH_WAYS))):
        return
    read, other = (COMMA, POINT) if mark.is_comma else (POINT, COMMA)
    title = staging.header[index]
    yield Guess(
        Topic.DECIMAL_MARK,
        title,
        read,
        mark.because,
        sure=mark.sure and not mark.asked,
        asked=mark.asked,
        others=(other,),
    )


def parsed(column: Column, v: str, mark: Mark, value: str = "") -> Parsed:
    """How the number of a text is understood; `value`: SQL for it, where more is known of its column."""
    value = value or number(v, mark)
    limits = [f"{{f}} < {column.least}"] if column.least is not None else []
    limits += [f"{{f}} > {column.most}"] if column.most is not None else []
    if column.type is Type.COUNT:
        value = f"CASE WHEN {value} = floor({value}) THEN CAST({value} AS BIGINT) END"
    return Parsed(value, _reason(column), " OR ".join(limits), nothing=says_nothing("{v}"))


def number(v: str, mark: Mark) -> str:
    """SQL for the number of a text; one that is grouped in another way than its column's is none.

    Blanks and apostrophes are marks of thousands everywhere, dollars are what we count in, 万 and 亿 count in ten thousands
    and hundred millions, and what stands in parentheses is owed.
    """
    plain = f"try_cast({v} AS {DECIMAL})"
    written = _written(v, comma=mark.is_comma)
    return f"coalesce({plain}, {written})" if mark.is_typed or not mark.is_comma else written


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
    number = f"coalesce(try_cast({point} AS {DECIMAL}), try_cast(try_cast({point} AS DOUBLE) AS {DECIMAL}))"
    unit = (
        f"CASE WHEN {signed}[-1] IN ('万', '萬') THEN {_TEN_THOUSAND} WHEN {signed}[-1] IN ('亿', '億') THEN {_HUNDRED_MILLION}"
        " ELSE 1 END"
    )
    return f"CASE WHEN {is_sound} THEN try_cast({number} * {unit} AS {DECIMAL}) END"


def _reason(column: Column) -> Message:
    is_whole = column.type is Type.COUNT
    if column.least is None:
        return Message("is not a whole number" if is_whole else "is not a number")
    if column.most is None:
        text = "is not a whole number of {least} or more" if is_whole else "is not a number of {least} or more"
        return Message(text, least=column.least)
    text = "is not a whole number from {least} to {most}" if is_whole else "is not a number from {least} to {most}"
    return Message(text, least=column.least, most=column.most)


def _bare(staging: Staging, index: int, cell: str) -> str:
    """SQL for the cells without what stands around their digits; the very cells where there is nothing."""
    if not affixes.are_there(staging, index):
        return cell
    return affixes.digits(cell)


def _counts(staging: Staging, index: int) -> tuple[int, int, int, int]:
    """Cells with a decimal comma, with a decimal point, and those with a single dot or comma before three digits."""
    patterns = (
        _SURE.format(_COMMA, _DOT),
        _SURE.format(_DOT, _COMMA),
        _OPEN.format(_DOT),
        _OPEN.format(_COMMA),
    )
    cell = _bare(staging, index, widths.plain(staging, index, f"c{index}"))
    counts = ", ".join(f"count_if(regexp_matches({cell}, '{pattern}'))" for pattern in patterns)
    sure_comma, sure_dot, dots, commas = (count or 0 for count in staging.cached(f"SELECT {counts} FROM raw")[0])
    return sure_comma, sure_dot, dots, commas
