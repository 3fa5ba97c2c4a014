"""What a kind of file is made of: its columns, their other names, and which of them a row cannot do without."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """How the text of a cell is understood; `crm.imports.checking.cells` has one parser for each."""

    TEXT = "text"
    UID = "uid"
    VENUE = "venue"
    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    COUNT = "count"
    CHOICE = "choice"
    COUNTRY = "country"
    LANGUAGE = "language"
    ZONE = "zone"
    LIST = "list"
    PERSON = "person"
    ROLE = "role"


OWN = ("name", "first_name", "last_name", "email", "external_id", "trade_id")


@dataclass(frozen=True)
class Column:
    """One thing a file of this kind may say. `many`: several columns of the file may say it (Phone 1, Phone 2)."""

    field: str
    label: str
    type: Type = Type.TEXT
    names: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    many: bool = False
    least: int | None = None
    most: int | None = None
    longest: int = 10_000


@dataclass(frozen=True)
class Kind:
    """A kind of file. `needs`: each inner tuple names columns of which one at least must be in the file.

    `each_row`: likewise, of which each row must say one at least: what is unknown is neither 0 nor "".
    `erasable`: fields that may be emptied by an empty cell, where a person chooses so.
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]
    each_row: tuple[tuple[str, ...], ...] = ()
    keeps_rest: bool = False
    erasable: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.field == name)

    @property
    def of_all(self) -> list[Column]:
        """The columns of which one value may be given for all rows: not those by which a row is told from another."""
        return [
            c for c in self.columns if not c.many and c.field not in OWN and (c.field != "uid" or not self.keeps_rest)
        ]

    @property
    def lists(self) -> list[str]:
        """Fields that hold several values."""
        return [column.field for column in self.columns if column.many or column.type is Type.LIST]
