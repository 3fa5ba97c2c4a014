"""A table as it was found in a file: header, rows, what stood around them, and how the file was written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import duckdb

from crm.ground import texts
from crm.ground.messages import Message


@dataclass(frozen=True)
class Dialect:
    """How a text file is written. An empty `escape` means that quotes are doubled; `header_line` 0 means none."""

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    line_end: str = "\n"
    header_line: int = 0


class Row(NamedTuple):
    """One row as it stands in the file: the line it begins on, its cells, and what is wrong with its shape (or "")."""

    line: int
    cells: list[str]
    fault: str = ""


class Figure(str):
    """The text of a cell that is a number by its type: its point is a decimal point, whatever its neighbours write."""

    __slots__ = ()


@dataclass(frozen=True)
class Loaded:
    """How many rows went into DuckDB; blank ones are left out, ragged ones are in and marked.

    `figures`: the columns in which cells are numbers by their type -> how many.
    """

    rows: int
    ragged: int = 0
    blank: int = 0
    figures: Mapping[int, int] = field(default_factory=dict)


class Body(Protocol):
    """Where the rows of a table come from: a text file, a sheet, a list in memory."""

    def rows(self, width: int) -> Iterator[Row]: ...

    def load(self, duck: duckdb.DuckDBPyConnection, name: str, width: int) -> Loaded: ...


@dataclass(frozen=True)
class Table:
    """What one file, sheet or packed file holds. Everything is text exactly as written there."""

    name: str
    header: list[str]
    raw_header: list[str]
    dialect: Dialect
    body: Body = field(repr=False)
    preamble: list[list[str]] = field(default_factory=list)
    footer: list[Row] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    # No spreadsheet wrote it: an apostrophe before a formula is part of the text.
    is_exact: bool = False
    # Where its encoding was guessed: that one, and others that fit, each with a few lines of the file.
    encodings: Mapping[str, list[str]] = field(default_factory=dict)
    # Its cells stand between delimiters.
    is_delimited: bool = False
    # What stands above the own name of each column, where the header has several lines: “Contact” of “Contact Email”.
    groups: list[str] = field(default_factory=list)

    @property
    def has_header(self) -> bool:
        return bool(self.raw_header)

    def numbered(self) -> Iterator[Row]:
        """Every row that is not blank, with its line and its fault."""
        return self.body.rows(len(self.header))

    def rows(self) -> Iterator[list[str]]:
        """The cells as they stand in the file: a ragged row keeps its own width."""
        return (row.cells for row in self.numbered())

    def lines(self) -> Iterator[int]:
        return (row.line for row in self.numbered())

    def into(self, duck: duckdb.DuckDBPyConnection, name: str) -> Loaded:
        """Make the DuckDB table `name`(line, c0, c1, ..., ragged) of all rows, in no promised order.

        What a short row lacks is NULL, an empty cell is ''. The connection must not be inside a transaction:
        a file that DuckDB cannot read is tried by DuckDB first, which would abort it.
        """
        return self.body.load(duck, name, len(self.header))


def names_of(raw: Sequence[str], width: int, *, is_exact: bool = False) -> list[str]:
    """Unique names for all columns: a missing one is called column_3, a repeated one gets a number.

    The apostrophe that keeps a spreadsheet from calculating a name is none of it, unless the names are exact.
    """
    names: list[str] = []
    taken: set[str] = set()
    padded = [*raw, *[""] * (width - len(raw))]
    for place, cell in enumerate(padded[:width], 1):
        said = cell if is_exact else texts.unguarded(cell)
        wanted = " ".join(said.split()) or f"column_{place}"
        name, again = wanted, 2
        while name.casefold() in taken:
            name, again = f"{wanted}_{again}", again + 1
        taken.add(name.casefold())
        names.append(name)
    return names
