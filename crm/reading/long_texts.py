"""Texts that our own workbooks had to spread over two sheets, put together again."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from crm.ground import texts
from crm.reading.table import Row

_BEGUN = re.compile(re.escape(texts.CONTINUED).replace(re.escape("{number}"), r"(\d+)") + "$")


def rest_of(rows: Iterator[Row]) -> Mapping[str, str]:
    """The rest of each text by its number, from the sheet of long texts; nothing where somebody else calls a sheet so."""
    first = next(rows, None)
    if not first or first.cells != texts.LONG_TEXTS_HEADER:
        return {}
    rest: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        number, part = row.cells
        rest[number].append(part)
    return {number: "".join(parts) for number, parts in rest.items()}


def whole(source: Callable[[], Iterator[Row]], rest: Mapping[str, str]) -> Iterator[Row]:
    """The rows with every text that is told to go on there."""
    for row in source():
        yield Row(row.line, [_whole(cell, rest) for cell in row.cells], row.fault)


def _whole(cell: str, rest: Mapping[str, str]) -> str:
    if not cell.endswith(texts.CUT):
        return cell
    begun = _BEGUN.search(cell)
    return cell[: begun.start()] + rest[begun[1]] if begun and begun[1] in rest else cell
