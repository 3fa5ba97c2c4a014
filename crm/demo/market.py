"""The weather in which everybody trades: one factor for each day, and what a weekday is worth."""

import math

from crm.demo.chance import dice

_PULL, _GUSTS, _STORMS = 0.93, 0.08, 0.02
_BY_WEEKDAY = (1.0, 1.06, 1.08, 1.05, 0.98, 0.72, 0.68)


def weather(seed: int, days: int) -> list[float]:
    """By days before the last day: slow swings, and a storm every few weeks that dies down within days."""
    random = dice(seed, "market")
    level, factors = 0.0, []
    for _ in range(days + 1):
        level = (
            level * _PULL + random.gauss(0, _GUSTS) + (random.uniform(0.25, 0.6) if random.random() < _STORMS else 0.0)
        )
        factors.append(math.exp(level - 0.1))
    return factors[::-1]


def weekday_factor(weekday: int) -> float:
    return _BY_WEEKDAY[weekday]
