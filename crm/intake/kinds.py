"""What a kind of file is: its columns and their other names, what a row must say, and how its rows meet the store.

A room registers the kinds of its own files in its `importing.py`; crm.tables finds them.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.errors import InvalidError
from crm.ground.messages import Message, either
from crm.intake.mapping import NAMELESS
from crm.intake.mapping import Mapping as ColumnMapping

if TYPE_CHECKING:
    from crm.intake.arrival import Arrival
    from crm.intake.guesses import Guess
    from crm.intake.staging import Staging
    from crm.intake.upsert import Target


class Type(StrEnum):
    """How the text of a cell is understood; `crm.intake.checking.cells` has one parser for each."""

    TEXT = "text"
    UID = "uid"
    TIER = "tier"
    VENUE = "venue"
    EMAIL = "email"
    PHONE = "phone"
    CALLING_CODE = "calling_code"
    HANDLE = "handle"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    COUNT = "count"
    DURATION = "duration"
    CHOICE = "choice"
    COUNTRY = "country"
    LANGUAGE = "language"
    ZONE = "zone"
    LIST = "list"
    PERSON = "person"
    ROLE = "role"


class Sign(StrEnum):
    """What an amount is, so that a file may write it with either sign: here all of them are positive."""

    NONE = ""
    COST = "cost"
    IN = "in"
    OUT = "out"
    TRADED = "traded"


OWN = ("name", "first_name", "last_name", "email", "external_id", "trade_id")


@dataclass(frozen=True)
class Column:
    """One thing a file of this kind may say. `many`: several columns of the file may say it (Phone 1, Phone 2).

    `form`: how further names of it are built, as a pattern of a whole title.
    `spare`: what stands for it where the file has nothing else, such as the company in a list without any name.
    `least`, `most`: of a number; of a day, `least` is its earliest year. `is_past`: of a day or moment, that it lies behind us.
    `is_exchange_day`: a moment in it is the exchange's day of that moment.
    `adds_up`: the certificate sums it. `is_money`: its title may name a currency and a unit, “Volume (k USD)”, and
    `amount_names` are what it may be called only where such a word stands beside them; `is_coins`: it may name a coin,
    “Size (BTC)”. `sign`: what it is, so that either sign may be written.
    `stored_as`, `exported_as`: what the table and our own exports call it, if not so.
    """

    field: str
    label: str
    type: Type = Type.TEXT
    names: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    many: bool = False
    least: int | None = None
    most: int | None = None
    longest: int = 10_000
    is_past: bool = False
    is_exchange_day: bool = False
    adds_up: bool = True
    is_money: bool = False
    is_coins: bool = False
    amount_names: tuple[str, ...] = ()
    sign: Sign = Sign.NONE
    stored_as: str = ""
    exported_as: str = ""
    form: str = ""
    spare: tuple[str, ...] = ()


Difference = tuple[int, str, str | None, str | None]


@dataclass(frozen=True)
class Rows:
    """How the rows of a kind meet the store.

    `table` is where they stand, `link` finds what each row is, and `prepare` adds to them before that.
    `before` and `after` are written beside them. `differs`: line, name, old and new value of what differs beside the table,
    for SQL that is true of the rows `n` in question. `guesses`: what is guessed of files of this kind only.

    The rest is SQL. `names`: line and what people call each row of `{0}`, which is `incoming i JOIN linked l`; `name`: what a row
    calls itself. `is_closed`: it is about a client who is closed. `held`: the rows `o` of the table that are of the same accounts.
    """

    table: str
    link: "Callable[[Arrival], Target]"
    names: str
    name: str = "CAST(NULL AS VARCHAR)"
    is_closed: str = "FALSE"
    held: str = ""
    prepare: "Callable[[Staging, ColumnMapping], None] | None" = None
    before: "Callable[[WriteSession, Target], None] | None" = None
    after: "Callable[[WriteSession, Target], None] | None" = None
    differs: Callable[[Sql, str], list[Difference]] | None = None
    guesses: "Callable[[Staging, ColumnMapping], Iterable[Guess]] | None" = None


@dataclass(frozen=True)
class Kind:
    """A kind of file. `needs`: each inner tuple names columns of which one at least must be in the file.

    `each_row`: likewise, of which each row must say one at least: what is unknown is neither 0 nor "".
    `erasable`: fields that may be emptied by an empty cell, where a person chooses so.
    `title` and `place`: what it is called, and where it stands, among the kinds that one chooses from. `label`: in a sentence.
    `right`: of whoever imports it, as policies name rights. `own_header`: columns by which our own export is recognised.
    """

    name: str
    title: str
    label: str
    place: int
    columns: tuple[Column, ...]
    rows: Rows
    needs: tuple[tuple[str, ...], ...]
    each_row: tuple[tuple[str, ...], ...] = ()
    keeps_rest: bool = False
    erasable: tuple[str, ...] = ()
    right: str = "import"
    own_header: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.field == name)

    def checked(self, mapping: ColumnMapping) -> ColumnMapping:
        """The mapping, if it says all that files of this kind cannot do without."""
        for needed in self.needs:
            if mapping.layout and needed == ("uid",) and not mapping.has("uid"):
                raise InvalidError(NAMELESS)
            if not mapping.has(*needed):
                labels = either([Message(self.column(name).label) for name in needed])
                raise InvalidError(
                    "No column of this file was understood as {labels}, which {kind} need. Name it in the mapping.",
                    labels=labels,
                    kind=Message(self.label.lower()),
                )
        return mapping

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


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """From now on files of this kind can be imported."""
    if KINDS.get(kind.name, kind) is not kind:
        raise RuntimeError(f"Two rooms register the kind {kind.name}.")
    every = sorted({**KINDS, kind.name: kind}.values(), key=lambda one: one.place)
    KINDS.clear()
    KINDS.update((one.name, one) for one in every)
    return kind


def kind_called(name: str) -> Kind:
    if name not in KINDS:
        raise InvalidError("There is no kind “{name}”; choose one of {names}.", name=name, names=", ".join(KINDS))
    return KINDS[name]
