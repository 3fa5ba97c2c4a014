"""A list as a workbook for Excel: texts stay texts, and what is too long for a cell goes on in a sheet of its own."""

from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from crm.exports import cells
from crm.exports.sheet import Sheet
from crm.ground import texts
from crm.ground.errors import InvalidError

FIRST_DAY = date(1900, 3, 1)  # Excel knows no day before 1900, and thinks that year a leap year
MOST_ROWS, LONGEST_CELL = 1_048_575, 32_767
PART = 16_000  # signs: of two halves each, as Excel counts an emoji, they still fit into a cell
_WORKBOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def as_xlsx(sheet: Sheet, target: IO[bytes]) -> int:
    """A workbook whose texts are texts: no formula, no link, no UID that became a number. Its properties say who took it.

    Raises:
        InvalidError: more rows than a worksheet holds.
    """
    book = xlsxwriter.Workbook(target, _WORKBOOK)
    book.set_properties({"title": sheet.name, "author": sheet.taken_by, "comments": "Exported from VIP Desk"})
    page = _page(book, sheet.name[:31], sheet.columns)
    long_texts = _LongTexts(book)
    rows = 0
    for rows, row in enumerate(sheet.rows, start=1):
        if rows > MOST_ROWS:
            raise InvalidError("A worksheet holds {count} rows, and there are more; export as CSV.", count=MOST_ROWS)
        for place, cell in enumerate(row):
            _put(page, rows, place, cell, long_texts)
    book.close()
    return rows


def _page(book: Any, name: str, header: Any) -> Any:  # noqa: ANN401 -- a workbook and its worksheet
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    for place, column in enumerate(header):
        page.write_string(0, place, column)
    return page


class _LongTexts:
    """The sheet for the rest of long texts, which is there once one is needed; the importer puts them together again."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401
        self._book = book
        self._page: Any = None
        self._count = self._rows = 0

    def begun(self, text: str) -> str:
        """What the cell itself holds of a text."""
        self._page = self._page or _page(self._book, texts.LONG_TEXTS, texts.LONG_TEXTS_HEADER)
        self._count += 1
        for start in range(PART, len(text), PART):
            self._rows += 1
            self._page.write_number(self._rows, 0, self._count)
            self._page.write_string(self._rows, 1, text[start : start + PART])
        return text[:PART] + texts.CONTINUED.format(number=self._count)


def _put(page: Any, row: int, place: int, cell: object, long_texts: _LongTexts) -> None:  # noqa: ANN401
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
            page.write_string(row, place, written if _fits(written) else long_texts.begun(written))


def _fits(text: str) -> bool:
    return len(text) <= PART or len(text.encode("utf-16-le")) <= LONGEST_CELL * 2
