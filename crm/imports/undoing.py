"""Taking a batch back: all of it, its new or its changed rows, or some that were chosen."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, select

from crm import history, people
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.errors import ConflictError, NotAllowedError
from crm.history import TakenBack
from crm.imports import batches, holding
from crm.imports.models import Batch, BatchStatus
from crm.intake import steps
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
    batch = batches.get(session, by, batch_id)
    if batch.staged_by != by.id and not people.may(by, Right.UNDO_OTHERS):
        raise NotAllowedError("Only a lead takes back what somebody else imported.")
    if not batch.change_set_id:
        raise _nothing_left()
    if only is None and outcome in ACTS:
        only = _keys_of(Sql(session), batch, outcome)
    return history.undo(session, by, batch.change_set_id, only=only, force=force)


def _keys_of(sql: Sql, batch: Batch, outcome: str) -> list[str]:
    chosen = f"SELECT c.entity_key FROM change c WHERE c.change_set_id = :id AND c.entity = :entity AND {ACTS[outcome]}"
    return [
        key for (key,) in sql.rows(chosen, {"id": batch.change_set_id, "entity": kind_called(batch.kind).rows.table})
    ]


def _batch_of(session: Session, change_set_id: UUID) -> Batch | None:
    return session.exec(select(Batch).where(Batch.change_set_id == change_set_id)).first()


@history.guard
def check(session: Session, _by: Person, change_set_id: UUID) -> None:
    """A file is taken back once."""
    batch = _batch_of(session, change_set_id)
    if batch and batch.status == BatchStatus.UNDONE:
        raise _nothing_left()


def _nothing_left() -> ConflictError:
    return ConflictError("There is nothing of this file left to take back.")


@history.choice
def rows_to_go(session: Session, change_set_id: UUID, only: Collection[str] | None) -> Collection[str] | None:
    """Of a file with the rows that were asked for those that hang on them; what went before does not go again."""
    batch = _batch_of(session, change_set_id)
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
    """The certificate tells that its file was taken back, all or part of it."""
    batch = _batch_of(session, taken.change_set_id)
    if not batch:
        return
    if taken.is_whole and (taken.force or not taken.undone.conflicts):
        batch.status = BatchStatus.UNDONE
        holding.withdraw(session, by, batch)
    batch.undo_change_set_id = taken.undone.change_set_id or batch.undo_change_set_id


def _with_dependents(sql: Sql, batch: Batch, only: Collection[str]) -> Collection[str]:
    """With a row go those that the same file wrote and that hang on it."""
    condition = steps.dependents(batch.kind)
    if not condition:
        return only
    found = f"SELECT c.entity_key FROM change c WHERE c.change_set_id = :id AND ({condition})"
    return [*only, *(key for (key,) in sql.rows(found, {"id": batch.change_set_id, "only": list(only)}))]
