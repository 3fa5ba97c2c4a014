"""The zone of a file's times, where the file says it: above the header or below the table, in a title, in its own name."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from crm.ground import clock
from crm.ground.messages import Message
from crm.intake import zone_names
from crm.intake.layouts.layout import Layout
from crm.intake.staging import Staging

_OFFSET = r"(?:UTC|GMT)(?![A-Za-z])\s*(?:-(?=[+-]))?([+-]\d{1,2})?(?::?([0-5]\d))?"
_WRITTEN = re.compile(r"(?<![A-Za-z])" + _OFFSET, re.IGNORECASE)
_OF_A_TIME = re.compile(
    r"time|date|zeit|datum|heure|hora|fecha|hour|stunde|day|\btag\b|jour|\bat\b|executed|filled|traded|created|opened|closed"
    r"|时间|時間|时刻|小时|日期|日時|when",
    re.IGNORECASE,
)
# Behind the first come zones; the second stands in sentences about times.
_LABEL = re.compile(
    r"(?:time\s*-?zone|zeitzone|fuseau horaire|zona horaria|\btz\b|时区|時區|タイムゾーン)\s*(?:is|ist|为|為|是)?\s*[:：=,;\t-]?\s*(.+)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\btimes?\b|timestamps?|uhrzeit|\bzeit|heures?\b|\bhoras?\b|时间|時間|时刻|時刻|\bin (?:utc|gmt)", re.IGNORECASE
)
_STATED = re.compile(r"GMT[+-]\d{2}:[0-5]\d")
_BRACKETED = re.compile(r"[(\[（【]([^)\]）】]+)[)\]）】]")
_MOMENT = re.compile(r"\d[T ]+\d{1,2}:\d\d")
_DAYS = tuple(datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7))
_FURTHEST, _LONGEST_NAME = 14, 7
_WORD = re.compile(r"[^\W_]+(?:[/'’][^\W_]+(?:_[^\W_]+)*)*|[+-]\d+")
_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")


class Stated(NamedTuple):
    """What a file says of its zone: the zone, or the words that mean several, and where it says it."""

    zone: str = ""
    words: str = ""
    several: Sequence[str] = ()


def stated_zone(staging: Staging) -> str | None:
    return stated(staging).zone or None


def stated(staging: Staging) -> Stated:
    """A title tells its own column, and a sentence all of them: where they differ, several are meant.

    A moment with its zone above the table, such as that of the export, counts where nothing else says any.
    """
    lines = [
        " ".join(filter(None, cells)) for cells in (*staging.table.preamble, *(r.cells for r in staging.table.footer))
    ]
    in_words = next(filter(None, map(_in_words, lines)), None)
    in_title = next(
        filter(None, (_in_title(title) for title in staging.table.header if _OF_A_TIME.search(title))), None
    )
    if in_words and in_title and _differ(in_words.zone, in_title.zone):
        return Stated("", f"{in_words.words}, {in_title.words}", (in_words.zone, in_title.zone))
    names = (name.replace("_", " ") for name in (staging.table.name, staging.file_name))
    return in_words or in_title or next(filter(None, map(_offset, (*lines, *names))), Stated())


def _differ(one: str, other: str) -> bool:
    """Their clocks show something else, in winter or in summer."""
    if not (one and other) or any(map(_STATED.fullmatch, (one, other))):
        return one != other
    return any(day.astimezone(clock.zone(one)).hour != day.astimezone(clock.zone(other)).hour for day in _DAYS)


def why_zone(stated: str | None, layout: Layout | None) -> Message:
    """Why the times of a file are read in a zone."""
    if stated:
        return Message("the file says so")
    if layout and layout.time_zone:
        return Message("“{layout}” writes its times in this zone", layout=layout.name)
    return Message("the file names no zone")


def check_zone(name: str) -> None:
    """A zone that exists, or an offset as `stated_zone` writes it.

    Raises:
        InvalidError: it is neither.
    """
    if not _STATED.fullmatch(name):
        clock.zone(name)


def zone_called(text: str) -> Stated | None:
    """The zone that a text is, and nothing else: Hong Kong, China Standard Time, (UTC+08:00) Beijing, UTC+8."""
    bare = re.sub(r"^\s*\((?:UTC|GMT)[^)]*\)\s*", "", text.strip())
    for written in dict.fromkeys((bare, text)):
        name = zone_names.key(written)
        if name in zone_names.SEVERAL:
            return Stated("", written, zone_names.SEVERAL[name])
        if re.search(r"[+-]\d", written) is None and (
            zone := zone_names.names().get(name) or zone_names.places().get(name)
        ):
            return Stated(zone, written)
    offset = _first_offset(text) if _WRITTEN.match(text.strip(" ([")) else None
    return Stated(offset, text) if offset else None


def untitled(title: str) -> str:
    """“Time (HKT)”, “Trade Date [dd/mm/yyyy]” and “Filled at SGT” without what they say of the zone and the form of their times."""
    rest = _BRACKETED.sub(" ", title).strip() or title
    words = rest.replace("_", " ").split()
    return " ".join(words[:-1]) if len(words) > 1 and _is_short(words[-1]) else rest


def _is_short(word: str) -> bool:
    """An abbreviation of a zone, as titles end in one."""
    name = zone_names.key(word)
    return name in zone_names.SEVERAL or (word.isupper() and len(name) > 2 and name in zone_names.names())  # noqa: PLR2004


def _in_title(title: str) -> Stated | None:
    """“Time (UTC+8)”, “Date/Time (Hong Kong)”, “Time EST”, “时间（北京）”."""
    for text in _BRACKETED.findall(title):
        if found := zone_called(text):
            return found
    if offset := _first_offset(title.replace("_", " ")):
        return Stated(offset, title)
    words = title.replace("_", " ").split()
    if len(words) > 1 and _is_short(words[-1]):
        return zone_called(words[-1])
    return _longest(title) if "时间" in title or "時間" in title else None


def _in_words(line: str) -> Stated | None:
    """A sentence such as “All times are US Eastern”, or “Time zone: ...”."""
    label = _LABEL.search(line)
    if label and (
        found := zone_called(label.group(1)) or _longest(label.group(1), with_places=True) or _offset(label.group(1))
    ):
        return found
    if _SENTENCE.search(line) and not _MOMENT.search(line):
        return _longest(line, with_places=True) or _offset(line)
    return None


def _longest(text: str, *, with_places: bool = False) -> Stated | None:
    """The name of the most words that stands in a text; a place by itself only where times are spoken of."""
    words = _WORD.findall(text)
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            written = " ".join(words[start : start + length])
            if found := _named(written, with_places=with_places):
                return found
    return next((found for part in _parts(text) if (found := _named(part, with_places=with_places))), None)


def _named(written: str, *, with_places: bool) -> Stated | None:
    name = zone_names.key(written)
    is_short = len(name) <= 4 and name.isascii()  # noqa: PLR2004 -- abbreviations are written in capitals
    if is_short and not written.isupper():
        return None
    if name in zone_names.SEVERAL:
        return Stated("", written, zone_names.SEVERAL[name])
    zone = zone_names.names().get(name) or (
        zone_names.places().get(name)
        if (with_places and written[0] != written[0].lower()) or not name.isascii()
        else None
    )
    return Stated(zone, written) if zone and name not in ("utc", "gmt", "z") else None


def _parts(text: str) -> Iterator[str]:
    """Every part of the Chinese in a text, the longest first, for no blanks stand between its words."""
    runs = _HAN.findall(text)
    found = {run[a:b] for run in runs for a in range(len(run)) for b in range(a + 2, min(len(run), a + 10) + 1)}
    yield from sorted(found, key=lambda part: (-len(part), part))


def _offset(text: str) -> Stated | None:
    found = _first_offset(text)
    return Stated(found, text) if found else None


def _first_offset(text: str) -> str | None:
    found = _WRITTEN.search(text)
    return _called(int(found.group(1) or 0), int(found.group(2) or 0)) if found else None


def _called(hours: int, minutes: int) -> str | None:
    if abs(hours) > _FURTHEST:
        return None
    if minutes:
        return f"GMT{hours:+03d}:{minutes:02d}"
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"  # POSIX counts the other way round
