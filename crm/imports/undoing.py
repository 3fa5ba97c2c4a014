"""What an undo asks of an import, how far it goes, and what its certificate then says."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Session, col, select

from crm import history, journal
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.history import TakenBack
from crm.imports import holding
from crm.imports.models import Batch, BatchStatus
from crm.imports.reverting import PUT_BACK, batch_of, nothing_left
from crm.intake import steps
from crm.journal import ChangeSet
from crm.people import Person


@history.guard
def check(session: Session, _by: Person, change_set_id: UUID) -> None:
    """A file is taken back once."""
    batch = batch_of(session, change_set_id)
    if batch and batch.status == BatchStatus.UNDONE:
        raise nothing_left()


@history.choice
def rows_to_go(session: Session, change_set_id: UUID, only: Collection[str] | None) -> Collection[str] | None:
    """Of a file with the rows that were asked for those that hang on them; what went before does not go again."""
    batch = batch_of(session, change_set_id)
    if not batch:
        return only
    if only is not None:
        return _with_dependents(Sql(session), batch, only)
    if not batch.undo_change_set_id:
        return None
    left = f"""SELECT c.entity_key FROM change c WHERE c.change_set_id = :id AND (c.entity, c.entity_key) NOT IN ({PUT_BACK})"""
    return [key for (key,) in Sql(session).rows(left, {"id": change_set_id})]


@history.consequence
def note(session: WriteSession, by: Person, taken: TakenBack) -> None:
    """The certificate tells that its file was taken back, all or part of it, or that this was undone."""
    batch = batch_of(session, taken.change_set_id)
    if not batch:
        _put_back(session, taken)
        return
    if taken.is_whole and (taken.force or not taken.undone.conflicts):
        batch.status = BatchStatus.UNDONE
        holding.withdraw(session, by, batch)
    batch.undo_change_set_id = taken.undone.change_set_id or batch.undo_change_set_id


def _put_back(session: WriteSession, taken: TakenBack) -> None:
    """What took a file back was itself taken back: its rows stand there again, but for those of other undos."""
    undone = journal.get(session, taken.change_set_id)
    batch = batch_of(session, undone.undoes) if undone.undoes else None
    if not batch:
        return
    batch.status = BatchStatus.APPLIED
    if not taken.undone.conflicts:
        batch.undo_change_set_id = _still_undone_by(session, batch, undone.id)


def _still_undone_by(session: WriteSession, batch: Batch, but: UUID) -> UUID | None:
    """The newest undo of a batch that was not undone itself."""
    again = sa.orm.aliased(ChangeSet)
    query = (
        select(ChangeSet.id)
        .where(ChangeSet.undoes == batch.change_set_id, ChangeSet.id != but)
        .where(~select(again.id).where(again.undoes == ChangeSet.id).exists())
        .order_by(col(ChangeSet.seq).desc())
    )
    return session.exec(query).first()


def _with_dependents(sql: Sql, batch: Batch, only: Collection[str]) -> Collection[str]:
    """With a row go those that the same file wrote and that hang on it."""
    condition = steps.dependents(batch.kind)
    if not condition:
        return only
    found = f"SELECT c.entity_key FROM change c WHERE c.change_set_id = :id AND ({condition})"
    return [*only, *(key for (key,) in sql.rows(found, {"id": batch.change_set_id, "only": list(only)}))]
