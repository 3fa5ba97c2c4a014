"""What the journal tells: the sets of changes, the rows of one set, the history of one thing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.ground.errors import NotFoundError
from crm.journal.models import Change, ChangeSet, change, told


def get(session: Session, change_set_id: UUID) -> ChangeSet:
    found = session.get(ChangeSet, change_set_id)
    if not found:
        raise NotFoundError("There is no such entry in the journal.")
    return found


def touched(session: Session, change_set_id: UUID) -> list[str]:
    """The tables whose rows a change set wrote."""
    query = sa.select(change.c.entity).where(change.c.change_set_id == change_set_id).distinct()
    return list(session.connection().scalars(query))


def recent(
    session: Session,
    *,
    by: UUID | None = None,
    kind: str | None = None,
    since: datetime | None = None,
    before_seq: int | None = None,
    limit: int = 50,
) -> Sequence[ChangeSet]:
    """The newest change sets first; the next page starts before the last `seq` seen."""
    query = select(ChangeSet).order_by(col(ChangeSet.seq).desc()).limit(limit)
    if by:
        query = query.where(ChangeSet.made_by == by)
    if kind:
        query = query.where(ChangeSet.kind == kind)
    if since:
        query = query.where(ChangeSet.made_at >= since)
    if before_seq:
        query = query.where(ChangeSet.seq < before_seq)
    return session.exec(query).all()


def changes_of(session: Session, change_set_id: UUID, *, after_seq: int = -1, limit: int = 200) -> list[Change]:
    """The rows that a change set changed, in the order of the change."""
    query = (
        sa.select(told)
        .where(told.c.change_set_id == change_set_id, told.c.seq > after_seq)
        .order_by(told.c.seq)
        .limit(limit)
    )
    return [Change(**row) for row in session.connection().execute(query).mappings()]


def history_of(session: Session, entity: str, key: UUID | str, *, limit: int = 100) -> list[tuple[ChangeSet, Change]]:
    """What happened to one row, newest first: each change with the set that made it."""
    query = (
        sa.select(told)
        .where(told.c.entity == entity, told.c.entity_key == str(key))
        .order_by(told.c.change_set_id.desc(), told.c.seq.desc())
        .limit(limit)
    )
    found = [Change(**row) for row in session.connection().execute(query).mappings()]
    sets = {
        s.id: s for s in session.exec(select(ChangeSet).where(col(ChangeSet.id).in_({c.change_set_id for c in found})))
    }
    return [(sets[line.change_set_id], line) for line in found if line.change_set_id in sets]


def undone_by(session: Session, change_set_id: UUID) -> ChangeSet | None:
    """The undo of a change set, if there was one."""
    return session.exec(select(ChangeSet).where(ChangeSet.undoes == change_set_id)).first()
