"""Tables on disk on their way from the process that read them: written there row by row, read here by DuckDB."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from crm.ground.errors import InvalidError
from crm.reading.loading import columns_of, quoted
from crm.reading.table import Figure, Loaded, Row

_BATCH_CELLS = 400_000
_BATCH_TEXT = 16_000_000  # letters
_FETCHED = 1_000
_COLUMNS, _TABLES = 5_000, 1_000  # at most


@dataclass(frozen=True)
class SpooledBody:
    """Rows in a Parquet file of ours: line, c0 to c(width - 1), what is wrong with the row, and its cells beyond the width."""

    path: Path
    loaded: Loaded
    keep: object = field(default=None, repr=False)

    def rows(self, width: int) -> Iterator[Row]:  # noqa: ARG002 -- it was decided when they were written
        from crm.db.engines import duckdb_config  # noqa: PLC0415 -- the process that writes them needs no store

        with _sound(), duckdb.connect(config=duckdb_config()) as duck:
            found = duck.execute(f"FROM {self._source()}")
            while batch := found.fetchmany(_FETCHED):
                for line, *cells, fault, surplus in batch:
                    own = [cell for cell in cells if cell is not None] if cells[-1:] == [None] else cells
                    yield Row(line, [*own, *json.loads(surplus)] if surplus else own, fault or "")

    def load(self, duck: duckdb.DuckDBPyConnection, name: str, width: int) -> Loaded:
        cells = "".join(f"c{place}, " for place in range(width))
        with _sound():
            duck.execute(
                f"CREATE OR REPLACE TABLE {quoted(name)} AS SELECT line, {cells}fault AS ragged FROM {self._source()}"
            )
        return self.loaded

    def _source(self) -> str:
        return "read_parquet('" + str(self.path).replace("'", "''") + "')"


@contextmanager
def _sound() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:  # no memory, or no room on the disk
        raise InvalidError("There is no room to read this file; split it, or save it as CSV.") from error


class TooWideError(InvalidError):
    """A table has more columns than any list; others of its file may be read."""


class Spool:
    """Where the tables of one file are written, as long as all their cells together hold no more text than a list may have."""

    def __init__(self, folder: Path, name: str, most_mb: int) -> None:
        self._left = most_mb * 1_000_000
        self._folder = folder
        self._name = name
        self.most_mb = most_mb
        self._count = 0

    @property
    def is_spent(self) -> bool:
        return self._left < 0 or self._count > _TABLES

    def keep(self, rows: Iterable[Row], width: int) -> SpooledBody:
        """Write the rows of one table.

        Raises:
            InvalidError: they hold too much text; an empty cell counts as one letter. Or there are too many tables.
            TooWideError: they have too many columns.
        """
        import pyarrow as pa  # noqa: PLC0415 -- only the process that writes needs it
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415

        self._check(width)
        path = self._folder / f"table{self._count}.parquet"
        names = [f"c{place}" for place in range(width)]
        texts = [(name, pa.string()) for name in (*names, "fault", "surplus")]
        schema = pa.schema([("line", pa.int64()), *texts])
        count, ragged, figures = 0, 0, Counter[int]()
        with ParquetWriter(path, schema, use_dictionary=False, write_statistics=False) as writer:
            for batch in self._batches(rows):
                columns = [*columns_of(batch, width), [_surplus(row.cells, width) for row in batch]]
                figures.update(_figures(columns[1:-2]))
                arrays = [pa.array(column) if not place else _array(column) for place, column in enumerate(columns)]
                writer.write_table(pa.table(arrays, schema=schema))
                count += len(batch)
                ragged += sum(bool(row.fault) for row in batch)
        return SpooledBody(path, Loaded(count, ragged, figures=dict(figures)))

    def _check(self, width: int) -> None:
        self._count += 1
        if self._count > _TABLES:
            raise InvalidError(
                "{name} holds more than {count} lists; send the lists inside it one by one.",
                name=self._name,
                count=_TABLES,
            )
        if width > _COLUMNS:
            raise TooWideError(
                "{name} has {count} columns and at most {most} are read; delete the empty columns in it, or save it as CSV.",
                name=self._name,
                count=width,
                most=_COLUMNS,
            )

    def _batches(self, rows: Iterable[Row]) -> Iterator[list[Row]]:
        batch: list[Row] = []
        cells = text = 0
        for row in rows:
            batch.append(row)
            cells += len(row.cells)
            text += sum(map(len, row.cells)) + len(row.cells)
            if cells > _BATCH_CELLS or text > _BATCH_TEXT:
                self._spend(text)
                yield batch
                batch, cells, text = [], 0, 0
        self._spend(text)
        if batch:
            yield batch

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise too_much(self._name, self.most_mb)


def too_much(name: str, most_mb: int) -> InvalidError:
    return InvalidError(
        "The cells of {name} hold more than {limit} MB of text; split it, or raise CRM_UPLOAD_LIMIT_MB.",
        name=name,
        limit=most_mb,
    )


def _array(column: list[str | None]) -> Any:  # noqa: ANN401 -- Arrow has no types
    """Half of a pair of signs, which JSON can write, is no letter."""
    import pyarrow as pa  # noqa: PLC0415

    try:
        return pa.array(column, pa.string())
    except UnicodeEncodeError:
        return pa.array([cell and cell.encode(errors="replace").decode() for cell in column], pa.string())


def _figures(columns: list[list[Any]]) -> dict[int, int]:
    """In which columns cells are numbers by their type, and how many."""
    counts = (sum(type(cell) is Figure for cell in column) for column in columns)
    return {place: count for place, count in enumerate(counts) if count}


def _surplus(cells: list[str], width: int) -> str | None:
    return json.dumps(cells[width:]) if len(cells) > width else None
