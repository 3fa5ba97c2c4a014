"""No write past the journal: whoever changes a journalled table in a write session does it by the ORM or set-based."""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import SessionTransaction
from sqlmodel import SQLModel

from crm.db.sessions import WriteSession
from crm.ground import rows
from crm.journal import entities
from crm.journal.recorder import notes

_WRITTEN = re.compile(
    r"""\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?|COPY)
        \s+(?:"?\w+"?\.)*"?(\w+)""",
    re.IGNORECASE | re.VERBOSE,
)


@event.listens_for(WriteSession, "after_begin")
def _watch(session: WriteSession, _transaction: SessionTransaction, connection: sa.Connection) -> None:
    kept = notes(session)

    def look(_connection: sa.Connection, _cursor: object, statement: str, *_: Any) -> None:  # noqa: ANN401
        if not kept.is_noted:
            _check(statement)

    event.listen(connection, "before_cursor_execute", look)


def _check(statement: str) -> None:
    """A statement as the driver gets it, whoever wrote it."""
    for found in _WRITTEN.finditer(statement):
        name = found[1].lower()
        if name in SQLModel.metadata.tables and rows.is_journalled(entities.table(name)):
            raise RuntimeError(f"The table {name} is journalled: change it by the ORM or by journal.bulk.")
