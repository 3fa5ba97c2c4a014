"""What people must be told about accounts: each stands on their screen until they have seen it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.messages import Message
from crm.people.models import DESK_ID, Notice, Person, Role


def tell(session: WriteSession, people: Iterable[UUID], text: Message) -> None:
    session.add_all([Notice(person_id=one, text=text.stored(), made_at=clock.now()) for one in dict.fromkeys(people)])
    session.flush()


def unseen(session: Session, person: Person) -> Sequence[Notice]:
    """The oldest first."""
    own = col(Notice.person_id) == person.id
    return session.exec(select(Notice).where(own, col(Notice.seen_at).is_(None)).order_by(col(Notice.made_at))).all()


def seen(session: WriteSession, by: Person, ids: Iterable[UUID]) -> None:
    """One's own only."""
    own = (col(Notice.person_id) == by.id) & col(Notice.id).in_(list(ids))
    session.exec(sa.update(Notice).where(own).values(seen_at=clock.now()))


def who_watches(session: Session, person: Person, *, but: UUID) -> list[UUID]:
    """Who is told about the account of a person: the team's leads and those of all, or else the other admins."""
    leads = (col(Person.role) == Role.LEAD) & (col(Person.team_id).is_(None) | (col(Person.team_id) == person.team_id))
    for who in (leads, col(Person.role) == Role.ADMIN):
        others = col(Person.id).not_in([person.id, but, DESK_ID])
        found = session.exec(select(Person.id).where(who, others, col(Person.is_active))).all()
        if found:
            return list(found)
    return []
