"""A table from rows that another reader gives: where it stands among them, and its body."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

import duckdb

from crm.ground.messages import Message
from crm.reading.framing import filled, footer_of, frame_of
from crm.reading.loading import fault_of, load_rows
from crm.reading.table import Dialect, Loaded, Row, Table, names_of

_HEAD = 300
_TAIL = 8


@dataclass(frozen=True)
class ListedBody:
    """Rows that `source` gives anew each time it is called, from line `first` to before line `last` (0: to the end)."""

    source: Callable[[], Iterator[Row]] = field(repr=False)
    first: int
    last: int
    usual: int
    keep: object = field(default=None, repr=False)

    def rows(self, width: int) -> Iterator[Row]:
        for row in self.source():
            if self.last and row.line >= self.last:
                return
            if row.line >= self.first and any(row.cells):
                yield Row(row.line, row.cells, row.fault or fault_of(row.cells, self.usual, width))

    def load(self, duck: duckdb.DuckDBPyConnection, name: str, width: int) -> Loaded:
        return load_rows(self.rows(width), duck, name, width)


def framed(name: str, source: Callable[[], Iterator[Row]], keep: object = None) -> Table | None:
    """Find the table among the rows; None where there is not a single cell."""
    rows = source()
    sample = list(islice(rows, _HEAD))
    tail = list(deque(chain(sample, rows), _TAIL))
    if not any(filled(row.cells) for row in sample + tail):
        return None
    frame = frame_of(sample)
    first = sample[frame.bottom].line if frame.bottom < len(sample) else tail[-1].line + 1
    below = [row for row in tail if row.line >= first]
    count = footer_of(below, frame.width)
    footer = below[-count:] if count else []
    width = max(frame.width, len(frame.header))
    return Table(
        name=name,
        header=names_of(frame.header, width),
        raw_header=frame.header,
        groups=frame.groups,
        dialect=Dialect(header_line=sample[frame.top].line if frame.header else 0),
        body=ListedBody(source, first, footer[0].line if footer else 0, frame.usual, keep),
        preamble=[row.cells for row in sample[: frame.top] if filled(row.cells)],
        footer=[row for row in footer if filled(row.cells)],
        notes=[]
        if frame.header
        else [Message("There is no header; the columns are called column_1, column_2 and so on.")],
    )


def named(name: str, header: list[str], source: Callable[[], Iterator[Row]], keep: object = None) -> Table:
    """A table whose columns have names of their own: JSON, Parquet."""
    return Table(
        name=name,
        header=names_of(header, len(header), is_exact=True),
        raw_header=header,
        dialect=Dialect(header_line=0),
        body=ListedBody(source, 0, 0, len(header), keep),
        is_exact=True,
    )
