"""Workbooks: XLSX, XLS, ODS. Cells as Excel shows them, without the noise of binary numbers; days as ISO."""

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import python_calamine as calamine

from crm.ground import texts
from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.reading import cell_styles, extent, long_texts
from crm.reading.cell_styles import Mark
from crm.reading.listed import framed
from crm.reading.merges import Merges
from crm.reading.spool import Spool, TooWideError
from crm.reading.table import Figure, Row, Table
from crm.reading.unpacking import Budget, measure

_EXACT = 2.0**53


def read_workbook(path: Path, name: str, sheet: str | None, budget: Budget, spool: Spool) -> list[Table]:
    """One table of each visible sheet that has cells, or of the one asked for."""
    if path.open("rb").read(4) == b"PK\x03\x04":
        measure(path, name, budget)
        errors = extent.checked(path, name, spool.most_mb)
    else:
        errors = 0
        _check_lock(path, name)
    with _guarded(name), calamine.CalamineWorkbook.from_path(str(path)) as book:
        found = list(_tables(book, _Source(path, name), sheet, spool))
    tables = [one for one in found if isinstance(one, Table)]
    refused = [one for one in found if isinstance(one, Message)]
    if refused and not tables:
        raise InvalidError(refused[0])
    if not tables:
        raise InvalidError("{name} is empty: no sheet in it has a single filled cell.", name=name)
    notes = [*refused, *_unread_formats(path)]
    if errors:
        notes.append(
            Message(
                "Cells that hold an error of a formula, such as #N/A, are read as empty; in this workbook there are {count}.",
                count=errors,
            )
        )
    return [replace(table, notes=[*table.notes, *notes]) for table in tables]


@dataclass(frozen=True)
class _Source:
    path: Path
    name: str


def _tables(
    book: calamine.CalamineWorkbook, source: _Source, wanted: str | None, spool: Spool
) -> Iterator[Table | Message]:
    """One sheet after the other, so that only one is in memory; of one that is too wide, the sentence that says so."""
    titles = _titles(book)
    if wanted is not None and wanted not in titles:
        raise InvalidError(
            "{name} has no sheet called {sheet}; it has {sheets}.",
            name=source.name,
            sheet=wanted,
            sheets=", ".join(titles),
        )
    long: Mapping[str, str] = {}
    if texts.LONG_TEXTS in titles[1:]:
        long = long_texts.rest_of(_rows(book.get_sheet_by_name(texts.LONG_TEXTS), source.path))
    for title in [wanted] if wanted else titles:
        if long and title == texts.LONG_TEXTS:
            continue
        sheet = book.get_sheet_by_name(title)
        try:
            table = _table(sheet, source.path, long, spool)
        except TooWideError as error:
            yield error.message
        else:
            if table is not None:
                yield table


def _table(sheet: calamine.CalamineSheet, path: Path, long: Mapping[str, str], spool: Spool) -> Table | None:
    rows, merges = _rows(sheet, path), _merges(sheet)
    table = framed(sheet.name, long_texts.whole(rows, long) if long else rows, spool, merges.spread)
    return table and replace(table, notes=[*table.notes, *merges.notes])


def _unread_formats(path: Path) -> list[Message]:
    if zipfile.is_zipfile(path) or not cell_styles.has_marks_of_old(path):
        return []
    return [
        Message(
            "Some cells of this old workbook (.xls) show a number with zeros, a prefix or a currency that their format adds; "
            "it is read without them. Save it as .xlsx to have it read as it is shown."
        )
    ]


def _merges(sheet: calamine.CalamineSheet) -> Merges:
    start = sheet.start[1] if sheet.start else 0
    ranges = sheet.merged_cell_ranges or []
    return Merges([(top, bottom, left - start) for (top, left), (bottom, right) in ranges if left == right])


def _titles(book: calamine.CalamineWorkbook) -> list[str]:
    shown = [meta.name for meta in book.sheets_metadata if meta.visible == calamine.SheetVisibleEnum.Visible]
    return shown or list(book.sheet_names)


def _rows(sheet: calamine.CalamineSheet, path: Path) -> Iterator[Row]:
    if sheet.start is None or not sheet.height:
        return
    marks = cell_styles.marks(path, sheet.name) if zipfile.is_zipfile(path) else iter(())
    yield from _formatted(sheet.iter_rows(), marks, sheet.start[1])


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


@contextmanager
def _guarded(name: str) -> Iterator[None]:
    """Whatever the readers meet inside is one sentence."""
    try:
        yield
    except calamine.PasswordError as error:
        raise InvalidError(
            "{name} is locked with a password; unlock it in Excel and save it again.", name=name
        ) from error
    except (InvalidError, KeyboardInterrupt, SystemExit, MemoryError):
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
