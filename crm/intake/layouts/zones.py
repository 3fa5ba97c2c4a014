"""The zone of a file's times, where the file says it: above the header, in the name of a column, in its own name."""

import re
from collections.abc import Iterable

from crm.ground import clock
from crm.ground.messages import Message
from crm.intake.layouts.layout import Layout
from crm.intake.staging import Staging

_OFFSET = r"(?:UTC|GMT)(?![A-Za-z])\s*(?:-(?=[+-]))?([+-]\d{1,2})?(?::?([0-5]\d))?"
_ABOVE = re.compile(r"time\s*zone\s*[:：]\s*" + _OFFSET, re.IGNORECASE)
_WRITTEN = re.compile(r"(?<![A-Za-z])" + _OFFSET, re.IGNORECASE)
_OF_A_TIME = re.compile(r"time|date|时间|日期", re.IGNORECASE)
_STATED = re.compile(r"GMT[+-]\d{2}:[0-5]\d")
_FURTHEST = 14


def stated_zone(staging: Staging) -> str | None:
    titles = [name for name in staging.table.header if _OF_A_TIME.search(name)]
    above = [" ".join(cell for line in staging.table.preamble for cell in line)]
    return _first(_ABOVE, above) or _first(_WRITTEN, titles) or _first(_WRITTEN, [staging.file_name])


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


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> str | None:
    found = next((match for text in texts if (match := pattern.search(text.replace("_", " ")))), None)
    return _named(int(found.group(1) or 0), int(found.group(2) or 0)) if found else None


def _named(hours: int, minutes: int) -> str | None:
    if abs(hours) > _FURTHEST:
        return None
    if minutes:
        return f"GMT{hours:+03d}:{minutes:02d}"
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"  # POSIX counts the other way round
