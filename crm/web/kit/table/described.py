"""What a list consists of: its columns, what a cell holds, and by what its heads sort it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from streamlit.elements.lib.column_types import ColumnConfig

R = TypeVar("R")
WAYS = UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column of Streamlit, and what stands in it. A head without `order` and `by` sorts nothing.

    `order` is the name by which the rows are asked for in that order, `by` the value that sorts rows which are all at hand.
    With `opens` its cells are clicked; `taken` is what a file gets where the cell only abbreviates it. One that is not usual is
    shown to whoever chooses it, a fixed one always.
    """

    name: str
    shown: ColumnConfig
    cell: Callable[[R], object]
    order: str = ""
    by: Callable[[R], Any] | None = None  # whatever can be compared
    opens: Callable[[R], None] | None = None
    taken: Callable[[R], object] | None = None
    is_usual: bool = True
    is_fixed: bool = False

    @property
    def sorts_as(self) -> str:
        return self.order or (self.name if self.by else "")

    @property
    def title(self) -> str:
        return self.shown.get("label") or ""


@dataclass(frozen=True)
class Order:
    """By what a list is sorted."""

    by: str
    descending: bool = False

    @property
    def way(self) -> str:
        return DOWN if self.descending else UP


@dataclass(frozen=True)
class Table(Generic[R]):
    """A list under the name by which its widgets are known; `prefix` keeps two lists of one page apart in the address.

    `usual` is its order until somebody asks for another, `row_id` what makes a row the same row in the next run, `is_ticked`
    whether rows can be chosen, and `highest` from how many pixels on it scrolls in itself.
    """

    name: str
    columns: Sequence[Column[R]]
    usual: Order = Order("")
    row_id: Callable[[R], object] = repr
    is_ticked: bool = False
    prefix: str = ""
    alt: str | None = None
    highest: int | None = None


def turned(order: Order, by: str) -> Order:
    """What a click on a head asks for: sorted by it, or the other way round if the list is that already."""
    return Order(by, descending=order.by == by and not order.descending)


def arranged(rows: Iterable[R], columns: Sequence[Column[R]], order: Order) -> list[R]:
    """Rows that are all at hand in this order; equal ones as they came, those without a value last in both directions."""
    value = next((column.by for column in columns if column.by and column.sorts_as == order.by), None)
    if value is None:
        return list(rows)
    known: list[R] = []
    unknown: list[R] = []
    for row in rows:
        (unknown if value(row) in (None, "") else known).append(row)
    return [*sorted(known, key=lambda row: _folded(value(row)), reverse=order.descending), *unknown]


def _folded(value: Any) -> Any:  # noqa: ANN401 -- whatever can be compared
    return value.casefold() if isinstance(value, str) else value
