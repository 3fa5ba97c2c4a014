"""Rows from our own parser into DuckDB, in batches of bounded size."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

import duckdb

from crm.ground.messages import Message
from crm.reading.table import Loaded, Row

_BATCH_CELLS = 500_000
_FEW = 2_000


def fault_of(cells: list[str], usual: int, width: int) -> str:
    """What is wrong with the number of cells as a stored message, or "". Empty surplus cells are nothing; the surplus is never lost."""
    count = len(cells)
    if count == width or min(usual, width) <= count <= width:
        return ""
    if count < width:
        one = "{count} cell instead of {usual}: the row is cut off, or a delimiter is missing"
        many = "{count} cells instead of {usual}: the row is cut off, or a delimiter is missing"
        return Message(many, one=one, count=count, usual=usual).stored()
    surplus = " | ".join(cell for cell in cells[width:] if cell)
    if not surplus:
        return ""
    return Message(
        "{count} cells instead of {usual}, too many: {surplus}", count=count, usual=width, surplus=surplus
    ).stored()


def load_rows(rows: Iterable[Row], duck: duckdb.DuckDBPyConnection, name: str, width: int) -> Loaded:
    """Make the table and fill it."""
    columns = "".join(f"c{place} VARCHAR, " for place in range(width))
    duck.execute(f"CREATE OR REPLACE TABLE {quoted(name)} (line BIGINT, {columns}ragged VARCHAR)")
    return add_rows(rows, duck, name, width)


def add_rows(rows: Iterable[Row], duck: duckdb.DuckDBPyConnection, name: str, width: int) -> Loaded:
    rest, count, ragged = iter(rows), 0, 0
    while batch := list(islice(rest, max(1, _BATCH_CELLS // (width + 2)))):
        columns = columns_of(batch, width)
        if len(batch) <= _FEW:
            _add_few(columns, duck, name)
        else:
            _add_many(columns, duck, name)
        count += len(batch)
        ragged += sum(bool(row.fault) for row in batch)
    return Loaded(count, ragged)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def columns_of(batch: list[Row], width: int) -> list[list[Any]]:
    """Lines, so many columns of cells (None beyond the end of a short row), and what is wrong with each row or None."""
    padded = [_fitted(row.cells, width) for row in batch]
    cells = [list(column) for column in zip(*padded, strict=True)]
    return [[row.line for row in batch], *cells, [row.fault or None for row in batch]]


def _add_few(columns: list[list[Any]], duck: duckdb.DuckDBPyConnection, name: str) -> None:
    """Without Arrow, whose first use takes a second."""
    kinds = ["BIGINT[]", *["VARCHAR[]"] * (len(columns) - 1)]
    values = ", ".join(f"unnest(?::{kind})" for kind in kinds)
    duck.execute(f"INSERT INTO {quoted(name)} SELECT {values}", columns)


def _add_many(columns: list[list[Any]], duck: duckdb.DuckDBPyConnection, name: str) -> None:
    import pyarrow as pa  # noqa: PLC0415 -- half a second that the start does not wait for

    arrays = [pa.array(columns[0], pa.int64()), *[pa.array(column, pa.string()) for column in columns[1:]]]
    duck.register("crm_batch", pa.table(arrays, names=[f"a{place}" for place in range(len(arrays))]))
    duck.execute(f"INSERT INTO {quoted(name)} SELECT * FROM crm_batch")
    duck.unregister("crm_batch")


def _fitted(cells: list[str], width: int) -> list[str | None]:
    if len(cells) == width:
        return list(cells)
    return [*cells[:width], *[None] * (width - len(cells))]
