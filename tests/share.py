"""How much of what is too long for every run is tried: all of it where CRM_LONG is 1, as `poe long` sets it.

A quick run ends in time instead: what has not begun by then is skipped, and that is told.
"""

import math
import os
import random
import time
from collections.abc import Iterable
from typing import TypeVar

import pytest

Case = TypeVar("Case")

LONG = os.environ.get("CRM_LONG") == "1"
UNTIL = float(os.environ.get("CRM_UNTIL", "inf"))  # seconds since 1970, as `poe quick` sets it


postgresql_in_long = pytest.mark.postgresql_in_long  # what is tried on DuckDB says enough for every run
long_only = pytest.mark.skipif(not LONG, reason="for poe long")  # what takes long and seldom finds anything


def is_over() -> bool:
    """Whether the time of this run is used up."""
    return time.time() > UNTIL


def tenth(cases: Iterable[Case], seed: int = 0) -> list[Case]:
    """The same tenth every time, in the order of the cases; another seed gives another tenth."""
    every = list(cases)
    if LONG:
        return every
    places = random.Random(seed).sample(range(len(every)), math.ceil(len(every) / 10))  # noqa: S311
    return [every[place] for place in sorted(places)]


def examples(count: int) -> int:
    """So many in every run, ten times as many in a long one."""
    return count * 10 if LONG else count
