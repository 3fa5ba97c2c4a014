"""Taking a batch back: all of it, its new or its changed rows, or some that were chosen."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, select

from crm import history, people
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.errors import ConflictError, NotAllowedError
from crm.imports import batches
from crm.imports.models import Batch
from crm.intake.kinds import kind_called
from crm.journal import Change, Undone
from crm.journal.models import told
from crm.people import Person, Right

# Rows of a change set that an undo of it, not itself undone, has put back.
PUT_BACK = """SELECT c.entity, c.entity_key FROM change c JOIN change_set s ON s.id = c.change_set_id WHERE s.undoes = :id
    AND NOT EXISTS (SELECT 1 FROM change_set r WHERE r.undoes = s.id)"""
ACTS = {"created": "c.before IS NULL", "changed": "c.before IS NOT NULL"}


def rows_of(
    session: Session, viewer: Person, batch_id: UUID, *, limit: int = 50, offset: int = 0
) -> tuple[Sequence[Change], int]:
    """The rows of a batch that were not taken back, and how many there are."""
    batch = batches.get(session, viewer, batch_id)
    if not batch.change_set_id:
        return [], 0
    at = {"id": batch.change_set_id, "entity": kind_called(batch.kind).rows.table}
    standing = f"""FROM change c WHERE c.change_set_id = :id AND c.entity = :entity
        AND (c.entity, c.entity_key) NOT IN ({PUT_BACK})"""
    total = int(Sql(session).scalar(f"SELECT count(*) {standing}", at))
    page = f"SELECT c.seq {standing} ORDER BY c.seq LIMIT :limit OFFSET :offset"
    seqs = [seq for (seq,) in Sql(session).rows(page, at | {"limit": limit, "offset": offset})]
    query = sa.select(told).where(told.c.change_set_id == batch.change_set_id, told.c.seq.in_(seqs))
    return [Change(*row) for row in session.connection().execute(query.order_by(told.c.seq))], total


def undo(
    session: WriteSession,
    by: Person,
    batch_id: UUID,
    *,
    only: Collection[str] | None = None,
    outcome: str | None = None,
    force: bool = False,
) -> Undone:
    """Take a batch back: all of it, what it created or changed (`outcome`), or the rows of these keys with all that hangs on them.

    Rows that somebody changed since are listed and left alone, and may be asked for again with `force`.
    """
    batch = _own(session, by, batch_id)
    if not batch.change_set_id:
        raise nothing_left()
    if only is None and outcome in ACTS:
        only = _keys_of(Sql(session), batch, outcome)
    return history.undo(session, by, batch.change_set_id, only=only, force=force)


def redo(session: WriteSession, by: Person, batch_id: UUID) -> Undone:
    """Put back what the last undo of a batch has taken: its rows stand there again.

    Raises:
        ConflictError: nothing of it was taken back.
    """
    batch = _own(session, by, batch_id)
    if not batch.undo_change_set_id:
        raise ConflictError("Nothing of this file was taken back.")
    return history.undo(session, by, batch.undo_change_set_id)


def _own(session: Session, by: Person, batch_id: UUID) -> Batch:
    batch = batches.get(session, by, batch_id)
    if batch.staged_by != by.id and not people.may(by, Right.UNDO_OTHERS):
        raise NotAllowedError("Only a lead takes back what somebody else imported.")
    return batch


def _keys_of(sql: Sql, batch: Batch, outcome: str) -> list[str]:
    chosen = f"SELECT c.entity_key FROM change c WHERE c.change_set_id = :id AND c.entity = :entity AND {ACTS[outcome]}"
    return [
        key for (key,) in sql.rows(chosen, {"id": batch.change_set_id, "entity": kind_called(batch.kind).rows.table})
    ]


def batch_of(session: Session, change_set_id: UUID) -> Batch | None:
    return session.exec(select(Batch).where(Batch.change_set_id == change_set_id)).first()


def nothing_left() -> ConflictError:
    return ConflictError("There is nothing of this file left to take back.")
