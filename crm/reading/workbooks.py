"""Workbooks: XLSX, XLS, ODS. Cells as Excel shows them, without the noise of binary numbers; days as ISO."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

import python_calamine as calamine

from crm.ground import texts
from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.reading import cell_styles, long_texts
from crm.reading.cell_styles import Mark
from crm.reading.listed import ListedBody, framed
from crm.reading.table import Figure, Row, Table
from crm.reading.unpacking import Budget, measure

_CELLS = 40_000_000
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/>]>')
_EXACT = 2.0**53
T = TypeVar("T")


def read_workbook(path: Path, name: str, sheet: str | None, budget: Budget, keep: object = None) -> list[Table]:
    """One table of each visible sheet that has cells, or of the one asked for."""
    if path.open("rb").read(4) == b"PK\x03\x04":
        measure(path, name, budget)
        errors, is_merged = _check_extent(path, name)
    else:
        errors, is_merged = 0, True  # only reading the sheet tells
        _check_lock(path, name)
    sheets = _sheets(path, name)
    if sheet is not None and sheet not in sheets:
        raise InvalidError(
            "{name} has no sheet called {sheet}; it has {sheets}.", name=name, sheet=sheet, sheets=", ".join(sheets)
        )
    sources = {title: partial(_rows, path, name, title) for title in ([sheet] if sheet else sheets)}
    if texts.LONG_TEXTS in sheets[1:] and (rest := long_texts.rest_of(_rows(path, name, texts.LONG_TEXTS))):
        sources = {
            title: partial(long_texts.whole, source, rest)
            for title, source in sources.items()
            if title != texts.LONG_TEXTS
        }
    found = [framed(title, source, keep) for title, source in sources.items()]
    tables = [_spread(table, path, name) if is_merged else table for table in found if table is not None]
    tables = [replace(table, notes=[*table.notes, *_unread_formats(path)]) for table in tables]
    if not tables:
        raise InvalidError("{name} is empty: no sheet in it has a single filled cell.", name=name)
    if errors:
        said = Message(
            "Cells that hold an error of a formula, such as #N/A, are read as empty; in this workbook there are {count}.",
            count=errors,
        )
        tables = [replace(table, notes=[*table.notes, said]) for table in tables]
    return tables


def _unread_formats(path: Path) -> list[Message]:
    if zipfile.is_zipfile(path) or not cell_styles.has_marks_of_old(path):
        return []
    return [
        Message(
            "Some cells of this old workbook (.xls) show a number with zeros, a prefix or a currency that their format adds; "
            "it is read without them. Save it as .xlsx to have it read as it is shown."
        )
    ]


def _spread(table: Table, path: Path, name: str) -> Table:
    """A cell that is merged over several rows of the table says the same of each of them."""
    body = cast("ListedBody", table.body)
    with _book(path, name) as book:
        sheet = _guarded(name, lambda: book.get_sheet_by_name(table.name))
        ranges, start = sheet.merged_cell_ranges or [], sheet.start[1] if sheet.start else 0
    down = [
        (top, bottom, left - start)
        for (top, left), (bottom, right) in ranges
        if left == right and top + 1 >= body.first
    ]
    if not down:
        return table
    said = Message(
        "Cells that are merged over several rows are read in each of these rows; there are {count}.", count=len(down)
    )
    rows = partial(_spread_rows, body.source, down)
    return replace(table, body=replace(body, source=rows), notes=[*table.notes, said])


def _spread_rows(source: Callable[[], Iterator[Row]], down: list[tuple[int, int, int]]) -> Iterator[Row]:
    """`down`: first row, last row and column of each merged cell, counted from 0."""
    below = {(row, column): top for top, bottom, column in down for row in range(top + 1, bottom + 1)}
    tops = {(top, column) for top, _, column in down}
    said: dict[tuple[int, int], str] = {}
    for row in source():
        cells = list(row.cells)
        for column, cell in enumerate(cells):
            place = (row.line - 1, column)
            if place in tops:
                said[place] = cell
            elif place in below:
                cells[column] = said.get((below[place], column), cell)
        yield Row(row.line, cells, row.fault)


def _sheets(path: Path, name: str) -> list[str]:
    with _book(path, name) as book:
        shown = [meta.name for meta in book.sheets_metadata if meta.visible == calamine.SheetVisibleEnum.Visible]
        return shown or list(book.sheet_names)


def _rows(path: Path, name: str, title: str) -> Iterator[Row]:
    with _book(path, name) as book:
        sheet = _guarded(name, lambda: book.get_sheet_by_name(title))
        if sheet.start is None or not sheet.height:
            return
        rows = sheet.iter_rows()
        marks = cell_styles.marks(path, title) if zipfile.is_zipfile(path) else iter(())
        yield from _formatted(rows, marks, sheet.start[1])


def _formatted(rows: Iterable[Sequence[object]], marks: Iterator[Mark], left: int) -> Iterator[Row]:
    """Numbers as their formats show them; `left` is the first column that is not empty."""
    mark = next(marks, None)
    for place, cells in enumerate(rows):
        texts = [shown(cell) for cell in cells]
        while mark and mark[0] <= place:
            row, column, number_format = mark
            if row == place and 0 <= column - left < len(cells):
                cell = cells[column - left]
                if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                    texts[column - left] = number_format.shown(cell, texts[column - left])
            mark = next(marks, None)
        yield Row(place + 1, texts)


def _book(path: Path, name: str) -> calamine.CalamineWorkbook:
    return _guarded(name, lambda: calamine.CalamineWorkbook.from_path(str(path)))


def _guarded(name: str, act: Callable[[], T]) -> T:
    try:
        return act()
    except calamine.PasswordError as error:
        raise InvalidError(
            "{name} is locked with a password; unlock it in Excel and save it again.", name=name
        ) from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        raise InvalidError(
            "{name} is a workbook that cannot be read: it is damaged or cut off. Open it in Excel and save "
            "it again as XLSX.",
            name=name,
        ) from error


def _check_lock(path: Path, name: str) -> None:
    head = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in head:
        raise InvalidError("{name} is locked with a password; unlock it in Excel and save it again.", name=name)
    if "WordDocument".encode("utf-16-le") in head and "Workbook".encode("utf-16-le") not in head:
        raise InvalidError("{name} is a Word document, not a list; export the list itself as CSV or XLSX.", name=name)


def _check_extent(path: Path, name: str) -> tuple[int, bool]:
    """A single cell in the last corner would make a range of billions of cells.

    Gives how many cells are errors, and whether any are merged.
    """
    errors, is_merged = 0, False
    with zipfile.ZipFile(path) as packed:
        for member in packed.namelist():
            if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", member):
                continue
            rows, columns, wrong, merged = _extent(packed, member)
            errors, is_merged = errors + wrong, is_merged or merged
            if rows * columns > _CELLS:
                raise InvalidError(
                    "{name} has a sheet of {rows} rows and {columns} columns; delete the empty rows and columns in "
                    "it, or save it as CSV.",
                    name=name,
                    rows=rows,
                    columns=columns,
                )
    return errors, is_merged


def _extent(packed: zipfile.ZipFile, member: str) -> tuple[int, int, int, bool]:
    """Its last row, its last column, how many of its cells are errors, and whether any are merged."""
    rows, columns, errors, is_merged, rest = 0, 0, 0, False, b""
    with packed.open(member) as file:
        while chunk := file.read(1 << 20):
            text = rest + chunk
            found = _CELL.findall(text)
            if found:
                rows = max(rows, int(found[-1][1]))
                columns = max(columns, *(_column(letters) for letters in {letters for letters, _ in found}))
            errors += chunk.count(b' t="e"')
            is_merged = is_merged or b"<mergeCell" in text
            rest = text[-64:]
    return rows, columns, errors, is_merged


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def shown(cell: object) -> str:
    """A cell as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return Figure(_number(cell))
    if isinstance(cell, (dt.datetime, dt.date, dt.time)):
        return _moment(cell)
    if isinstance(cell, dt.timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(cell)


def _moment(cell: dt.datetime | dt.date | dt.time) -> str:
    if isinstance(cell, dt.time):
        return _rounded(dt.datetime.combine(dt.date.min, cell)).time().isoformat()
    if not isinstance(cell, dt.datetime):
        return cell.isoformat()
    whole = _rounded(cell)
    return whole.date().isoformat() if whole.time() == dt.time() else whole.isoformat(sep=" ")


def _rounded(moment: dt.datetime) -> dt.datetime:
    """To seconds: a part of a day is no whole number of them."""
    return moment.replace(microsecond=0) + dt.timedelta(seconds=moment.microsecond >= 500_000)  # noqa: PLR2004


def _number(cell: float) -> str:
    """A whole number as it is; beyond what is exact, and of others, fifteen digits, as Excel keeps them; never an exponent."""
    if isinstance(cell, int) or (cell.is_integer() and abs(cell) < _EXACT):
        return str(int(cell))
    text = f"{cell:.15g}"
    return format(Decimal(text), "f") if "e" in text and abs(cell) < 1e30 and abs(cell) > 1e-9 else text  # noqa: PLR2004
