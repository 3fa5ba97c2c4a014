"""How much of a long test a run does: all of it where CRM_LONG is 1, otherwise a tenth."""

import os
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

LONG = os.environ.get("CRM_LONG") == "1"


def tenth(cases: Sequence[T], seed: int = 0) -> list[T]:
    """A tenth of the cases, at least one, in their order; the same ones for the same seed."""
    if LONG or not cases:
        return list(cases)
    places = random.Random(seed).sample(range(len(cases)), max(1, len(cases) // 10))  # noqa: S311 -- not a secret
    return [cases[place] for place in sorted(places)]


def examples(count: int) -> int:
    """How many examples a property is tried on."""
    return count * 10 if LONG else count
