"""Epochs of credentials: what was handed out before a password, a role or the right to sign in changed is dead after it."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.db.sessions import WriteSession
from crm.people.models import CredentialsEpoch

_LATER = """
    SELECT CAST(entity_key AS UUID) FROM change WHERE change_set_id = :id AND entity = 'person'
    AND before IS NOT NULL AND after IS NOT NULL AND (before->>'role' IS DISTINCT FROM after->>'role'
        OR before->>'is_active' IS DISTINCT FROM after->>'is_active')"""


def of(session: Session, person_id: UUID) -> int:
    """In which epoch a person's credentials are; 0 as long as nothing changed."""
    query = sa.select(col(CredentialsEpoch.epoch)).where(col(CredentialsEpoch.person_id) == person_id)
    return int(session.connection().execute(query).scalar() or 0)


def is_current(epoch: object, person_id: object) -> sa.ColumnElement[bool]:
    """Whether a row that was made in `epoch` still counts; one of before there were epochs is of the first."""
    now = sa.select(col(CredentialsEpoch.epoch)).where(col(CredentialsEpoch.person_id) == person_id).scalar_subquery()
    return sa.func.coalesce(epoch, 0) == sa.func.coalesce(now, 0)


def begin_anew(session: WriteSession, people: sa.Select[tuple[UUID]] | list[UUID]) -> None:
    """End every session, token and link of these people."""
    person, epoch = col(CredentialsEpoch.person_id), col(CredentialsEpoch.epoch)
    session.exec(sa.update(CredentialsEpoch).where(person.in_(people)).values(epoch=epoch + 1))
    known = set(session.connection().scalars(sa.select(person).where(person.in_(people))))
    wanted = people if isinstance(people, list) else list(session.connection().scalars(people))
    new = [{"person_id": one, "epoch": 1} for one in dict.fromkeys(wanted) if one not in known]
    if new:
        session.connection().execute(sa.insert(CredentialsEpoch), new)


def after_change(session: WriteSession, change_set_id: UUID) -> None:
    """Whoever's role or right to sign in a write changed, by whichever door, begins a new epoch."""
    changed = list(session.connection().scalars(sa.text(_LATER), {"id": change_set_id}))
    if changed:
        begin_anew(session, [one if isinstance(one, UUID) else UUID(str(one)) for one in changed])
