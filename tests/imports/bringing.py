"""Short ways to bring a file in, and to compare what the store holds before and after."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from crm import db, imports, journal, locale
from crm.ground.messages import Message
from crm.imports import Batch, Certificate, Counts, Options
from crm.people import Person
from crm.tables import metadata

NOT_COMPARED = {"change", "change_set", "batch", "import_problem", "held_row", "client_number"}


def bring_in(
    by: Person, kind: str | None, content: str | bytes | Path, *, name: str = "list.csv", **options: Any
) -> Certificate:
    """Stage a file and apply it, as the page does."""
    if isinstance(content, Path):
        name = content.name
    file = content.encode() if isinstance(content, str) else content
    return imports.apply(by, staged(by, kind, file, name, **options).id)


def staged(by: Person, kind: str | None, content: bytes | Path, name: str = "list.csv", **options: Any) -> Batch:
    with db.write(by=by) as session:
        return imports.stage(session, by, kind, name, content, Options(**options))


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in files.items():
            packed.writestr(f"{name}.csv", text)
    return content.getvalue()


def counts(**named: int) -> Counts:
    """Counts in which whatever is not named is 0, and rows is the sum."""
    every = {"created": 0, "changed": 0, "unchanged": 0, "refused": 0, "duplicate": 0, "held": 0} | named
    return Counts(rows=sum(every.values()), **every)


def take_back(by: Person, certificate: Certificate, **options: Any) -> journal.Undone:
    with db.write(by=by, kind="undo") as session:
        return imports.undo(session, by, certificate.batch.id, **options)


def problems(by: Person, certificate: Certificate) -> list[tuple[int, str, str]]:
    with db.read() as session:
        found = imports.problems_of(session, by, certificate.batch.id)
    assert [p.reason for p in found if not is_translated(p.reason)] == []
    return [(p.line, p.column, str(p.reason)) for p in found]


def is_translated(message: Message) -> bool:
    """Reasons are put together in SQL, where no test of literals finds them."""
    inner = [value for value in message.values.values() if isinstance(value, Message)]
    said = re.sub(r"\{\w+\}", "", message.text).strip("; ")
    return all(map(is_translated, inner)) and (not said or _chinese(message) != message.text)


def _chinese(message: Message) -> str:
    known = locale.catalogue("zh")
    return known.ngettext(message.one, message.text, 2) if message.one else known.gettext(message.text)


def everything() -> dict[str, list[str]]:
    """Every row of every table but the journal and the batches, as sorted text; versions only ever go up, so they are left out."""
    with db.read() as session:
        return {
            table.name: _rows(session.connection(), table)
            for table in metadata.sorted_tables
            if table.name not in NOT_COMPARED
        }


def _rows(connection: sa.Connection, table: sa.Table) -> list[str]:
    columns = [column for column in table.columns if column.name not in ("version", "computed_at")]
    return sorted(
        json.dumps([_plain(cell) for cell in row], default=str) for row in connection.execute(sa.select(*columns))
    )


def _plain(cell: object) -> object:
    return json.dumps(cell, sort_keys=True) if isinstance(cell, dict | list) else cell
