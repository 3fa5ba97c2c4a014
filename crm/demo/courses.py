"""How a client's trading goes over time: a factor for each day, told in days before the demo's last day."""

import math
from collections.abc import Callable

Course = Callable[[int], float]

# The long holiday of last winter, so many days before the last day of the demo.
NEW_YEAR = range(266, 284)
_FOUR_WEEKS, _LAST_WEEK = 28, 7


def steady(_ago: int) -> float:
    return 1.0


def growing(days: int) -> Course:
    """Started so many days ago with next to nothing, and doubles about every fifteen days until now."""
    return lambda ago: 0.0 if ago > days else math.exp(-ago * math.log(2) / 15)


def fading(days: int, floor: float) -> Course:
    """As ever until so many days ago, then a straight way down to the floor."""
    return lambda ago: 1.0 if ago > days else floor + (1 - floor) * ago / days


def stopped(since: int) -> Course:
    return lambda ago: 0.0 if ago < since else 1.0


def woken(since: int, before: float) -> Course:
    return lambda ago: 1.0 if ago < since else before


def one_big_day(ago_of_it: int, times: float) -> Course:
    return lambda ago: times if ago == ago_of_it else 1.0


def closed_for_new_year(ago: int) -> float:
    return 0.0 if ago in NEW_YEAR else 1.0


def paused_every_fourth_week(ago: int) -> float:
    """Pays its bills first: a quiet last week of every four, a busy first one."""
    week = ago % _FOUR_WEEKS
    return 0.04 if week < _LAST_WEEK else 1.25 if week >= 3 * _LAST_WEEK else 1.0


def ends_with_a_rush(days: int, times: float) -> Course:
    return lambda ago: times if ago < days else 1.0
