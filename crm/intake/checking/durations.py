"""Lengths of time in minutes: 750 s, 12:34, 1h 02m, PT12M30S; the unit is told by the cell, the header, other columns, the column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crm.ground.messages import Message
from crm.intake.checking import clocks, widths
from crm.intake.checking.parsed import Parsed, says_nothing
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.headers import unit_of
from crm.intake.kinds import Column
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging

SECONDS_OF = {"milliseconds": 0.001, "seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
MINUTES_SECONDS, HOURS_MINUTES = "m:s", "h:m"
NUMBER = r"^\s*(\d+([.,]\d+)?|[1-9]\d{0,2}([.,]\d{3})+)\s*$"
_PAIR = r"^\s*\d{1,3}:[0-5]\d\s*$"
_WORDS = {
    "days": "d|days?|tage?|jours?|días?|dias?|天|日",
    "hours": "h|hrs?|hours?|stunden?|std\\.?|heures?|horas?|小时|小時|时|時間|時",
    "minutes": "m|mins?\\.?|minutes?|minuten?|minutos?|分钟|分鐘|分|''",
    "seconds": 's|secs?\\.?|seconds?|sek\\.?|sekunden?|secondes?|segundos?|秒|"',
}
_AMOUNT = r"(\d+(?:[.,]\d+)?)\s*"
_IN_WORDS = "^" + "".join(rf"(?:{_AMOUNT}(?:{words})[\s,]*(?:and|und|et|y)?\s*)?" for words in _WORDS.values()) + "$"
_ISO = r"^p(?:(\d+)d)?t?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$"
_LONGEST_TALK, _PLAIN_TALK = 300, 240  # minutes: beyond it half of all conversations cannot be; one may be
_DAY, _LAST_HOUR = 1440, 23
_MOST = 0.8  # of the rows
_PAIRS = (MINUTES_SECONDS, HOURS_MINUTES)
_SAMPLE = 20_000


_IN_A_TITLE = Message("its title says so")
_MEASURED = Message("start and end of its rows say so")
_TOO_LONG = Message("in minutes some of it would be longer than a day")
_USUAL = Message("nothing in the file tells, and conversations are of such a length")
_FIVES = 5


@dataclass(frozen=True)
class Unit:
    """In what a column counts: `number` is of cells without a unit, `pair` of cells such as 12:34.

    `is_shifted`: a spreadsheet took minutes and seconds for hours and minutes, and wrote 12:34:00.
    """

    number: str = "minutes"
    pair: str = MINUTES_SECONDS
    is_shifted: bool = False


@dataclass(frozen=True)
class _Seen:
    """What the cells of a column look like: how many are numbers or pairs, and how large they are."""

    numbers: int
    biggest: float
    median: float
    fives: int
    small: int
    pairs: int
    longest: float
    usual: float
    triples: int
    whole: int
    of_triples: float


def _seen(staging: Staging, index: int) -> _Seen:
    cell = widths.plain(staging, index, f"trim(c{index})")
    number = f"CASE WHEN regexp_matches(v, '{NUMBER}') THEN {_number('v')} END"
    pair = f"CASE WHEN regexp_matches(v, '{_PAIR}') THEN try_cast(split_part(v, ':', 1) AS DOUBLE) END"
    hours, minutes = (f"try_cast(split_part(v, ':', {n}) AS DOUBLE)" for n in (1, 2))
    triple = rf"CASE WHEN regexp_matches(v, '^\d+:[0-5]\d:[0-5]\d') THEN {hours} * 60 + {minutes} END"
    is_whole = r"regexp_matches(v, '^\d+:[0-5]\d:00(\.0+)?$')"
    found = staging.cached(f"""
        SELECT count(n), max(n), median(n), count_if(n % {_FIVES} = 0), count_if(n > 0 AND n < 1),
               count(p), max(p), median(p * 60 + try_cast(split_part(v, ':', 2) AS DOUBLE)),
               count(t), count_if(t IS NOT NULL AND {is_whole}), median(t)
        FROM (SELECT v, {number} AS n, {pair} AS p, {triple} AS t FROM (
            SELECT regexp_replace(v, '{clocks.EMPTY_DAY}', '') AS v
            FROM (SELECT {cell} AS v FROM raw WHERE c{index} IS NOT NULL LIMIT {_SAMPLE}) e) d) s""")[0]
    return _Seen(*(value or 0 for value in found))


def unit(staging: Staging, index: int, mapping: Mapping) -> Unit:
    """How the cells of a column are read that do not say it themselves."""
    found = list(guesses(staging, index, mapping))
    counted = next((one.guess for one in found if one.guess in SECONDS_OF), "")
    paired = next((one.guess for one in found if one.guess in _PAIRS), MINUTES_SECONDS)
    seen = _seen(staging, index)
    is_shifted = bool(
        paired == MINUTES_SECONDS and seen.whole and not seen.pairs and any(one.guess in _PAIRS for one in found)
    )
    return Unit(counted or unit_of(staging.header[index]) or "minutes", paired, is_shifted)


def guesses(staging: Staging, index: int, mapping: Mapping) -> Iterator[Guess]:
    """Of cells such as 12:34, or else of those that are but a number."""
    seen, title = _seen(staging, index), staging.header[index]
    said = mapping.answer(Topic.UNIT, title)
    looks_shifted = seen.whole == seen.triples and seen.of_triples > _LONGEST_TALK
    if seen.pairs or looks_shifted:
        found = _of_pairs(staging, index, seen, title)
    elif seen.numbers:
        found = _of_numbers(staging, index, seen, title)
    else:
        return
    if said:
        found = replace(
            found, guess=said, because=SAID, sure=True, asked=False, others=_others(said, (found.guess, *found.others))
        )
    if found.guess != "minutes" or found.asked or found.because != _IN_A_TITLE:
        yield found


def _of_numbers(staging: Staging, index: int, seen: _Seen, title: str) -> Guess:
    stated, measured = unit_of(title), _measured(staging, index)
    likely = _likely(seen)
    found = Guess(Topic.UNIT, title, stated or measured or likely, _IN_A_TITLE if stated else _MEASURED, sure=True)
    found = replace(found, others=_others(found.guess, ("minutes", "seconds", "hours", "milliseconds", "days")))
    if stated and measured and stated != measured:
        return replace(found, sure=False, asked=True, because=Message("start and end of its rows say otherwise"))
    if stated == "minutes" and seen.biggest > _DAY:
        return replace(found, sure=False, asked=True, because=_TOO_LONG)
    if stated or measured:
        return found
    if likely == "minutes":
        is_open = seen.biggest > _PLAIN_TALK and seen.fives < seen.numbers
        because = Message("some of its conversations would last more than four hours") if is_open else _USUAL
        return replace(found, sure=False, asked=is_open, because=because)
    return replace(found, sure=seen.biggest > _DAY, because=_TOO_LONG if seen.biggest > _DAY else _USUAL)


def _likely(seen: _Seen) -> str:
    """The unit in which these numbers are lengths of conversations."""
    if seen.small == seen.numbers:
        return "days"
    if seen.median > _LONGEST_TALK * 60:
        return "milliseconds"
    return "seconds" if seen.biggest > _DAY or seen.median > _LONGEST_TALK else "minutes"


def _of_pairs(staging: Staging, index: int, seen: _Seen, title: str) -> Guess:
    hint = _pair_in_title(title)
    found = Guess(Topic.UNIT, title, hint or MINUTES_SECONDS, _IN_A_TITLE, sure=True)
    if not hint:
        measured = _measured_pairs(staging, index)
        if measured:
            found = replace(found, guess=measured, because=_MEASURED)
        elif seen.pairs and seen.longest > _LAST_HOUR:
            found = replace(found, because=Message("in hours some of it would be longer than a day"))
        elif seen.pairs and seen.triples:
            found = replace(found, because=Message("other cells of the column have hours before them"))
        elif seen.pairs and seen.usual > _LONGEST_TALK:
            found = replace(found, sure=False, because=_USUAL)
        else:
            found = replace(
                found,
                sure=False,
                asked=True,
                because=Message("it could be hours and minutes as well as minutes and seconds"),
            )
    return replace(found, others=_others(found.guess, _PAIRS))


def _pair_in_title(title: str) -> str:
    if re.search(r"\bm{1,2}:ss\b", title, re.IGNORECASE):
        return MINUTES_SECONDS
    if re.search(r"\bh{1,2}:mm\b", title, re.IGNORECASE):
        return HOURS_MINUTES
    return {"hours": HOURS_MINUTES, "minutes": MINUTES_SECONDS, "seconds": MINUTES_SECONDS}.get(unit_of(title), "")


def _measured(staging: Staging, index: int) -> str:
    """The unit in which a column is the time between the start and the end of its rows; "" where they do not tell."""
    for name in ("seconds", "minutes", "hours", "milliseconds"):
        if _agrees(staging, index, f"try_cast(replace(v, ',', '.') AS DOUBLE) * {SECONDS_OF[name]}"):
            return name
    return ""


def _measured_pairs(staging: Staging, index: int) -> str:
    for name, first, second in ((MINUTES_SECONDS, 60, 1), (HOURS_MINUTES, 3600, 60)):
        parts = f"try_cast(split_part(v, ':', 1) AS DOUBLE) * {first} + try_cast(split_part(v, ':', 2) AS DOUBLE) * {second}"
        if _agrees(staging, index, parts):
            return name
    return ""


def _agrees(staging: Staging, index: int, seconds: str) -> bool:
    if not (ends := clocks.start_and_end(staging)):
        return False
    between = " - ".join(clocks.second_of_day(f"c{i}") for i in reversed(ends))
    told, same = staging.cached(f"""
        SELECT count(*), count_if(abs(n - between) < 60) FROM (
            SELECT {seconds} AS n, ({between} + 86400) % 86400 AS between
            FROM (SELECT trim(c{index}) AS v, * FROM raw LIMIT {_SAMPLE}) r) d WHERE n IS NOT NULL AND between > 60""")[
        0
    ]
    return bool(told) and same >= _MOST * told


def _others(guess: str, every: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in every if one != guess))


def parsed(column: Column, v: str, how: Unit) -> Parsed:
    """SQL for whole minutes, half a minute rounded up; a moment of talk is at least one."""
    seconds = _seconds(v, how)
    whole = "CASE WHEN s > 0 THEN greatest(1, CAST(floor(round(s) / 60 + 0.5) AS BIGINT)) ELSE CAST(s AS BIGINT) END"
    value = f"list_transform([{seconds}], lambda s: {whole})[1]"
    reason = Message("is not a length of time of at most {most} minutes", most=column.most)
    return Parsed(value, reason, f"{{f}} > {column.most}", nothing=says_nothing("{v}"))


def _seconds(v: str, how: Unit) -> str:
    """SQL for the seconds of a text."""
    plain = f"{_number(v, is_grouped=SECONDS_OF[how.number] <= SECONDS_OF['minutes'])} * {SECONDS_OF[how.number]}"
    clock = f"regexp_replace({v}, '{clocks.EMPTY_DAY}', '')"
    three = rf"regexp_extract({clock}, '^(\d+):([0-5]\d):([0-5]\d(?:\.\d+)?)$', ['h', 'm', 's'])"
    two = rf"regexp_extract({v}, '^(\d+):([0-5]\d)$', ['a', 'b'])"
    if how.is_shifted:
        three = rf"regexp_extract({clock}, '^(\d+):([0-5]\d):(00)(?:\.0+)?$', ['m', 's', 'h'])"
    lower = f"lower({v})"
    worded = rf"regexp_replace({lower}, '^(\d+)\s*h\s*(\d\d)$', '\1h\2m')"
    first, second = (60, 1) if how.pair == MINUTES_SECONDS else (3600, 60)
    return f"""CASE WHEN regexp_matches({v}, '{NUMBER}') THEN {plain}
        WHEN regexp_matches({clock}, '^\\d+:\\d\\d:\\d\\d') THEN list_transform([{three}],
            lambda p: TRY_CAST(p.h AS DOUBLE) * 3600 + TRY_CAST(p.m AS DOUBLE) * 60 + TRY_CAST(p.s AS DOUBLE))[1]
        WHEN contains({v}, ':') THEN list_transform([{two}],
            lambda p: TRY_CAST(p.a AS DOUBLE) * {first} + TRY_CAST(p.b AS DOUBLE) * {second})[1]
        ELSE coalesce({_of_parts(worded, _IN_WORDS)}, {_of_parts(lower, _ISO)}) END"""


def _number(v: str, *, is_grouped: bool = True) -> str:
    """SQL for 3,730 and 3.730, which of anything shorter than hours are thousands, and for 12,5."""
    grouped = rf"regexp_matches({v}, '^\s*[1-9]\d{{0,2}}([.,]\d{{3}})+\s*$')"
    decimal = f"try_cast(replace({v}, ',', '.') AS DOUBLE)"
    return (
        f"CASE WHEN {grouped} THEN try_cast(regexp_replace({v}, '[.,]', '', 'g') AS DOUBLE) ELSE {decimal} END"
        if is_grouped
        else decimal
    )


def _of_parts(text: str, pattern: str) -> str:
    """SQL for the seconds of a text of days, hours, minutes and seconds."""
    parts = f"regexp_extract({text}, '{pattern}', ['days', 'hours', 'minutes', 'seconds'])"
    amounts = [f"TRY_CAST(replace(nullif(p.{name}, ''), ',', '.') AS DOUBLE) * {SECONDS_OF[name]}" for name in _WORDS]
    filled = " OR ".join(f"p.{name} <> ''" for name in _WORDS)
    return f"list_transform([{parts}], lambda p: CASE WHEN {filled} THEN {' + '.join(f'coalesce({one}, 0)' for one in amounts)} END)[1]"
