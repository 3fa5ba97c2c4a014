"""Tables in markup: HTML that an exchange called .xls, and the XML workbooks of Excel 2003."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from crm.ground.errors import InvalidError
from crm.reading.encoding import encoding_of
from crm.reading.listed import framed
from crm.reading.spool import Spool
from crm.reading.survey import walk
from crm.reading.table import Row, Table

_LARGEST = 100_000_000
# A whole page ends with no tag that is still open, one that was cut off with one; the parser looks for the end of each anew.
_UNFINISHED = 50_000_000  # letters from there to the end, times tags among them
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ROWS, _CELLS = {"tr", "row", "ss:row"}, {"td", "th", "cell", "ss:cell"}
_TABLES, _UNSEEN = {"table", "ss:table"}, {"script", "style"}
_WIDEST = 2000
_MOST_CELLS = 20_000_000


def read_markup(path: Path, name: str, spool: Spool) -> list[Table]:
    """Every table of a page that holds a filled cell.

    Raises:
        InvalidError: there is none; it is a page to be looked at, a picture, or too large.
    """
    if path.stat().st_size > _LARGEST:
        raise InvalidError("{name} is too large for a web page; save it as XLSX or CSV.", name=name)
    pages = _Pages(name)
    pages.feed(_text(path))
    if len(pages.rawdata) * pages.rawdata.count("<") > _UNFINISHED:
        raise InvalidError("{name} is damaged or was cut off on its way; fetch it again and try once more.", name=name)
    pages.close()
    found = [framed(f"Table {place}", _numbered(rows), spool) for place, rows in enumerate(pages.tables, 1)]
    tables = [table for table in found if table is not None]
    if not tables:
        raise InvalidError(
            "{name} is a web page without a table, perhaps of a sign-in; export the list again as CSV or XLSX.",
            name=name,
        )
    return tables


def _numbered(rows: list[Row]) -> Iterator[Row]:
    return (Row(place, row.cells) for place, row in enumerate(rows, 1))


def _text(path: Path) -> str:
    content = path.read_bytes()
    declared = _CHARSET.search(content[:2000])
    encoding = declared.group(1).decode("ascii") if declared and content[:2] not in (b"\xff\xfe", b"\xfe\xff") else ""
    try:
        return content.decode(encoding or "utf-8-sig")
    except (LookupError, UnicodeError):
        return content.decode((encoding_of(walk(path)) or "utf-8").split("+")[0], "replace")


class _Pages(HTMLParser):
    """Collects rows of cells; a table inside a cell is read as further rows of the outer one."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[Row]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1
        self._hidden = 0
        self._count = 0
        self._name = name

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TABLES and self._row is None:
            self.tables.append([])
        elif tag in _ROWS:
            self._end_row()
            self._row = []
        elif tag in _CELLS:
            self._begin_cell(dict(attrs))
        elif tag in _UNSEEN:
            self._hidden += 1
        elif tag in ("br", "p") and self._cell:
            self._cell.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS:
            self._end_cell()
        elif tag in _ROWS or tag in _TABLES:
            self._end_row()
        elif tag in _UNSEEN:
            self._hidden = max(0, self._hidden - 1)

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _begin_cell(self, told: dict[str, str | None]) -> None:
        """`ss:Index` leaves cells out that are empty; `colspan` makes one as wide as several."""
        self._end_cell()
        self._row = [] if self._row is None else self._row
        place = _number(told.get("ss:index"), len(self._row) + 1)
        self._row += [""] * min(place - 1 - len(self._row), _WIDEST)
        self._cell, self._span = [], min(_number(told.get("colspan") or told.get("ss:mergeacross"), 1), _WIDEST)

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row += ["".join(self._cell).replace("\xa0", " ").strip(), *[""] * (self._span - 1)]
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            if not self.tables:
                self.tables.append([])
            self.tables[-1].append(Row(0, self._row))
            self._count += len(self._row)
            if self._count > _MOST_CELLS:
                raise InvalidError("{name} is too large for a web page; save it as XLSX or CSV.", name=self._name)
        self._row = None


def _number(told: str | None, otherwise: int) -> int:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 6 else otherwise  # noqa: PLR2004
