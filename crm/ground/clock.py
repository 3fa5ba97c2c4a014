"""What time it is, here, at the client's and on the exchange; tests stop this clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from crm.ground.config import settings
from crm.ground.errors import InvalidError

FAST, EASTERNMOST = timedelta(minutes=5), 14

_stopped: list[datetime] = []
_zones = available_timezones()


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _stopped[-1] if _stopped else datetime.now(UTC)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[datetime]:
    """Hold the clock of this process at a moment."""
    _stopped.append(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _stopped.pop()


def latest_past() -> datetime:
    """What lies after this has not happened yet, whoever's clock is a little fast."""
    return now() + FAST


def latest_today() -> date:
    """The day that it is by now anywhere in the world."""
    return (now() + timedelta(hours=EASTERNMOST)).date()


def zone(name: str) -> ZoneInfo:
    if name not in _zones:
        raise InvalidError("“{value}” is not a time zone; write it like Asia/Shanghai or Europe/Berlin.", value=name)
    return ZoneInfo(name)


def today(zone_name: str) -> date:
    """The calendar day of a person in this zone."""
    return now().astimezone(zone(zone_name)).date()


def exchange_zone() -> ZoneInfo:
    return zone(settings().exchange_zone)


def exchange_day(moment: datetime) -> date:
    """The exchange's trading day of a moment: it closes at 00:00 in the exchange's zone (UTC+8 unless set)."""
    return moment.astimezone(exchange_zone()).date()


def exchange_today() -> date:
    return exchange_day(now())
