"""Which rows the journal says were written since: keys alone, what stands in them is read from the tables."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.journal.models import ChangeSet, change


def newest(session: Session) -> tuple[int, str]:
    """The number and the hash of the newest change set; 0 where there is none."""
    query = sa.select(col(ChangeSet.seq), col(ChangeSet.hash)).order_by(col(ChangeSet.seq).desc()).limit(1)
    found = session.execute(query).first()
    return (found[0], found[1]) if found else (0, "")


def hash_of(session: Session, seq: int) -> str:
    """Empty where the journal has no set of this number."""
    return session.scalar(sa.select(col(ChangeSet.hash)).where(col(ChangeSet.seq) == seq)) or ""


def changes_between(session: Session, since: int, until: int) -> int:
    """How many rows the sets after `since` wrote."""
    query = sa.select(sa.func.coalesce(sa.func.sum(col(ChangeSet.changes)), 0))
    return int(session.scalar(query.where(col(ChangeSet.seq) > since, col(ChangeSet.seq) <= until)) or 0)


def touched(session: Session, since: int, until: int) -> frozenset[str]:
    """Of which tables the sets after `since` wrote rows."""
    sets = sa.select(col(ChangeSet.id)).where(col(ChangeSet.seq) > since, col(ChangeSet.seq) <= until)
    found = session.connection().execute(sa.select(change.c.entity).where(change.c.change_set_id.in_(sets)).distinct())
    return frozenset(found.scalars())


def written(entity: str, since: int, until: int, *, field: str = "") -> sa.Select[UUID]:
    """The keys of a table's rows that sets after `since` wrote; or, by `field`, of the rows at which these pointed then."""
    between = (col(ChangeSet.seq) > since) & (col(ChangeSet.seq) <= until)
    lines = change.join(ChangeSet.__table__, change.c.change_set_id == col(ChangeSet.id))  # type: ignore[attr-defined]

    def of(value: Any) -> sa.Select[UUID]:  # noqa: ANN401 -- an expression
        query = sa.select(sa.cast(value, sa.Uuid)).select_from(lines)
        return query.where(between, change.c.entity == entity, value.is_not(None)).distinct()

    if not field:
        return of(change.c.entity_key)
    sides = (change.c.before[field].as_string(), change.c.after[field].as_string())
    return sa.select(sa.union(*map(of, sides)).subquery().columns[0])
