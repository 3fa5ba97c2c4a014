"""Parquet: measured first, for a file of a few letters may say one long text a million times."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from crm.ground.errors import InvalidError
from crm.reading.limits import Limits
from crm.reading.listed import named
from crm.reading.records import as_text
from crm.reading.spool import Spool, too_much
from crm.reading.table import Figure, Row, Table

_COUNTED = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$|INTEGER|DECIMAL|DOUBLE|FLOAT")
_MOST_ROWS = 10_000  # fetched at once
_FETCHED = 8_000_000  # letters


def read_parquet(path: Path, name: str, spool: Spool, limits: Limits) -> Table:
    """Raises InvalidError where it is damaged, or holds more text than a list may."""
    source = "read_parquet('" + str(path).replace("'", "''") + "')"
    try:
        with duckdb.connect(config=_config(path, limits)) as duck:
            columns = duck.execute(f"DESCRIBE FROM {source}").fetchall()
            texts = [_as_text(column, kind) for column, kind, *_ in columns]
            longest = _measured(duck, source, columns, name, limits)
            kinds = [bool(_COUNTED.match(kind)) for _, kind, *_ in columns]
            found = duck.execute(f"SELECT {', '.join(texts)} FROM {source}")
            rows = _rows(found, kinds, max(1, min(_MOST_ROWS, _FETCHED // max(1, longest))))
            return named(name, [row[0] for row in columns], rows, spool)
    except duckdb.OutOfMemoryException as error:
        raise MemoryError from error
    except duckdb.Error as error:
        raise InvalidError(
            "{name} is a Parquet file that cannot be read: it is damaged or cut off; fetch it again.", name=name
        ) from error


def _config(path: Path, limits: Limits) -> dict[str, Any]:
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": 1,
        "memory_limit": f"{limits.memory_mb // 2}MB",
        "temp_directory": str(path.parent),
    }


def _measured(
    duck: duckdb.DuckDBPyConnection, source: str, columns: list[tuple[str, ...]], name: str, limits: Limits
) -> int:
    """How many bytes the longest row can have."""
    sizes = [f"strlen(CAST({_quoted(column)} AS VARCHAR))" for column, *_ in columns]
    sums = " + ".join(f"coalesce(sum({size}), 0)" for size in sizes)
    most = " + ".join(f"coalesce(max({size}), 0)" for size in sizes)
    found = duck.execute(f"SELECT count(*) * {len(columns)} + {sums}, {most} FROM {source}").fetchall()
    total, longest = found[0]
    if total > limits.text_mb * 1_000_000:
        raise too_much(name, limits.text_mb)
    return int(longest)


def _as_text(column: str, kind: str) -> str:
    return _quoted(column) if kind == "VARCHAR[]" else f"CAST({_quoted(column)} AS VARCHAR)"


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _rows(found: duckdb.DuckDBPyConnection, kinds: list[bool], size: int) -> Iterator[Row]:
    line = 0
    while batch := found.fetchmany(size):
        for cells in batch:
            line += 1
            yield Row(line, [_cell(cell, is_number) for cell, is_number in zip(cells, kinds, strict=True)])


def _cell(cell: object, is_number: bool) -> str:  # noqa: FBT001 -- one for each column
    text = cell if isinstance(cell, str) else as_text(cell)
    return Figure(text) if is_number and text else text
