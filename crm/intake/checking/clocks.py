"""A moment whose day stands in one column and its clock, or its zone, in another: which columns belong together, and as SQL."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from crm.ground.messages import Message
from crm.intake.checking import dates, moments, widths
from crm.intake.checking.zone_sql import zone_of_cell
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.headers import squeezed
from crm.intake.kinds import Column, Kind, Type
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging

JOINED, APART = "joined", "apart"
EMPTY_DAY = r"^(1899-12-3[01]|1900-01-0[01]|1904-01-01)[T ]"  # what Excel puts before a clock that has no day
STARTS = (
    "start",
    "begin",
    "beginn",
    "anfang",
    "début",
    "debut",
    "inicio",
    "from",
    "von",
    "开始",
    "開始",
    "开始时间",
    "開始時間",
)
ENDS = ("end", "ende", "until", "to", "fin", "bis", "finish", "stop", "closed", "hasta", "结束", "結束", "終了", "挂断")
_LENGTHS = ("duration", "length", "talk", "wait", "dauer", "durée", "duración", "时长", "時長")
_HOURS = ("hour", "hours", "hr", "stunde", "heure", "hora", "小时", "小時", "时", "時", "点")
_ZONES = (
    *(
        "timezone",
        "tz",
        "utcoffset",
        "gmtoffset",
        "offset",
        "zone",
        "zeitzone",
        "fuseauhoraire",
        "zonahoraria",
        "时区",
        "時區",
    ),
    *("タイムゾーン", "timezoneoffset"),
)
_CLOCK = (
    r"^(AM |PM )?\d{1,2}(:[0-5]\d){1,2}([.,]\d{1,9})?( ?[AP]M)?( ?(UTC|GMT|Z|[+-]\d|[A-Z]{2,5}\b).*)?$"
    r"|^\d{1,2} ?[AP]M$|^0?\.\d{3,}$|^([01]\d|2[0-3])[0-5]\d([0-5]\d)?$"
)
_LEAST, _SAMPLE = 0.5, 2_000


@dataclass(frozen=True)
class Places:
    """Where the parts of a moment stand. `first`: the column whose cells decide whether a row says it at all."""

    first: int
    day: int
    clock: int | None = None
    zone: int | None = None

    @property
    def beside(self) -> list[int]:
        return [i for i in (self.day, self.clock, self.zone) if i is not None and i != self.first]


def places(staging: Staging, mapping: Mapping, field: str) -> Places:
    """Of a moment that the mapping has; a person may say that a clock is apart from it."""
    first, *others = mapping.columns[field]
    clocks = [i for i in (first, *others) if is_clock(staging, i)]
    zones = [i for i in others if i not in clocks and _is_zone(staging, i)]
    days = [i for i in (first, *others) if i not in clocks and i not in zones]
    day = days[0] if days else first
    clocks += [i for i in _offered(staging, mapping, day) if mapping.answer(Topic.CLOCK, staging.header[i]) == JOINED]
    clock = next((i for i in clocks if i != day and mapping.answer(Topic.CLOCK, staging.header[i]) != APART), None)
    return Places(first if clock is not None else day, day, clock, zones[0] if zones else None)


def has_parts(mapping: Mapping, field: str) -> bool:
    """Whether a moment may be read from more than one column: as it was understood, or as a person answered."""
    return len(mapping.columns.get(field, ())) > 1 or any(key.startswith(f"{Topic.CLOCK}:") for key in mapping.answers)


def join(kind: Kind, staging: Staging, columns: dict[str, list[int]], taken: set[int]) -> None:
    """Put the column of clocks, and that of zones, beside the day of each moment."""
    for column in kind.columns:
        if column.type is not Type.MOMENT:
            continue
        found = columns.get(column.field)
        if not found:
            found = _beside_a_day(column, staging, columns, taken)
            if found:
                columns[column.field] = found
                taken.add(found[0])
        elif len(found) == 1 and found[0] < len(staging.table.header):
            if has_no_clock(staging, found[0]) and (clock := _best(staging, found[0], taken)) is not None:
                found.append(clock)
            if (zone := _zone_column(staging, taken)) is not None and not kind.keeps_rest:
                found.append(zone)
            taken |= set(found)


def _beside_a_day(column: Column, staging: Staging, columns: dict[str, list[int]], taken: Collection[int]) -> list[int]:
    """A clock that is called like this moment, or just “Time”, behind the day that belongs to it: due time and due date."""
    day = columns.get(column.field.removesuffix("_at") + "_on")
    if not day:
        return []
    names = {name.replace(" ", "") for name in (column.field.replace("_", " "), *column.names)}
    called = [i for i, title in enumerate(staging.table.header) if squeezed(title) in names and i not in taken]
    meant = [i for i in called if is_clock(staging, i)] or [i for i in _clocks(staging) if not _stem(staging.header[i])]
    return [meant[0], day[0]] if len(meant) == 1 else []


def _best(staging: Staging, day: int, taken: Collection[int]) -> int | None:
    """The clock that belongs to a day; None where several may."""
    offered = [i for i in _clocks(staging) if i not in taken]
    if len(offered) < 2:  # noqa: PLR2004 -- nothing to choose
        return offered[0] if offered else None
    stem = _stem(staging.header[day])
    titles = {i: staging.header[i] for i in offered}
    for found in (
        [i for i, title in titles.items() if _stem(title) == stem],
        [i for i, title in titles.items() if _is_called(title, STARTS)],
        [i for i, title in titles.items() if not _stem(title)],
    ):
        if len(found) == 1:
            return found[0]
    return None


def _clocks(staging: Staging) -> list[int]:
    """Columns of clocks at which something may have begun."""
    titles = enumerate(staging.table.header)
    return [i for i, title in titles if not _is_called(title, (*ENDS, *_LENGTHS)) and is_clock(staging, i)]


def _offered(staging: Staging, mapping: Mapping, day: int) -> list[int]:
    if not has_no_clock(staging, day):
        return []
    known = {i for found in mapping.columns.values() for i in found}
    return [i for i in _clocks(staging) if i not in known]


def _zone_column(staging: Staging, taken: Collection[int]) -> int | None:
    titles = enumerate(staging.table.header)
    return next(
        (i for i, title in titles if i not in taken and squeezed(title) in _ZONES and _is_zone(staging, i)), None
    )


def guesses(staging: Staging, mapping: Mapping, field: str) -> Iterator[Guess]:
    """Which clock is read with a day, and which could be."""
    found = places(staging, mapping, field)
    day = staging.header[found.day]
    beside = [i for i in mapping.columns[field] if i not in (found.day, found.zone)]
    for i in dict.fromkeys([*([found.clock] if found.clock is not None else []), *beside]):
        title = staging.header[i]
        said = mapping.answer(Topic.CLOCK, title)
        because = SAID if said else Message("“{day}” holds the day, and this column its clock", day=day)
        read, other = (JOINED, APART) if i == found.clock else (APART, JOINED)
        yield Guess(Topic.CLOCK, title, read, because, sure=True, others=(other,))
    for i in _offered(staging, mapping, found.day):
        if i == found.clock:
            continue
        title = staging.header[i]
        said = mapping.answer(Topic.CLOCK, title)
        because = SAID if said else Message("“{day}” has no clock of its own, and several columns could be it", day=day)
        is_open = found.clock is None and not said
        yield Guess(Topic.CLOCK, title, APART, because, sure=not is_open, asked=is_open, others=(JOINED,))


def is_part(staging: Staging, columns: Sequence[int]) -> bool:
    """Of columns that are said to be one moment, one at most is more than a clock or a zone."""
    return len([i for i in columns if not is_clock(staging, i) and not _is_zone(staging, i)]) < 2  # noqa: PLR2004


def start_and_end(staging: Staging) -> tuple[int, int] | None:
    """The columns of clocks, or of moments with one, between which the time of each row passed."""
    timed = [
        i for i in range(len(staging.table.header)) if _share(staging, i, r"regexp_matches(v, '\d:\d\d')") > _LEAST
    ]
    timed = [i for i in timed if not _is_called(staging.header[i], _LENGTHS)]
    ends = [i for i in timed if _is_called(staging.header[i], ENDS)]
    starts = [i for i in timed if _is_called(staging.header[i], STARTS)] or [i for i in timed if i not in ends][:1]
    return (starts[0], ends[0]) if len(starts) == len(ends) == 1 and starts != ends else None


def second_of_day(v: str) -> str:
    """SQL for the seconds since midnight of the clock in a text."""
    parts = rf"regexp_extract({v}, '(\d{{1,2}}):(\d\d)(?::(\d\d))?', ['h', 'm', 's'])"
    is_pm = rf"regexp_matches({v}, '(?i)[^\d]([1-9]|1[01]|0\d):[^ ]* ?p\.?m|^([1-9]|1[01]|0\d):[^ ]* ?p\.?m|下午')"
    afternoon = f"CASE WHEN {is_pm} THEN 43200 ELSE 0 END"
    clock = (
        "try_cast(p.h AS INT) % 24 * 3600 + try_cast(p.m AS INT) * 60 + coalesce(try_cast(nullif(p.s, '') AS INT), 0)"
    )
    return f"list_transform([{parts}], lambda p: {clock} + {afternoon})[1]"


def is_clock(staging: Staging, index: int) -> bool:
    """Most of its cells are a time of day and nothing else."""
    if index >= len(staging.table.header):
        return False
    title = staging.header[index]
    is_shaped = f"regexp_matches({_tidied('v')}, '{_CLOCK}')"
    if _is_called(title, _HOURS):
        is_shaped += r" OR regexp_matches(v, '^(\d|1\d|2[0-3])$')"
    digits_only = _share(staging, index, "regexp_matches(v, '^\\d+$')") >= _LEAST
    if digits_only and not _is_called(title, (*_HOURS, "time", "uhrzeit", "heure", "hora", "时间", "時間", "時刻")):
        return False
    return _share(staging, index, is_shaped) > _LEAST


def has_no_clock(staging: Staging, index: int) -> bool:
    """Its cells name a day at most: what stands before a clock is midnight everywhere, as Excel writes a day."""
    if index >= len(staging.table.header):
        return False
    has = r"regexp_matches(v, '\d:\d|\d{10,}|\d[时時点點]|T\d') AND NOT regexp_matches(v, '[T ]0?0:00(:00(\.0+)?)?$')"
    return _share(staging, index, has) == 0 and not is_clock(staging, index)


def _is_zone(staging: Staging, index: int) -> bool:
    return _share(staging, index, r"NOT regexp_matches(v, '\d:\d\d:|\d{4}')") > _LEAST


def _share(staging: Staging, index: int, condition: str) -> float:
    cells = (
        f"SELECT nullif(trim(c{index}), '') AS v FROM raw WHERE nullif(trim(c{index}), '') IS NOT NULL LIMIT {_SAMPLE}"
    )
    filled, fit = staging.cached(f"SELECT count(*), count_if({condition}) FROM ({cells})")[0]
    return float(fit / filled) if filled else 0.0


def _is_called(title: str, words: Sequence[str]) -> bool:
    """One of the words stands in the title, in Latin letters as a word of its own."""
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", title).replace("_", " ").casefold()
    return any(
        re.search(rf"(?<![^\W\d_]){re.escape(w)}(?![^\W\d_])" if w.isascii() else re.escape(w), spaced) for w in words
    )


def _stem(title: str) -> str:
    return re.sub(
        r"date|time|day|hour|clock|utc|gmt|datum|uhrzeit|日期|时间|時間|日付|時刻|[日天时時]|start", "", squeezed(title)
    )


def _tidied(v: str) -> str:
    """SQL for a clock as the moments of one column are written: 下午2:05, 14h05, 14.05 Uhr and 2:05pm, without an empty day."""
    steps = (
        (EMPTY_DAY, ""),
        (r"(?i)\s*(uhr|o''clock)$", ""),
        (r"(上午|早上|凌晨|午前)\s*(.*)$", r"\2 AM"),
        (r"(下午|晚上|午後)\s*(1[3-9]|2[0-3])", r"\2"),
        (r"(下午|晚上|中午|午後)\s*(.*)$", r"\2 PM"),
        (r"(?i)\b([ap])\.?\s?m\b\.?", r"\1m"),
        (r"(?i)^(\d{1,2})\s*[h时時点點]\s*(\d{2})?\s*[分m]?\s*((\d{2})\s*[秒s]?)?", r"\1:\2:\4"),
        (r"^(\d{1,2})\.(\d{2})$", r"\1:\2"),
        (r"(?i)(\d)\s*([ap]m)", r"\1 \2"),
    )
    for pattern, tidied in steps:
        v = f"regexp_replace({v}, '{pattern}', '{tidied}')"
    v = rf"regexp_replace(regexp_replace({v}, '::', ':00'), ':(\s|$)', '\1')"
    return f"upper({v})"


def clock_sql(v: str) -> str:
    """SQL for a clock as it can stand behind an ISO day, its zone, if any, behind it."""
    tidied = _tidied(v)
    whole = f"CAST(round(TRY_CAST({v} AS DOUBLE) * 86400) AS BIGINT)"
    of_seconds = f"strftime(make_timestamp({whole} * 1000000), '%H:%M:%S')"
    return rf"""CASE WHEN regexp_matches({v}, '^0?\.\d{{2,}}$') THEN {of_seconds} WHEN {v} = '0' THEN '00:00'
        WHEN regexp_matches({v}, '^\d{{1,2}}$') THEN lpad({v}, 2, '0') || ':00'
        WHEN regexp_matches({v}, '^\d{{6}}$') THEN {v}[1:2] || ':' || {v}[3:4] || ':' || {v}[5:6]
        WHEN regexp_matches({v}, '^\d{{4}}$') THEN {v}[1:2] || ':' || {v}[3:4]
        WHEN regexp_matches({tidied}, '^\d{{1,2}} [AP]M$') THEN replace({tidied}, ' ', ':00 ') ELSE {tidied} END"""


def moment_sql(staging: Staging, found: Places, order: dates.Order, zone: str) -> str:
    """SQL for the moment of several cells, which are called `v` and the number of their column."""
    day, clock, own = f"v{found.day}", None, ""
    if found.clock is not None:
        clock = clock_sql(widths.plain(staging, found.clock, f"v{found.clock}"))
    if found.zone is not None:
        own = f" || coalesce(' ' || {zone_of_cell(f'v{found.zone}')}, '')"
    if clock is None:
        return moments.moment_sql(f"({day}{own})", order, zone)
    iso = f"strftime({dates.day_sql(widths.plain(staging, found.day, day), order)}, '%Y-%m-%d')"
    midnight = "' 00:00'" if found.first == found.day else "NULL"  # a clock alone decides where the day is said anyway
    text = f"({iso} || coalesce(' ' || {clock}, {midnight}){own})"
    return f"list_transform([{text}], lambda t: {moments.moment_sql('t', dates.Order({}), zone)})[1]"
