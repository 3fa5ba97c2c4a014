"""Text for people: a sentence as its English template and what stands in it, shown in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pydantic_core import core_schema

from crm.ground.formats import ENGLISH


@dataclass(frozen=True, init=False)
class Message:
    """A literal template and what stands in it: pages show `t(said.text, **said.values)`.

    Values are texts, whole numbers, dates, `Usd`, `Share` and other `Message`: the reader's locale writes them in its own way.
    """

    text: str
    values: Mapping[str, object]

    def __init__(self, text: str, **values: object) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        return self.text.format(**self.values)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> core_schema.CoreSchema:
        """A program gets the sentence."""
        sentence = core_schema.to_string_ser_schema()
        return core_schema.json_or_python_schema(
            core_schema.str_schema(), core_schema.is_instance_schema(cls), serialization=sentence
        )


@dataclass(frozen=True)
class Usd:
    """An amount in USD; in English 4,200,000 reads $4.2M."""

    amount: Decimal

    def __str__(self) -> str:
        return ENGLISH.short_money(self.amount)


@dataclass(frozen=True)
class Share:
    """A part of a whole, from 0 to 1; in English 0.62 reads 62%."""

    part: float

    def __str__(self) -> str:
        return ENGLISH.percent(round(self.part, 2))
