"""DuckDB reads a large clean file by itself; what it refuses is read by us, and every line is accounted for."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import uuid4

import duckdb

from crm.reading.loading import add_rows, fault_of, quoted
from crm.reading.splitting import Splitter
from crm.reading.survey import Survey
from crm.reading.table import Dialect, Loaded, Row

_REFUSED = 20_000
_COMPARED = 50
# Bytes of a line and of a buffer: a thread takes a buffer at a time, and a small file is to keep all of them busy.
_LARGE = 64_000_000
_SMALL_BUFFERS, _LARGE_BUFFERS = (4_000_000, 8_000_000), (16_000_000, 32_000_000)
_CONTEXT = 1 << 16


class _Region(NamedTuple):
    line: int
    height: int
    rows: list[Row]


@dataclass(frozen=True)
class Stretch:
    """The lines of a UTF-8 file that hold the rows: from `first` to before `last` (0: to the end)."""

    path: Path
    dialect: Dialect
    survey: Survey
    first: int
    last: int
    usual: int

    @property
    def end(self) -> str:
        """What ends a line, as a single character."""
        return "\r" if self.dialect.line_end == "\r" else "\n"


class Direct:
    """One file on its way into one table."""

    def __init__(self, duck: duckdb.DuckDBPyConnection, name: str, width: int, stretch: Stretch) -> None:
        self._duck = duck
        self._name = name
        self._table = quoted(name)
        self._width = width
        self._from = stretch
        self._refusals = f"crm_refused_{uuid4().hex}"

    def load(self, expected: list[Row]) -> Loaded | None:
        """None where DuckDB does not read the file as we do; then the table must be filled by our own parser.

        In one transaction: what is set right in a table that stands already is kept beside it, and packed later at some cost.
        """
        self._duck.begin()
        loaded = None
        try:
            loaded = self._loaded(expected)
        finally:
            if loaded:
                self._duck.commit()
            else:
                self._duck.rollback()
        return loaded

    def _loaded(self, expected: list[Row]) -> Loaded | None:
        try:
            self._read()
            regions = self._refused()
        except duckdb.Error:
            return None
        finally:
            self._forget()
        if regions is None or not self._number(regions) or not self._agrees(expected):
            return None
        ragged = self._add(regions)
        blank = self._drop_blank()
        if self._from.last:
            self._duck.execute(f"DELETE FROM {self._table} WHERE line >= {self._from.last}")
        return Loaded(self._number_of("count(*)"), ragged, blank)

    def _read(self) -> None:
        dialect = self._from.dialect
        columns = [f"c{place}" for place in range(self._width)]
        longest, buffer = _LARGE_BUFFERS if self._from.path.stat().st_size > _LARGE else _SMALL_BUFFERS
        source = f"""read_csv({_text(str(self._from.path))}, auto_detect = false, header = false, skip = {self._from.first - 1},
            delim = {_text(dialect.delimiter)}, quote = {_text(dialect.quote)},
            escape = {_text(dialect.escape or dialect.quote)}, new_line = {_line_end(dialect.line_end)},
            columns = {{{", ".join(f"'{column}': 'VARCHAR'" for column in columns)}}}, force_not_null = {columns},
            max_line_size = {longest}, buffer_size = {buffer}, store_rejects = true, rejects_limit = {_REFUSED},
            rejects_table = '{self._refusals}', rejects_scan = '{self._refusals}_scan')"""
        self._duck.execute(
            f"CREATE OR REPLACE TABLE {self._table} AS SELECT 0::BIGINT AS line, *, NULL::VARCHAR AS ragged FROM {source}"
        )

    def _refused(self) -> list[_Region] | None:
        """Regions of the file that DuckDB left out; None where they are too many or unclear."""
        found = self._duck.execute(
            f"SELECT line_byte_position - 1, any_value(csv_line) FROM {self._refusals} GROUP BY 1 ORDER BY 1"
        ).fetchall()
        if len(found) >= _REFUSED:
            return None
        end = self._from.end.encode()
        regions: list[_Region] = []
        line, place = 1, 0
        with self._from.path.open("rb") as file:
            for begun, whole in found:
                # Behind CR LF, DuckDB counts the LF to the next line.
                text = whole.removeprefix("\n")
                start = begun + len(whole) - len(text)
                file.seek(place)
                line += _count(file, start - place, end)
                place = start
                file.seek(place)
                region = self._region(file.read(len(text.encode()) + _CONTEXT), text, line)
                if region is None:
                    return None
                regions.append(region)
        return regions

    def _region(self, content: bytes, text: str, line: int) -> _Region | None:
        """What our parser makes of a region; None where it does not end where DuckDB goes on."""
        if not content.startswith(text.encode()):
            return None
        end = self._from.end
        height = text.rstrip("\r\n").count(end) + 1
        lines = content.decode("utf-8", "ignore").split(end)
        rows: list[Row] = []
        for row in Splitter(self._from.dialect, self._from.usual).rows(f"{part}{end}" for part in lines):
            if row.line > height:
                return _Region(line, height, rows) if row.line == height + 1 else None
            fault = row.fault or fault_of(row.cells, self._from.usual, self._width)
            rows.append(Row(row.line + line - 1, row.cells, fault))
        return _Region(line, height, rows) if len(lines) <= height + 1 else None

    def _forget(self) -> None:
        try:
            self._duck.execute(f"DROP TABLE IF EXISTS {self._refusals}; DROP TABLE IF EXISTS {self._refusals}_scan")
        except duckdb.Error:
            return

    def _number(self, regions: list[_Region]) -> bool:
        """Give every row its line; False where rows and lines do not add up, so that something must have been lost."""
        first, expected = self._from.first, self._from.survey.lines
        begun = self._number_of("coalesce(min(rowid), 0)")  # far from 0 as long as the rows are only this transaction's
        self._duck.execute(f"UPDATE {self._table} SET line = rowid - {begun} + {first}")
        lines = first - 1 + self._number_of("count(*)") + sum(region.height for region in regions)
        if lines != expected and lines + self._shift_by_inside(self._from.end) != expected:
            return False
        if regions:
            self._shift_by_regions(regions)
        return True

    def _shift_by_inside(self, end: str) -> int:
        """Rows behind one with line ends inside its cells stand so many lines further down; gives how many there are."""
        mark = f"chr({ord(end)})"
        inside = " + ".join(
            f"CASE WHEN contains(c{p}, {mark}) THEN length(c{p}) - length(replace(c{p}, {mark}, '')) ELSE 0 END"
            for p in range(self._width)
        )
        self._duck.execute(
            f"""CREATE OR REPLACE TEMP TABLE crm_shift AS SELECT place, sum(height) OVER (ORDER BY place) AS shift
                FROM (SELECT line AS place, {inside} AS height FROM {self._table}) WHERE height > 0"""
        )
        found = self._duck.execute("SELECT coalesce(max(shift), 0) FROM crm_shift").fetchone()
        self._shift(">")
        return int(found[0]) if found else 0

    def _shift_by_regions(self, regions: list[_Region]) -> None:
        self._duck.execute("CREATE OR REPLACE TEMP TABLE crm_shift (place BIGINT, shift BIGINT)")
        gone, shifts = 0, {}
        for region in regions:
            place = region.line - gone
            gone += region.height
            shifts[place] = gone
        self._duck.executemany("INSERT INTO crm_shift VALUES (?, ?)", [list(pair) for pair in shifts.items()])
        self._shift(">=")

    def _shift(self, after: str) -> None:
        self._duck.execute(
            f"""UPDATE {self._table} SET line = line + moved.shift
                FROM (SELECT t.rowid AS row, s.shift FROM {self._table} t ASOF JOIN crm_shift s ON t.line {after} s.place) moved
                WHERE {self._table}.rowid = moved.row"""
        )
        self._duck.execute("DROP TABLE crm_shift")

    def _agrees(self, expected: list[Row]) -> bool:
        """Our own parser must read the first rows the same way."""
        if not expected:
            return True
        found = self._duck.execute(
            f"SELECT * FROM {self._table} WHERE line <= {expected[-1].line} ORDER BY line"
        ).fetchall()
        ours = {row.line: row.cells for row in expected if not row.fault and any(row.cells)}
        theirs = {row[0]: list(row[1:-1]) for row in found if any(row[1:-1])}
        return all(_same(ours[line], theirs[line]) for line in ours.keys() & theirs.keys()) and len(theirs) >= len(ours)

    def _add(self, regions: list[_Region]) -> int:
        rows = (row for region in regions for row in region.rows if row.fault or any(row.cells))
        return add_rows(rows, self._duck, self._name, self._width).ragged

    def _drop_blank(self) -> int:
        empty = " AND ".join(f"c{place} = ''" for place in range(self._width))
        blank = self._number_of("count(*)", f"WHERE {empty} AND ragged IS NULL")
        if blank:
            self._duck.execute(f"DELETE FROM {self._table} WHERE {empty} AND ragged IS NULL")
        return blank

    def _number_of(self, expression: str, where: str = "") -> int:
        found = self._duck.execute(f"SELECT {expression} FROM {self._table} {where}").fetchone()
        return int(found[0]) if found else 0


def _same(ours: list[str], theirs: list[str | None]) -> bool:
    padded = [*ours, *[""] * (len(theirs) - len(ours))][: len(theirs)]
    return padded == [cell or "" for cell in theirs]


def _count(file: BinaryIO, size: int, end: bytes) -> int:
    found = 0
    while size > 0:
        chunk = file.read(min(size, 1 << 22))
        found += chunk.count(end)
        size -= len(chunk)
        if not chunk:
            break
    return found


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _line_end(end: str) -> str:
    return _text(json.dumps(end)[1:-1])
