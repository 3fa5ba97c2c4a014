"""Days: months clamp and come back, hours keep their place on the wall through daylight saving."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.tasks import Repeat, days
from tests.share import examples

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe"]
SOME_DAY = st.dates(date(2001, 1, 1), date(2100, 1, 1))


def test_what_began_on_the_31st_comes_back_to_the_31st() -> None:
    first, due = date(2026, 1, 31), date(2026, 1, 31)
    seen = []
    for _ in range(4):
        due = days.next_due(due, Repeat.MONTHLY, first_on=days.began_on(due, first), not_before=due)
        seen.append(due)

    assert seen == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]


def test_the_rhythm_counts_from_the_old_day_and_skips_what_has_passed() -> None:
    due, today = date(2026, 3, 2), date(2026, 3, 18)

    assert days.next_due(due, Repeat.WEEKLY, first_on=due, not_before=due) == date(2026, 3, 9)
    assert days.next_due(due, Repeat.WEEKLY, first_on=due, not_before=today) == date(2026, 3, 23)
    assert days.next_due(due, Repeat.DAILY, first_on=due, not_before=today) == today
    assert days.next_due(due, Repeat.QUARTERLY, first_on=due, not_before=today) == date(2026, 6, 2)


@settings(max_examples=examples(100))
@given(due=SOME_DAY, today=SOME_DAY, repeat=st.sampled_from([r for r in Repeat if r != Repeat.NEVER]))
def test_the_next_day_is_always_later_and_never_passed(due: date, today: date, repeat: Repeat) -> None:
    following = days.next_due(due, repeat, first_on=due, not_before=today)

    assert following > due
    assert following >= today


@settings(max_examples=examples(100))
@given(day=SOME_DAY, other=SOME_DAY, hour=st.integers(0, 23), zone=st.sampled_from(ZONES))
def test_another_day_keeps_the_hour_on_the_wall(day: date, other: date, hour: int, zone: str) -> None:
    at = datetime(day.year, day.month, day.day, hour, 15, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    moved = days.moved_to(at, other, zone)

    local = moved.astimezone(ZoneInfo(zone))
    if local.replace(tzinfo=None) == datetime(other.year, other.month, other.day, local.hour, local.minute):  # noqa: DTZ001
        skipped = abs(local.hour - at.astimezone(ZoneInfo(zone)).hour)  # an hour that a clock change leaves out
        assert days.day_of(moved, zone) == other or skipped
        assert skipped <= 1 or zone == "Pacific/Apia"


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Berlin", date(2026, 3, 28)),
        ("America/New_York", date(2026, 3, 7)),
        ("Europe/Berlin", date(2026, 10, 24)),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_over_a_clock_change(zone: str, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    after = days.moved_to(at, date(day.year, day.month, day.day + 1), zone)

    assert after.astimezone(ZoneInfo(zone)).hour == 9
    assert (after - at).total_seconds() != 86400


def test_moving_on_from_a_shifted_hour_gives_the_hour_that_was_meant() -> None:
    berlin, day, seen = ZoneInfo("Europe/Berlin"), date(2027, 3, 14), []
    at = datetime(2027, 3, 14, 2, 30, tzinfo=berlin)
    for _ in range(4):
        seen.append(f"{at.astimezone(berlin):%H:%M}")
        day = days.next_due(day, Repeat.WEEKLY, first_on=date(2027, 3, 14), not_before=day)
        at = days.moved_to(at, day, "Europe/Berlin")

    assert seen == ["02:30", "02:30", "03:30", "02:30"]
