"""Days on which things are due: the day of a moment in somebody's zone, and when a repeating task is due again."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crm.ground import clock
from crm.ground.errors import InvalidError
from crm.ground.messages import Word
from crm.tasks.models import Repeat

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
_MONTHS = {Repeat.MONTHLY: 1, Repeat.QUARTERLY: 3}
_DAYS = {Repeat.DAILY: 1, Repeat.WEEKLY: 7}


def day_of(moment: datetime, zone_name: str) -> date:
    """The calendar day of a moment for somebody who lives in this zone."""
    return moment.astimezone(clock.zone(zone_name)).date()


def moved_to(moment: datetime, day: date, zone_name: str) -> datetime:
    """The same hour on the clock on the wall, on another day: daylight saving may lie between them.

    An hour that the clock skips that day is shifted past the gap, and the moment marked by `fold`, so that what is moved on from
    it has the hour that was meant.
    """
    zone = clock.zone(zone_name)
    wall = _meant_hour(moment, zone)
    local = datetime.combine(day, wall, zone)
    moved = local.astimezone(UTC)
    is_skipped = moved.astimezone(zone).replace(tzinfo=None, fold=0) != local.replace(tzinfo=None)
    return moved.replace(fold=1) if is_skipped else moved


def _meant_hour(moment: datetime, zone: ZoneInfo) -> time:
    local = moment.astimezone(zone)
    if moment.tzinfo is UTC and moment.fold:  # in UTC no hour comes twice: `moved_to` shifted it
        before = (moment - timedelta(days=1)).astimezone(zone).utcoffset()
        local -= (local.utcoffset() or timedelta()) - (before or timedelta())
    return local.time().replace(fold=0)


def hour_of_rhythm(due_at: datetime, began_at: datetime | None, zone_name: str) -> datetime:
    """The moment whose hour a repeating task keeps: that of its beginning, unless somebody moved it to another hour since."""
    if began_at and moved_to(began_at, day_of(due_at, zone_name), zone_name) == due_at:
        return began_at
    return due_at


def check(name: str, when: date | datetime | None) -> None:
    """Refuse a moment without a zone, and years that can only be slips of the pen."""
    if isinstance(when, datetime) and when.tzinfo is None:
        raise InvalidError("{field} needs a time zone, like 2026-03-16T10:00+08:00.", field=Word(name))
    if when and not FIRST.year <= when.year <= LAST.year:
        raise InvalidError(
            "{field} lies in the year {year}; that cannot be right.", field=Word(name), year=str(when.year)
        )


def next_due(due_on: date, repeat: Repeat, *, first_on: date, not_before: date) -> date:
    """The next day in the rhythm that began on `first_on`, after `due_on` and not before the given day.

    Months end where they end: what began on the 31st is due on 28 February and on 31 March again.
    """
    if repeat in _DAYS:
        step = _DAYS[repeat]
        behind = max(0, (not_before - due_on).days)
        return due_on + timedelta(days=step * max(1, -(-behind // step)))
    day, step = due_on, _MONTHS[repeat]
    while day == due_on or day < not_before:
        day = _months_later(day, step, first_on.day)
    return day


def began_on(due_on: date, first_on: date) -> date:
    """Where the rhythm began: at `first_on`, or anew at `due_on` if somebody moved the task to another day."""
    return first_on if due_on == _months_later(due_on, 0, first_on.day) else due_on


def _months_later(day: date, months: int, wanted_day: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(wanted_day, calendar.monthrange(year, month + 1)[1]))
