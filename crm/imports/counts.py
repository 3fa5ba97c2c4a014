"""How many rows of a file became, or would become, what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """`rows` is the sum of the others. `held` wait for a lead; a look at a file never tells of any."""

    rows: int
    created: int
    changed: int
    unchanged: int
    refused: int
    duplicate: int
    held: int = 0
