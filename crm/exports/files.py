"""The ways in which a list is written: CSV, JSON, a workbook for Excel, and Parquet."""

import csv
import io
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import IO

import orjson

from crm.exports import cells
from crm.exports.parquet import as_parquet
from crm.exports.sheet import Sheet
from crm.exports.workbook import as_xlsx

BOM = b"\xef\xbb\xbf"


class Layout(StrEnum):
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    PARQUET = "parquet"


def as_csv(sheet: Sheet, target: IO[bytes], *, bom: bool = False) -> int:
    """UTF-8, one row after the other as they are read; gives the number of rows. Excel wants the byte order mark."""
    target.write(BOM if bom else b"")
    text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(_Lines(text))
    writer.writerow([cells.harmless(column) for column in sheet.columns])
    rows = 0
    for rows, row in enumerate(sheet.rows, start=1):  # noqa: B007 -- counted
        writer.writerow([cells.harmless(cell) for cell in row])
    text.flush()
    text.detach()
    return rows


class _Lines:
    """Rows that end in a line feed; told so, the writer would leave a carriage return inside a text unquoted."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text

    def write(self, row: str) -> None:
        self._text.write(row.removesuffix("\r\n") + "\n")


def as_json(sheet: Sheet, target: IO[bytes]) -> int:
    """A list of objects, one on each line."""
    rows = 0
    target.write(b"[")
    for rows, row in enumerate(sheet.rows, start=1):
        target.write(b"\n" if rows == 1 else b",\n")
        target.write(orjson.dumps(dict(zip(sheet.columns, row, strict=True)), default=cells.typed))
    target.write(b"\n]\n")
    return rows


WRITERS: Mapping[Layout, Callable[[Sheet, IO[bytes]], int]] = {
    Layout.CSV: as_csv,
    Layout.JSON: as_json,
    Layout.XLSX: as_xlsx,
    Layout.PARQUET: as_parquet,
}
