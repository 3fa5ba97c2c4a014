"""A table from rows that another reader gives once, one after the other: where it stands among them, and what is left out."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import chain, islice

from crm.ground.messages import Message
from crm.reading.framing import filled, footer_of, frame_of
from crm.reading.loading import fault_of
from crm.reading.spool import Spool
from crm.reading.table import Dialect, Row, Table, names_of

_HEAD = 300
_TAIL = 8

# Rows of the table, from the line it begins at, as they are to be read.
Change = Callable[[int, Iterator[Row]], Iterator[Row]]


def framed(name: str, rows: Iterator[Row], spool: Spool, change: Change | None = None) -> Table | None:
    """Find the table among the rows; None where there is not a single cell."""
    sample = list(islice(rows, _HEAD))
    frame = frame_of(sample)
    first = sample[frame.bottom].line if frame.bottom < len(sample) else 1 + max((r.line for r in sample), default=0)
    width = max(frame.width, len(frame.header))
    footer: list[Row] = []
    body = _without_footer(chain(sample[frame.bottom :], rows), frame.width, footer)
    kept = spool.keep(_filled(change(first, body) if change else body, frame.usual, width), width)
    if not kept.loaded.rows and not any(filled(row.cells) for row in [*sample, *footer]):
        return None
    return Table(
        name=name,
        header=names_of(frame.header, width),
        raw_header=frame.header,
        groups=frame.groups,
        dialect=Dialect(header_line=sample[frame.top].line if frame.header else 0),
        body=kept,
        preamble=[row.cells for row in sample[: frame.top] if filled(row.cells)],
        footer=[row for row in footer if filled(row.cells)],
        notes=[]
        if frame.header
        else [Message("There is no header; the columns are called column_1, column_2 and so on.")],
    )


def named(name: str, header: list[str], rows: Iterator[Row], spool: Spool) -> Table:
    """A table whose columns have names of their own: JSON, Parquet, contact cards."""
    return Table(
        name=name,
        header=names_of(header, len(header), is_exact=True),
        raw_header=header,
        dialect=Dialect(header_line=0),
        body=spool.keep(_filled(rows, len(header), len(header)), len(header)),
        is_exact=True,
    )


def _filled(rows: Iterator[Row], usual: int, width: int) -> Iterator[Row]:
    """Without blank rows; those of another width are marked."""
    for row in rows:
        if any(row.cells):
            yield Row(row.line, row.cells, row.fault or fault_of(row.cells, usual, width))


def _without_footer(rows: Iterator[Row], width: int, footer: list[Row]) -> Iterator[Row]:
    """What stands below the table is known at its end, and put into `footer`."""
    held: deque[Row] = deque()
    for row in rows:
        held.append(row)
        if len(held) > _TAIL:
            yield held.popleft()
    last = list(held)
    count = footer_of(last, width)
    footer += last[len(last) - count :]
    yield from last[: len(last) - count]
