"""Which column of a file says what: found by its names and values, corrected by a person, kept for next time."""

from collections.abc import Collection
from collections.abc import Mapping as MappingType
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from crm.ground.messages import Message

NAMELESS = Message("This file does not name its account: give the UID that all of its rows belong to.")


class Lists(StrEnum):
    """What happens to tags, contacts and the like of a known row: those of the file are added, take their place, or go."""

    APPEND = "append"
    REPLACE = "replace"
    REMOVE = "remove"


@dataclass(frozen=True)
class Mapping:
    """`columns`: field -> indexes of the file's columns; `attributes`: name -> index of a column kept as it is.

    `constants` hold for every row whose own cell is empty. `date_orders`: field -> "dmy" or "mdy", where a person decided.
    `lists`: what becomes of tags and the like; `erasing`: fields, or names of attributes, whose empty cells erase.
    `table`: which of the `tables` of the file this is, if there are several; `profile`: the kept mapping that this comes from.
    `answers`: what a person said instead of a guess: its topic, or topic:title of one column -> the reading.
    `zone_is_said`: a person gave the zone. Of a moment in parts `columns` has its day, then its clock and its zone.
    `misfits`: titles of columns that are called like a field but mostly say something else -> the label of that field.
    """

    columns: MappingType[str, list[int]] = field(default_factory=dict)
    attributes: MappingType[str, int] = field(default_factory=dict)
    constants: MappingType[str, str] = field(default_factory=dict)
    time_zone: str = "UTC"
    zone_is_said: bool = False
    date_orders: MappingType[str, str] = field(default_factory=dict)
    confidence: MappingType[str, float] = field(default_factory=dict)
    layout: str = ""
    lists: str = Lists.APPEND
    erasing: Collection[str] = ()
    table: str = ""
    tables: Collection[str] = ()
    profile: str = ""
    misfits: MappingType[str, str] = field(default_factory=dict)
    answers: MappingType[str, str] = field(default_factory=dict)

    def first(self, name: str) -> int | None:
        found = self.columns.get(name)
        return found[0] if found else None

    def answer(self, topic: str, title: str = "") -> str:
        """The reading that a person chose of this column, or of all; "" where nobody did."""
        return self.answers.get(f"{topic}:{title}") or self.answers.get(topic, "")

    def date_order(self, field: str, title: str) -> str | None:
        """In which order a person, or the layout, says that a column writes its days."""
        return self.answer("date_order", title) or self.date_orders.get(field)

    def has(self, *names: str) -> bool:
        return any(self.columns.get(name) or self.constants.get(name) for name in names)

    def has_constant(self, *names: str) -> bool:
        return any(self.constants.get(name) for name in names)

    def erased(self, erasable: Collection[str]) -> list[str]:
        """Those of the fields whose empty cells erase: a column of the file says them, and it was asked for."""
        return [name for name in erasable if name in self.erasing and self.columns.get(name)]

    @property
    def removes(self) -> bool:
        return self.lists == Lists.REMOVE

    def with_constants(self, **constants: str) -> "Mapping":
        """An empty one takes back what was said before."""
        return replace(self, constants={k: v for k, v in {**self.constants, **constants}.items() if v})

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, plain: MappingType[str, Any]) -> "Mapping":
        return cls(**plain)
