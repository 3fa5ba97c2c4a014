"""The ways in which a list is written: CSV, JSON, a workbook for Excel, and Parquet."""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any

import orjson
import xlsxwriter

from crm.exports import cells
from crm.exports.parquet import as_parquet
from crm.exports.sheet import Sheet
from crm.ground import texts
from crm.ground.errors import InvalidError

BOM = b"\xef\xbb\xbf"
FIRST_DAY = date(1900, 3, 1)  # Excel knows no day before 1900, and thinks that year a leap year
MOST_ROWS, LONGEST_CELL = 1_048_575, 32_767
_WORKBOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class Layout(StrEnum):
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    PARQUET = "parquet"


def as_csv(sheet: Sheet, target: IO[bytes], *, bom: bool = False) -> int:
    """UTF-8, one row after the other as they are read; gives the number of rows. Excel wants the byte order mark."""
    target.write(BOM if bom else b"")
    text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([cells.harmless(column) for column in sheet.columns])
    rows = 0
    for rows, row in enumerate(sheet.rows, start=1):  # noqa: B007 -- counted
        writer.writerow([cells.harmless(cell) for cell in row])
    text.flush()
    text.detach()
    return rows


def as_json(sheet: Sheet, target: IO[bytes]) -> int:
    """A list of objects, one on each line."""
    rows = 0
    target.write(b"[")
    for rows, row in enumerate(sheet.rows, start=1):
        target.write(b"\n" if rows == 1 else b",\n")
        target.write(orjson.dumps(dict(zip(sheet.columns, row, strict=True)), default=cells.typed))
    target.write(b"\n]\n")
    return rows


def as_xlsx(sheet: Sheet, target: IO[bytes], *, author: str = "") -> int:
    """A workbook whose texts are texts: no formula, no link, no UID that became a number.

    Raises:
        InvalidError: more rows than a worksheet holds.
    """
    book = xlsxwriter.Workbook(target, _WORKBOOK)
    book.set_properties({"title": sheet.name, "author": author, "comments": "Exported from VIP Desk"})
    page = book.add_worksheet(sheet.name[:31])
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column)
    rows = 0
    for rows, row in enumerate(sheet.rows, start=1):
        if rows > MOST_ROWS:
            raise InvalidError("A worksheet holds {count} rows, and there are more; export as CSV.", count=MOST_ROWS)
        for place, cell in enumerate(row):
            _put(page, rows, place, cell)
    book.close()
    return rows


def _put(page: Any, row: int, place: int, cell: object) -> None:  # noqa: ANN401 -- a worksheet
    match cell:
        case None:
            return
        case bool():
            page.write_boolean(row, place, cell)
        case int() | float() | Decimal() if cells.fits_a_number(cell):
            page.write_number(row, place, cell)
        case date() if not isinstance(cell, datetime) and cell >= FIRST_DAY:
            page.write_datetime(row, place, cell)
        case _:
            written = cells.guarded(cell)
            cut = written if len(written) <= LONGEST_CELL else written[: LONGEST_CELL - len(texts.CUT)] + texts.CUT
            page.write_string(row, place, cut)


WRITERS: Mapping[Layout, Callable[[Sheet, IO[bytes]], int]] = {
    Layout.CSV: as_csv,
    Layout.JSON: as_json,
    Layout.XLSX: as_xlsx,
    Layout.PARQUET: as_parquet,
}
