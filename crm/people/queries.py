"""Who works here, in which team, under which name."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm import db
from crm.ground.errors import NotFoundError
from crm.people.models import DESK_ID, Person, Role, Team

DEMO_DOMAIN = "@demo.example"


def get(session: Session, viewer: Person, person_id: UUID) -> Person:  # noqa: ARG001 -- as everywhere
    """Any colleague: everyone who is signed in may know who works here."""
    found = session.get(Person, person_id)
    if not found:
        raise NotFoundError("There is no such person.")
    return found


def find_by_email(session: Session, email: str) -> Person | None:
    """The person with this address, also a disabled one; the desk has none."""
    query = select(Person).where(Person.email == email.strip().lower(), Person.id != DESK_ID)
    return session.exec(query).first()


def colleagues(session: Session, *, active_only: bool = True) -> Sequence[Person]:
    """Everyone but the desk, by name."""
    query = (
        select(Person)
        .where(Person.id != DESK_ID)
        .order_by(db.alphabetical(sa.func.lower(col(Person.name))), col(Person.id))
    )
    if active_only:
        query = query.where(col(Person.is_active))
    return session.exec(query).all()


def teams(session: Session) -> Sequence[Team]:
    return session.exec(select(Team).order_by(db.alphabetical(sa.func.lower(col(Team.name))))).all()


def names(session: Session) -> dict[UUID, str]:
    """What to call whoever stands behind an id: everyone, also the desk and people who left."""
    return db.once(session, _names)


def _names(session: Session) -> dict[UUID, str]:
    return dict(session.exec(select(Person.id, Person.name)).all())


def active_admins(session: Session) -> Sequence[Person]:
    return session.exec(select(Person).where(Person.role == Role.ADMIN, col(Person.is_active))).all()


def is_demo(session: Session) -> bool:
    """Whether this is the demo's database: only that one has people at demo.example."""
    return session.exec(_demo_people().limit(1)).first() is not None


def demo_people(session: Session) -> Sequence[Person]:
    """The people whom the sign-in page of a demo offers."""
    return session.exec(_demo_people().order_by(Person.role, db.alphabetical(sa.func.lower(col(Person.name))))).all()


def _demo_people() -> SelectOfScalar[Person]:
    return select(Person).where(col(Person.email).like(f"%{DEMO_DOMAIN}"), col(Person.is_active))
