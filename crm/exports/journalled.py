"""A list is handed over only after the journal knows who took it, how many rows, and which."""

import io
import os
from dataclasses import asdict
from pathlib import Path
from typing import IO

from crm import db, journal
from crm.clients import ClientFilter
from crm.db.sessions import WriteSession
from crm.errors import CrmError
from crm.exports.exporting import export
from crm.exports.files import WRITERS, Layout
from crm.people import Person

KIND = "export"


def write_file(
    by: Person,
    name: str,
    target: Path,
    *,
    layout: Layout = Layout.CSV,
    filter: ClientFilter | None = None,  # noqa: A002
) -> int:
    """Write a list into a file, which appears when it is whole and journalled; gives the number of rows."""
    making = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with making.open("wb") as file:
            rows = _written(by, name, file, layout=layout, filter=filter)
        making.replace(target)
    except OSError as error:
        raise CrmError(f"{target} cannot be written ({error.strerror}); nothing was exported.") from error
    finally:
        _remove(making)
    return rows


def _remove(making: Path) -> None:
    if making.is_file():
        making.unlink()


def download(
    by: Person,
    name: str,
    *,
    layout: Layout = Layout.CSV,
    filter: ClientFilter | None = None,  # noqa: A002
) -> tuple[str, bytes]:
    """The same for a page: what to call the file, and its bytes."""
    target = io.BytesIO()
    _written(by, name, target, layout=layout, filter=filter)
    return f"{name}.{layout}", target.getvalue()


def write_to(by: Person, name: str, target: IO[bytes], *, layout: Layout = Layout.CSV) -> int:
    """Write a list where it can be read at once; it is journalled before the last byte leaves."""
    _, content = download(by, name, layout=layout)
    target.write(content)
    return len(content)


def _written(
    by: Person,
    name: str,
    target: IO[bytes],
    *,
    layout: Layout,
    filter: ClientFilter | None,  # noqa: A002
) -> int:
    with db.read() as session:
        rows = WRITERS[layout](export(session, by, name, filter=filter), target)
    with db.write(by=by, kind=KIND) as writing:
        record(writing, by, name, rows, filter)
    return rows


def record(session: WriteSession, by: Person, name: str, rows: int, filter: ClientFilter | None = None) -> None:  # noqa: A002
    """Write an export down: a change set of the kind “export” that changes nothing."""
    session.author.by, session.author.kind = by.id, KIND
    journal.remark(session, f"Export of {name}: {rows:,} rows{_narrowed(filter)}")


def _narrowed(wanted: ClientFilter | None) -> str:
    if not wanted:
        return ""
    parts = [f"{name} {_listed(value)}" for name, value in asdict(wanted).items() if value]
    return f", only {'; '.join(parts)}" if parts else ", without closed clients"


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
