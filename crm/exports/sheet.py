"""A list on its way out: its columns, and its rows one after the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sheet:
    """`items` are read once, as needed; `cells` lays one flat under the columns, `record` gives it as an object."""

    name: str
    columns: Sequence[str]
    items: Iterator[Any]
    cells: Callable[[Any], Sequence[object]]
    record: Callable[[Any], dict[str, object]]

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        return (self.cells(item) for item in self.items)

    @property
    def records(self) -> Iterator[dict[str, object]]:
        return (self.record(item) for item in self.items)


def flat(name: str, columns: Sequence[str], rows: Iterator[Sequence[object]]) -> Sheet:
    """A list whose rows are plain: the object has the columns as its fields."""
    return Sheet(name, columns, rows, _same, lambda row: dict(zip(columns, row, strict=True)))


def _same(row: Sequence[object]) -> Sequence[object]:
    return row
