"""A list is handed over only after the journal knows who took it, how many rows, and which."""

import io
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import IO

from crm import db, journal, people
from crm.db.sessions import WriteSession
from crm.exports.files import BOM, WRITERS, Layout
from crm.exports.registry import export
from crm.exports.selection import Selection
from crm.exports.sheet import Sheet
from crm.ground import clock
from crm.ground.errors import CrmError
from crm.ground.messages import Message, joined
from crm.people import Person, Right

KIND = "export"


def write_file(
    by: Person, name: str, target: Path, *, layout: Layout = Layout.CSV, selection: Selection | None = None
) -> int:
    """Write a list into a file, which appears when it is whole and journalled; gives the number of rows."""
    making = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with making.open("wb") as file:
            rows = _written(by, name, file, layout, selection)
        making.replace(target)
    except OSError as error:
        raise CrmError(
            "{target} cannot be written ({why}); nothing was exported.", target=target, why=error.strerror
        ) from error
    finally:
        _remove(making)
    return rows


def _remove(making: Path) -> None:
    if making.is_file():
        making.unlink()


def download(
    by: Person, name: str, *, layout: Layout = Layout.CSV, selection: Selection | None = None
) -> tuple[str, bytes]:
    """The same for a page: what to call the file, and its bytes; CSV begins with the mark by which Excel knows UTF-8."""
    return file_name(by, name, layout), _content(by, name, layout, selection, mark=layout is Layout.CSV)


def file_name(by: Person, name: str, layout: Layout) -> str:
    """What a list is called that leaves: whoever finds it sees who took it, and when."""
    taken_by = re.sub(r"[^\w.@+-]", "_", by.email, flags=re.ASCII)
    return f"{name}_{taken_by}_{clock.today(by.time_zone)}.{layout}"


def hand_out(by: Person, sheet: Sheet, layout: Layout) -> bytes:
    """A table that a page has made, such as the numbers under a chart, as the bytes of a file."""
    people.require(by, Right.EXPORT)
    target = io.BytesIO()
    target.write(BOM if layout is Layout.CSV else b"")
    rows = WRITERS[layout](replace(sheet, taken_by=by.email), target)
    with db.write(by=by, kind=KIND) as writing:
        record(writing, by, sheet.name, rows)
    return target.getvalue()


def write_to(by: Person, name: str, target: IO[bytes], *, layout: Layout = Layout.CSV) -> int:
    """Write a list where it can be read at once; it is journalled before the last byte leaves."""
    content = _content(by, name, layout, None, mark=False)
    target.write(content)
    return len(content)


def _content(by: Person, name: str, layout: Layout, selection: Selection | None, *, mark: bool) -> bytes:
    target = io.BytesIO()
    target.write(BOM if mark else b"")
    _written(by, name, target, layout, selection)
    return target.getvalue()


def _written(by: Person, name: str, target: IO[bytes], layout: Layout, selection: Selection | None) -> int:
    with db.read() as session:
        rows = WRITERS[layout](export(session, by, name, selection), target)
    with db.write(by=by, kind=KIND) as writing:
        record(writing, by, name, rows, selection)
    return rows


def record(session: WriteSession, by: Person, name: str, rows: int, selection: Selection | None = None) -> None:
    """Write an export down: a change set of the kind “export” that changes nothing."""
    session.author.by, session.author.kind = by.id, KIND
    what = Message("Export of {list}: {count} rows", one="Export of {list}: {count} row", list=name, count=rows)
    narrowed = selection.described() if selection else []
    journal.remark(session, joined([what, *narrowed], ", "))
