"""Days: the order of day and month is decided over the whole column, never cell by cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crm.ground import clock
from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.intake.checking import widths
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.headers import date_order_of
from crm.intake.staging import Staging

ORDERS = DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
SHORT_YEAR_FIRST = "ymd"  # 58-05-23; only what no day of a month can be tells it
MONTHS, _LONGEST_MONTH = 12, 31
_FIRST_COINS = 9  # 2009
_TRADED = Message("read day first, it would be before there were coins, or one day of many years")
_TOLD = Message("some of its days can only be read so")
_TITLED = Message("the title of the column says so")
_DOTTED = Message("days with dots have their day first wherever they are used")
_BESIDE = Message("the other days of the file are written so")
_PARTS = r"^\s*(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})(?:\D|$)"
_ALONE, _MOSTLY = r"^(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})(?:[ ,T].*)?$", 0.8
_SHORT_DAY = r"^\d{1,2}[-/.]([A-Za-z]{3,9}|\d{1,2})[-/.]\d{2}(\D|$)"
# With a clock and an offset; a midnight with one is how programs write a day.
_OWN_MOMENT = r"^\d{4}-\d{2}-\d{2}[T ](0[1-9]|1\d|2[0-3]|00:(0[1-9]|[1-5]\d)|00:00:(0[1-9]|[1-5]\d))[\d:.]*(Z|[+-]\d{2}(:?\d{2})?)$"
YEAR_FIRST = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
# Two digits before four: what is written with four does not fit two, but “25” would be a year of antiquity.
WORDED = tuple(
    order.format(month, year)
    for month in ("%b", "%B")
    for year in ("%y", "%Y")
    for order in ("%d {} {}", "%d {}, {}", "{} %d, {}", "{} %d {}", "%d-{}-{}", "%d/{}/{}", "{1}-{0}-%d")
)
CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", ", %H:%M:%S", ", %I:%M:%S %p")


@dataclass(frozen=True)
class Order:
    """How one column writes its days: an order for each separator that it uses."""

    by_separator: dict[str, str]

    def formats(self, year: str) -> list[str]:
        orders = {DAY_FIRST: "%d{0}%m{0}" + year, MONTH_FIRST: "%m{0}%d{0}" + year, SHORT_YEAR_FIRST: "%y{0}%m{0}%d"}
        return [orders[order].format(separator) for separator, order in self.by_separator.items()]


def order_of(staging: Staging, index: int, title: str, decided: str | None) -> Order:
    """The order in which a column writes day and month. What a person decided gives way where more cells contradict it.

    Raises:
        InvalidError: every cell could be read both ways, and nobody said which.
    """
    orders: dict[str, str] = {}
    if decided == SHORT_YEAR_FIRST:
        return Order({separator: decided for separator, *_ in staging.cached(_orders(staging, index))})
    for separator, day_first, month_first, year_first, sample in staging.cached(_orders(staging, index)):
        if year_first and year_first * 2 > month_first:
            orders[separator] = SHORT_YEAR_FIRST
            continue
        known = decided or _titled(title) or (DAY_FIRST if separator == "." else "")  # wherever dots are used
        if not (known or day_first or month_first):
            known = _beside(staging, index)
        if not known and bool(day_first) == bool(month_first):
            raise InvalidError(_question(title, sample, both=bool(day_first)))
        orders[separator] = _outweighed(known or DAY_FIRST, day_first, month_first)
    return Order(orders)


def _titled(title: str) -> str:
    """The order that the title of a column names."""
    named = date_order_of(title)
    return named if named in ORDERS else ""


def _beside(staging: Staging, index: int) -> str:
    """The order in which all other columns of days are written, as far as any tells it; "" where none does, or two differ."""
    told = set()
    for i in range(len(staging.table.header)):
        filled, days, *counts = staging.cached(_plain_days(staging, i))[0]
        if i != index and filled and days >= filled * _MOSTLY:
            told |= {order for order, count in zip(ORDERS, counts, strict=True) if count}
    return told.pop() if len(told) == 1 else ""


def _plain_days(staging: Staging, index: int) -> str:
    """SQL: how many cells are filled, how many are days, and how many have their day or their month first for sure."""
    cell = f"regexp_extract(trim({widths.plain(staging, index, f'c{index}')}), '{_ALONE}', ['a', 'b', 'y'])"
    parts = f"SELECT try_cast(p.a AS INT) AS a, try_cast(p.b AS INT) AS b FROM (SELECT {cell} AS p FROM raw WHERE trim(c{index}) <> '')"
    day_first, month_first = (
        f"{day} BETWEEN 1 AND {_LONGEST_MONTH} AND {month} BETWEEN 1 AND {MONTHS}" for day, month in ("ab", "ba")
    )
    return f"""SELECT count(*), count(*) FILTER (({day_first}) OR ({month_first})), count(*) FILTER ({day_first} AND a > {MONTHS}),
            count(*) FILTER ({month_first} AND b > {MONTHS}) FROM ({parts})"""


def year_first(staging: Staging, index: int) -> str | None:
    """26-03-05 of what was traded: read day first it would be a year before there were coins, or one day of many years."""
    cell = widths.plain(staging, index, f"c{index}")
    a, b, last = (f"CAST(p.{name} AS INT)" for name in ("a", "b", "y"))
    found = staging.cached(f"""
        SELECT min({a}) >= {_FIRST_COINS} AND max({a}) <= {clock.latest_today().year % 100} AND max({b}) <= {MONTHS}
            AND max({last}) <= {_LONGEST_MONTH} AND min({last}) > 0 AND bool_and(strlen(p.y) = 2)
            AND (min({last}) < {_FIRST_COINS} OR count(DISTINCT p.y) > count(DISTINCT p.a))
        FROM (SELECT regexp_extract(v, '{_PARTS}', ['a', 'sep', 'b', 'y']) AS p
              FROM (SELECT {cell} AS v FROM raw) WHERE regexp_matches(v, '{_PARTS}'))""")[0][0]
    return SHORT_YEAR_FIRST if found else None


def _orders(staging: Staging, index: int) -> str:
    """SQL for each separator: how many cells have their day first for sure, their month, their year, and one of them."""
    likely = f"CAST(p.a AS INT) BETWEEN 1 AND {MONTHS} AND CAST(p.b AS INT) BETWEEN 1 AND {MONTHS}"  # not 00/00/0000
    return f"""
        SELECT p.sep, count_if(CAST(p.a AS INT) > {MONTHS}), count_if(CAST(p.b AS INT) > {MONTHS}),
               count_if(CAST(p.a AS INT) > {_LONGEST_MONTH} AND strlen(p.y) = 2 AND CAST(p.b AS INT) BETWEEN 1 AND {MONTHS}),
               coalesce(any_value(v) FILTER (WHERE {likely}), any_value(v))
        FROM (SELECT regexp_extract(v, '{_PARTS}', ['a', 'sep', 'b', 'y']) AS p, v
              FROM (SELECT {widths.plain(staging, index, f"c{index}")} AS v FROM raw) WHERE regexp_matches(v, '{_PARTS}'))
        GROUP BY 1"""


def guesses(staging: Staging, index: int, decided: str | None) -> Iterator[Guess]:
    """In which order the days of a column are read, where they could be read in another."""
    title = staging.header[index]
    try:
        orders = order_of(staging, index, title, decided).by_separator
    except InvalidError as error:
        yield Guess(Topic.DATE_ORDER, title, "", error.message, asked=True, others=ORDERS)
        return
    for separator, order in orders.items():
        because = (
            _TRADED if order == SHORT_YEAR_FIRST == decided else SAID if decided else _why(staging, index, separator)
        )
        yield Guess(Topic.DATE_ORDER, title, order, because, sure=because is not _DOTTED, others=_other(order))


def _why(staging: Staging, index: int, separator: str) -> Message:
    if any(days for days in _beyond(staging, index, separator)):
        return _TOLD
    if _titled(staging.header[index]):
        return _TITLED
    return _DOTTED if separator == "." else _BESIDE


def _other(order: str) -> tuple[str, ...]:
    return tuple(one for one in ORDERS if one != order)


def _beyond(staging: Staging, index: int, separator: str) -> tuple[int, int]:
    """How many cells can only be read day first, and how many only month first."""
    found = {
        sep: (day_first, month_first) for sep, day_first, month_first, _, _ in staging.cached(_orders(staging, index))
    }
    return found.get(separator, (0, 0))


def _outweighed(decided: str, day_first: int, month_first: int) -> str:
    """One answer is given for all columns of a file: a column that plainly writes the other order keeps its own."""
    if decided == DAY_FIRST:
        return MONTH_FIRST if month_first > day_first else DAY_FIRST
    return DAY_FIRST if day_first > month_first else MONTH_FIRST


def order_alone(text: str, title: str, decided: str | None) -> Order:
    """The order in which a single day is written.

    Raises:
        InvalidError: it could be read both ways, and nobody said which.
    """
    found = re.match(_PARTS, text)
    if not found:
        return Order({})
    first, separator, second = int(found.group(1)), found.group(2), int(found.group(3))
    if first > MONTHS or separator == ".":
        return Order({separator: DAY_FIRST})
    if second > MONTHS:
        return Order({separator: MONTH_FIRST})
    if not decided:
        raise InvalidError(
            "{value}, given as {title}, can be read day first or month first; say which (dmy or mdy).",
            value=text,
            title=title,
        )
    return Order({separator: decided})


def _question(title: str, sample: str, *, both: bool) -> Message:
    if both:
        return Message(
            "The column “{title}” writes days and months in both orders, such as {sample}; "
            "say whether the day or the month comes first (dmy or mdy).",
            title=title,
            sample=sample,
        )
    return Message(
        "The dates of the column “{title}”, such as {sample}, can be read day first or month first; "
        "say which is meant (dmy or mdy).",
        title=title,
        sample=sample,
    )


def day_sql(v: str, order: Order, *, past_of: str = "", exchange_zone: str = "", zone: str = "UTC") -> str:
    """A DATE, or NULL where the text is not one.

    A year of two digits is the latest that such a day can be in: not after `past_of`, SQL of a day, or in this century.
    `exchange_zone`: a moment with an offset of its own is the day that it is there. `zone`: of moments counted since 1970.
    """
    short = as_list([*YEAR_FIRST, *order.formats("%Y")])
    years = as_list([*order.formats("%y")] or ["%Y-%m-%d"])
    worded = as_list([day + clock for day in WORDED for clock in CLOCKS])
    first_word = f"split_part(split_part({v}, 'T', 1), ' ', 1)"
    two_digits = f"regexp_matches({first_word}, '[-/.]\\d{{2}}$') AND NOT regexp_matches({first_word}, '^\\d{{4}}')"
    if SHORT_YEAR_FIRST in order.by_separator.values():
        two_digits = f"regexp_matches({first_word}, '^\\d{{2}}[-/.]\\d{{2}}[-/.]\\d{{2}}$')"
    day = (
        f"CAST(coalesce(CASE WHEN {two_digits} THEN try_strptime({first_word}, {years})"
        f" ELSE try_strptime({first_word}, {short}) END, try_strptime({v}, {worded})) AS DATE)"
    )
    latest = past_of or "DATE '2099-12-31'"
    century = f"CASE WHEN d > {latest} THEN -100 WHEN d < DATE '2000-01-01' AND d + INTERVAL 100 YEAR <= {latest} THEN 100 ELSE 0 END"
    aged = f"list_transform([{day}], lambda d: CAST(d + to_years({century}) AS DATE))[1]"
    day = f"CASE WHEN {_is_short_year(v)} THEN {aged} ELSE {day} END"
    place = (exchange_zone or zone).replace("'", "''")
    counted = f"CAST(timezone('{place}', make_timestamptz(CAST(rpad({v}, 16, '0') AS BIGINT))) AS DATE)"
    day = f"CASE WHEN regexp_full_match({v}, '1\\d{{9}}(\\d{{3}})?') THEN {counted} ELSE {day} END"
    if exchange_zone:
        moment = f"CAST(timezone('{exchange_zone}', try_cast({v} AS TIMESTAMPTZ)) AS DATE)"
        day = f"CASE WHEN regexp_matches({v}, '{_OWN_MOMENT}') THEN {moment} ELSE {day} END"
    # Most files write ISO days, and then nothing else is tried.
    return f"coalesce(CASE WHEN length({v}) = 10 THEN {iso_sql(v)} END, {day})"


# What people write around a day, and read past: its weekday, the ending of an ordinal number, a zone in brackets.
_AROUND = (
    (r"(?i)^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", ""),
    (r"\s*[(（]?(星期|周|週)[一二三四五六日天][)）]?\s*", " "),
    (r"(?i)(\d)(st|nd|rd|th)\b", r"\1"),
    (r"(?i)\b(sep)t\b", r"\1"),
)
_ZONE_BEHIND = r"\s*[(](GMT|UTC)[^)]*[)]$"


def plain(staging: Staging, index: int, v: str, *, is_day: bool) -> str:
    """SQL for the text `v` of a column without what stands around its days; the very `v` where nothing does."""
    around = [*_AROUND, *([(_ZONE_BEHIND, "")] if is_day else [])]
    any_of = " OR ".join(f"regexp_matches(c{index}, '{pattern}')" for pattern, _ in around)
    wordy = f"CASE WHEN regexp_matches(c{index}, '[^-0-9:./ TZ+]') THEN {any_of} END"
    if not staging.cached(f"SELECT bool_or({wordy}) FROM raw")[0][0]:
        return v
    for pattern, instead in around:
        v = f"regexp_replace({v}, '{pattern}', '{instead}', 'g')"
    return f"trim({v})"


def _is_short_year(v: str) -> str:
    return f"NOT regexp_matches({v}, '\\d{{4}}')"


def centuries(staging: Staging, index: int, *, is_past: bool) -> Iterator[Guess]:
    """In which century the years of a column are read that are written with two digits."""
    cell = f"SELECT trim(c{index}) AS v FROM raw"
    if not staging.cached(f"SELECT bool_or({_is_short_year('v')} AND regexp_matches(v, '{_SHORT_DAY}')) FROM ({cell})")[
        0
    ][0]:
        return
    past = Message("years are written with two digits, and such a day has been already")
    because = past if is_past else Message("years are written with two digits, and nothing here is older")
    yield Guess(Topic.CENTURY, staging.header[index], "past" if is_past else "20xx", because, sure=not is_past)


def are_iso(staging: Staging, index: int) -> bool:
    """All cells of a column are days as 2026-03-05, as most files write them: nothing else has to be asked then."""
    is_iso = f"length(c{index}) = 10 AND try_strptime(c{index}, '{YEAR_FIRST[0]}') IS NOT NULL"
    return bool(staging.cached(f"SELECT bool_and({is_iso}) FROM raw WHERE c{index} <> ''")[0][0])


def iso_sql(v: str) -> str:
    """A DATE of such a day."""
    return f"CAST(try_strptime({v}, '{YEAR_FIRST[0]}') AS DATE)"


def as_list(formats: list[str]) -> str:
    """Formats as SQL."""
    return "[" + ", ".join(f"'{f}'" for f in formats) + "]"
