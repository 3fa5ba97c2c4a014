"""Chance that repeats itself: the same seed and the same names give the same throws."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")


def dice(*names: object) -> Random:
    """A stream of its own for each thing, so that one more client never changes the others."""
    return Random(":".join(str(name) for name in names))  # noqa: S311  # a play, not a secret  # a play, not a secret


def pick(random: Random, weights: Mapping[T, float]) -> T:
    return random.choices(list(weights), weights=list(weights.values()))[0]
