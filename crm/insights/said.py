"""Sentences that are written in English and shown in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

_STEPS = ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(10**3), "K"))


@dataclass(frozen=True, init=False)
class Said:
    """A literal template and what stands in it: pages show `t(said.text, **said.values)`.

    Values are texts, whole numbers, dates, `Usd`, `Share` and other `Said`: the reader's locale writes them in its own way.
    """

    text: str
    values: Mapping[str, object]

    def __init__(self, text: str, **values: object) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        return self.text.format(**self.values)


@dataclass(frozen=True)
class Usd:
    """An amount in USD; in English 4,200,000 reads $4.2M."""

    amount: Decimal

    def __str__(self) -> str:
        size = abs(self.amount)
        sign = "-" if self.amount < 0 else ""
        for step, letter in _STEPS:
            if size >= step:
                return f"{sign}${_short(size / step)}{letter}"
        return f"{sign}${_short(size)}"


@dataclass(frozen=True)
class Share:
    """A part of a whole, from 0 to 1; in English 0.62 reads 62%."""

    part: float

    def __str__(self) -> str:
        return f"{self.part:.0%}"


def _short(number: Decimal) -> str:
    return f"{number:.1f}".removesuffix(".0")
