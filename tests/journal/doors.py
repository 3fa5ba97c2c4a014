"""The ways by which data is written: by the ORM, set-based as an import does, and by an undo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm import db, journal
from crm.db.sessions import Who, WriteSession
from crm.db.sql import Sql
from crm.ground.errors import NotAllowedError
from crm.journal import bulk, entities
from crm.journal.policies import Act
from tests.cast import DESK

MODELS = {mapper.local_table.name: mapper.class_ for mapper in SQLModel._sa_registry.mappers}  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Target:
    """A row that is there, or for an insert one that is to be there, and the value that one of its columns is given."""

    row: SQLModel
    column: str
    value: object

    @property
    def entity(self) -> sa.Table:
        return entities.of(type(self.row))

    @property
    def key(self) -> tuple[object, ...]:
        return tuple(getattr(self.row, name) for name in entities.key_columns(self.entity))


Door = Callable[[WriteSession, Target], object]


def orm_insert(session: WriteSession, target: Target) -> None:
    session.add(type(target.row)(**_cells(target.row)))
    session.flush()


def orm_update(session: WriteSession, target: Target) -> None:
    setattr(session.get_one(type(target.row), target.key), target.column, target.value)
    session.flush()


def orm_delete(session: WriteSession, target: Target) -> None:
    session.delete(session.get_one(type(target.row), target.key))
    session.flush()


def bulk_insert(session: WriteSession, target: Target) -> None:
    cells = _laid_out(session, target.entity, _cells(target.row))
    bulk.insert(session, target.entity, "source", cells)


def bulk_update(session: WriteSession, target: Target) -> None:
    _laid_out(session, target.entity, _cells(target.row) | {target.column: target.value})
    bulk.update(session, target.entity, "source", [target.column])


def bulk_delete(session: WriteSession, target: Target) -> None:
    _laid_out(session, target.entity, _cells(target.row))
    bulk.delete(session, target.entity, "source")


# Each with what it does to the table.
WRITING: dict[str, tuple[Act, Door]] = {
    "orm insert": (Act.INSERT, orm_insert),
    "orm update": (Act.UPDATE, orm_update),
    "orm delete": (Act.DELETE, orm_delete),
    "bulk insert": (Act.INSERT, bulk_insert),
    "bulk update": (Act.UPDATE, bulk_update),
    "bulk delete": (Act.DELETE, bulk_delete),
}
# What an undo does to the table, and what it undoes.
UNDOING: dict[str, tuple[Act, Door]] = {
    "undo of an insert": (Act.DELETE, orm_insert),
    "undo of an update": (Act.UPDATE, orm_update),
    "undo of a delete": (Act.INSERT, orm_delete),
}


class _EnoughSeen(Exception):  # noqa: N818 -- not a fault: it takes the trial back
    """Ends a trial, so that the next one finds everything as it was."""


def passes(by: Who | None, trial: Callable[[WriteSession], object]) -> bool:
    """Whether somebody may do this; nothing of it stays."""
    try:
        with db.write(by=by) as session:
            trial(session)
            raise _EnoughSeen  # noqa: TRY301 -- a write ends with the block that it is
    except _EnoughSeen:
        return True
    except NotAllowedError:
        return False


def put(target: Target) -> None:
    with db.write(by=DESK) as session:
        orm_insert(session, target)


def take_back(target: Target, *, stays: bool) -> None:
    """Past the journal, so that the next trial finds nothing of this one; a row that was there before stays as it was."""
    same = [target.entity.c[name] == getattr(target.row, name) for name in entities.key_columns(target.entity)]
    as_it_was = sa.update(target.entity).values({target.column: getattr(target.row, target.column)})
    with db.engine().begin() as connection:
        connection.execute((as_it_was if stays else sa.delete(target.entity)).where(*same))


def done_by_the_desk(door: Door, target: Target) -> UUID:
    """A set of changes that somebody may want to undo."""
    with db.write(by=DESK) as session:
        door(session, target)
        return journal.notes(session).change_set_id


def undo(change_set_id: UUID) -> Callable[[WriteSession], None]:
    def trial(session: WriteSession) -> None:
        undone = journal.undo(session, change_set_id)
        assert (undone.rows, undone.conflicts) == (1, [])

    return trial


def _cells(row: SQLModel) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in entities.of(type(row)).columns}


def _laid_out(session: WriteSession, entity: sa.Table, cells: dict[str, Any]) -> list[str]:
    """One row as the source of a set-based write."""
    Sql(session).temp_table("source", f"SELECT * FROM {entity.name} WHERE 1 = 0")
    source = sa.Table("source", sa.MetaData(), *(sa.Column(column.name, column.type) for column in entity.columns))
    session.connection().execute(sa.insert(source).values(cells))
    return list(cells)
