"""Rows of one account and day that add up: deposits one by one, volume per coin, per hour or per sub account.

Rows that are equal in every cell are repetitions. Equity does not add up, unless a column says of which part it is; where a column
says when each was taken, the last counts, and where nothing tells, it is asked.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.intake.checking import cells
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.headers import squeezed
from crm.intake.kinds import Column, Type
from crm.intake.mapping import Mapping
from crm.intake.same_rows import ADDS_UP, FIRST, LAST
from crm.intake.staging import Staging

STANDS = ("equity_usd",)  # what stands there at a moment; all else happened during the day
SPOILT = "adds up with a row of the same day that is refused"
_PARTS = re.compile(
    "coin|currency|asset|ccy|token|network|chain|sub|wallet|accounttype|account|strategy|bot|desk|book|product|instrument|symbol|pair|"
    "market|side|币|账户|账号|帐户|钱包|网络|子|策略|konto|compte|cuenta|口座"
)
_TIMES = re.compile(
    "time|clock|hour|at$|timestamp|moment|updated|modified|asof|snapshot|created|utc|时|時|更新|uhrzeit|heure|hora|stunde"
)
_RUNNING = re.compile("cumulative|cumulated|running|todate|sofar|累计|累積|累积|kumul|cumul|acumul")
_UPDATES = re.compile("updated|modified|version|revision|asof|snapshot|更新|版本")


@dataclass(frozen=True)
class Reading:
    """What several rows of a day are to each other in one amount."""

    field: str
    index: int
    how: str
    because: Message
    sure: bool = True
    asked: bool = False


def keys_of(columns: Sequence[Column]) -> list[str]:
    """By what a row of the table is known, as far as a file says it."""
    names = {column.field for column in columns}
    return [name for name in ("venue", "uid", "day", "product", "instrument") if name in names]


def amounts_of(columns: Sequence[Column]) -> list[str]:
    return [column.field for column in columns if column.type in (Type.NUMBER, Type.COUNT)]


def guesses_of(columns: Sequence[Column]) -> Callable[[Staging, Mapping], Iterator[Guess]]:
    """What is guessed of the rows of one day, for a kind of these columns."""

    def guesses(staging: Staging, mapping: Mapping) -> Iterator[Guess]:
        for one in readings(staging, mapping, columns):
            others = tuple(how for how in (ADDS_UP, FIRST, LAST) if how != one.how)
            yield Guess(
                Topic.SAME_ROW,
                staging.header[one.index],
                one.how,
                one.because,
                sure=one.sure,
                asked=one.asked,
                others=others,
            )

    return guesses


def readings(staging: Staging, mapping: Mapping, columns: Sequence[Column]) -> list[Reading]:
    """One for each amount of which a day has several rows that are not the same; none where there is no such day."""
    places = {field: i for field in amounts_of(columns) if (i := mapping.first(field)) is not None}
    if mapping.layout or not places:
        return []
    by_day = _by_day(staging, mapping, columns)
    if not by_day:
        return []
    keys = {i for field in keys_of(columns) for i in mapping.columns.get(field, [])}
    differing = _differing(staging, by_day)
    if not differing:
        return []
    beside = [staging.header[i] for i in differing if i not in places.values() and i not in keys]
    tells = _Telling(beside, differing, is_timed=_time_column(staging, mapping) is not None)
    said = {i: mapping.answer(Topic.SAME_ROW, staging.header[i]) for i in places.values()}
    return [
        Reading(field, i, said[i], SAID) if said[i] else _reading(field, i, staging.header[i], tells)
        for field, i in places.items()
    ]


@dataclass(frozen=True)
class _Telling:
    """What tells the rows of a day apart: columns `beside` keys and amounts; all that are `differing`; a time."""

    beside: Sequence[str]
    differing: Sequence[int]
    is_timed: bool


def _reading(field: str, index: int, title: str, tells: _Telling) -> Reading:
    beside = tells.beside
    parts = [name for name in beside if says_part(name)]
    apart = Message("rows of one day differ in {columns}", columns=", ".join(parts or beside or [title]))
    if _RUNNING.search(squeezed(title)) or any(_UPDATES.search(squeezed(name)) for name in beside):
        return Reading(field, index, LAST, apart)
    if field not in STANDS:
        because = apart if beside else Message("a day has several rows, and what happened in it adds up")
        return Reading(field, index, ADDS_UP, because, sure=bool(beside))
    if parts:
        return Reading(field, index, ADDS_UP, apart)
    if tells.is_timed or index not in tells.differing:
        return Reading(field, index, LAST, apart)
    return Reading(
        field, index, LAST, Message("a day has several, and nothing tells which came last"), sure=False, asked=True
    )


def says_part(title: str) -> bool:
    """A column that is called so says of which part of a day its row is."""
    return _PARTS.search(squeezed(title)) is not None


def _by_day(staging: Staging, mapping: Mapping, columns: Sequence[Column]) -> str:
    """SQL for the rows of `raw` whose day has several, with the group `g` they belong to; empty where no day has."""
    day = next((c for c in columns if c.field == "day"), None)
    index = mapping.first("day")
    others = [
        f"lower(trim(c{i}))" for name in keys_of(columns) if name != "day" and (i := mapping.first(name)) is not None
    ]
    if index is None or day is None:
        return ""
    try:
        parsed = cells.parsed(day, "v", staging, index, mapping).value
    except InvalidError:  # which day it is must be asked first
        return ""
    days = f"""SELECT t, {parsed} AS day FROM (SELECT t, nullif(trim(t), '') AS v FROM (SELECT DISTINCT c{index} AS t FROM raw) w) w"""
    group = f"concat_ws(chr(31), {', '.join(['d.day', *others])})"
    dated = f"SELECT r.*, {group} AS g FROM raw r JOIN ({days}) d ON d.t = r.c{index} WHERE d.day IS NOT NULL"
    if not staging.cached(
        f"SELECT count(*) FROM (SELECT 1 FROM ({dated}) r GROUP BY hash(g) HAVING count(*) > 1 LIMIT 1)"
    )[0][0]:
        return ""
    return f"SELECT * FROM ({dated}) r QUALIFY count(*) OVER (PARTITION BY g) > 1"


def _differing(staging: Staging, by_day: str) -> list[int]:
    """The columns in which rows of one day differ."""
    width = range(len(staging.table.header))
    each = ", ".join(f"min(coalesce(trim(c{i}), '')) <> max(coalesce(trim(c{i}), '')) AS d{i}" for i in width)
    found = staging.cached(
        f"SELECT {', '.join(f'bool_or(d{i})' for i in width)} FROM (SELECT {each} FROM ({by_day}) r GROUP BY g)"
    )[0]
    return [i for i in width if found[i]]


def _time_column(staging: Staging, mapping: Mapping) -> int | None:
    """The column that says when in its day a row was written: a clock in the day's own column, or a column called so."""
    day = mapping.first("day")
    if (
        day is not None
        and staging.cached(f"SELECT coalesce(bool_or(regexp_matches(c{day}, '\\d:\\d\\d')), FALSE) FROM raw")[0][0]
    ):
        return day
    taken = {i for places in mapping.columns.values() for i in places}
    named = [i for i, title in enumerate(staging.table.header) if i not in taken and _TIMES.search(squeezed(title))]
    return named[0] if named else None


def refuse_spoilt(staging: Staging, mapping: Mapping, columns: Sequence[Column]) -> None:
    """Where a row of a day cannot be read its others wait with it: mended and sent alone, it would stand for the whole day."""
    if not readings(staging, mapping, columns) or not staging.one("SELECT bool_or(refused) FROM checked"):
        return
    keys = " AND ".join(f"b.{name} IS NOT DISTINCT FROM c.{name}" for name in keys_of(columns))
    spoilt = f"NOT c.refused AND EXISTS (SELECT 1 FROM checked b WHERE b.refused AND b.uid IS NOT NULL AND b.day IS NOT NULL AND {keys})"
    staging.run(f"INSERT INTO problem SELECT c.line, '', '', '{SPOILT}', TRUE FROM checked c WHERE {spoilt}")
    staging.run(f"UPDATE checked SET refused = TRUE WHERE line IN (SELECT c.line FROM checked c WHERE {spoilt})")


def fold(staging: Staging, mapping: Mapping, columns: Sequence[Column]) -> None:
    """`incoming` with one row for each day, and `folded`: which row of the file went into which."""
    found = readings(staging, mapping, columns)
    if not found:
        return
    keys = ", ".join(keys_of(columns))
    counts_all = all(mapping.answer(Topic.SAME_ROW, staging.header[one.index]) == ADDS_UP for one in found)
    _lay_out_together(staging, mapping, keys, may_repeat=not counts_all)
    staging.run(f"""INSERT INTO folded SELECT line, min(line) FILTER (WHERE repeats IS NULL) OVER (PARTITION BY {keys}), repeats
        FROM together""")
    whole = {one.how for one in found} - {ADDS_UP}
    if len({one.how for one in found}) == 1 and whole:  # one row of each day counts, and the others are left out
        ends = "first" if whole == {FIRST} else "last"
        staging.run(f"""UPDATE folded SET repeats = CASE WHEN line <> k.kept THEN k.kept END, leader = k.kept FROM (
            SELECT line AS own, {ends}_value(line) OVER (PARTITION BY {keys} ORDER BY taken, line
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS kept FROM together) k WHERE k.own = line""")
    ways = {
        ADDS_UP: "sum({0})",
        FIRST: "first({0} ORDER BY t.taken, t.line) FILTER (WHERE {0} IS NOT NULL)",
        LAST: "last({0} ORDER BY t.taken, t.line) FILTER (WHERE {0} IS NOT NULL)",
    }
    type_of = {c.field: "BIGINT" if c.type is Type.COUNT else "DECIMAL(24, 8)" for c in columns}
    sums = [f"CAST({ways[one.how].format(f't.{one.field}')} AS {type_of[one.field]}) AS {one.field}" for one in found]
    erased = [f'bool_and(t."erases_{name}") AS "erases_{name}"' for name in mapping.erased(amounts_of(columns))]
    staging.run(f"""CREATE OR REPLACE TABLE day_sums AS SELECT f.leader, {", ".join(sums + erased)}
        FROM together t JOIN folded f ON f.line = t.line WHERE f.repeats IS NULL GROUP BY f.leader""")
    replaced = [f"s.{one.field} AS {one.field}" for one in found]
    replaced += [f'(s."erases_{name}") AS "erases_{name}"' for name in mapping.erased(amounts_of(columns))]
    staging.run(f"""CREATE OR REPLACE VIEW incoming AS SELECT * FROM checked WHERE line NOT IN (SELECT line FROM folded)
        UNION ALL SELECT c.* REPLACE ({", ".join(replaced)}) FROM checked c JOIN day_sums s ON s.leader = c.line""")


def _lay_out_together(staging: Staging, mapping: Mapping, keys: str, *, may_repeat: bool) -> None:
    """`together`: the rows of days that have several, when each was `taken`, and which earlier row it `repeats` in every cell."""
    width = range(len(staging.table.header))
    every_cell = f"md5(concat_ws(chr(31), {', '.join(f'coalesce(r.c{i}, chr(30))' for i in width)}))"
    at = _time_column(staging, mapping)
    taken = "NULL" if at is None else _moment(staging, mapping, at)
    first = f"min(line) OVER (PARTITION BY {keys}, every_cell)"
    repeats = f"CASE WHEN {first} < line THEN {first} END" if may_repeat else "NULL::BIGINT"
    staging.run(f"""CREATE OR REPLACE TABLE together AS
        WITH several AS (SELECT * FROM checked WHERE NOT refused AND uid IS NOT NULL AND day IS NOT NULL
                QUALIFY count(*) OVER (PARTITION BY {keys}) > 1),
            whole AS (SELECT c.*, {every_cell} AS every_cell, {taken} AS taken FROM several c JOIN raw r ON r.line = c.line)
        SELECT * EXCLUDE (every_cell), {repeats} AS repeats FROM whole""")


def _moment(staging: Staging, mapping: Mapping, index: int) -> str:
    """SQL for when a row was taken, by a column of the file: as a moment, or as a clock."""
    column = Column("taken", "Time", Type.MOMENT)
    v = f"nullif(trim(r.c{index}), '')"
    try:
        moment = cells.parsed(column, v, staging, index, mapping).value
    except InvalidError:
        moment = "NULL::TIMESTAMPTZ"
    clock = f"TIMESTAMPTZ '1970-01-01 00:00:00+00' + to_seconds(epoch(try_cast(regexp_replace({v}, '^(\\d):', '0\\1:') AS TIME)))"
    return f"coalesce({moment}, {clock})"
