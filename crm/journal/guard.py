"""No write past the journal: whoever changes a journalled table in a write session does it by the ORM or set-based."""

import re
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import SessionTransaction
from sqlmodel import SQLModel

from crm.db.sessions import WriteSession
from crm.ground import rows
from crm.journal import entities
from crm.journal.recorder import Notes, notes

_WRITES = re.compile(
    r"""\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?|COPY)
        \s+(?:"?\w+"?\.)*"?(\w+)""",
    re.IGNORECASE | re.VERBOSE,
)
_writing: WeakKeyDictionary[sa.Connection, Notes] = WeakKeyDictionary()


@event.listens_for(WriteSession, "after_begin")
def _watch(session: WriteSession, _transaction: SessionTransaction, connection: sa.Connection) -> None:
    _writing[connection] = notes(session)


@event.listens_for(sa.Engine, "before_cursor_execute")
def _look(connection: sa.Connection, _cursor: object, statement: str, *_: Any) -> None:  # noqa: ANN401
    """A statement as the driver gets it, whoever wrote it."""
    kept = _writing.get(connection)
    if kept is None or kept.is_noted:
        return
    for name in _written(statement):
        if name in SQLModel.metadata.tables and rows.is_journalled(entities.table(name)):
            raise RuntimeError(f"The table {name} is journalled: change it by the ORM or by journal.bulk.")


@lru_cache
def _written(statement: str) -> tuple[str, ...]:
    """The tables that a statement writes; most statements come again and again."""
    return tuple(found[1].lower() for found in _WRITES.finditer(statement))
