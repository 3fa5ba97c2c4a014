"""Links that work once: the first admin's, and a colleague's to choose a password."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import NotFoundError
from crm.people import actions, passwords, queries, secrets
from crm.people.models import NewPerson, OneTimeLink, Person, Role
from crm.people.rights import Right, require

FIRST_ADMIN_HOURS, INVITATION_HOURS = 24, 72


def needs_first_admin(session: Session) -> bool:
    return not queries.active_admins(session)


def for_first_admin(session: WriteSession) -> str:
    """The secret of a link that makes the first admin; one made before no longer works."""
    session.exec(sa.delete(OneTimeLink).where(col(OneTimeLink.person_id).is_(None)))
    return _made(session, None, FIRST_ADMIN_HOURS)


def welcome(session: WriteSession, by: Person, new: NewPerson) -> tuple[Person, str]:
    """Put a colleague on the list, and make the secret of the link by which they choose a password."""
    person = actions.invite(session, by, new)
    return person, invite(session, by, person.id)


def invite(session: WriteSession, by: Person, person_id: UUID) -> str:
    """The secret of a link by which a colleague chooses a password, also one who forgot theirs."""
    require(by, Right.ACCOUNTS)
    person = queries.get(session, by, person_id)
    if not person.is_active:
        raise NotFoundError("{name} is disabled and cannot sign in.", name=person.name)
    session.exec(sa.delete(OneTimeLink).where(col(OneTimeLink.person_id) == person_id))
    return _made(session, person_id, INVITATION_HOURS)


def _made(session: WriteSession, person_id: UUID | None, hours: int) -> str:
    secret = secrets.fresh()
    expires_at = clock.now() + timedelta(hours=hours)
    session.add(OneTimeLink(token_hash=secrets.hashed(secret), person_id=person_id, expires_at=expires_at))
    session.flush()
    return secret


def person_of(session: Session, secret: str) -> Person | None:
    """Whose link this is; None is the first admin's.

    Raises:
        NotFoundError: unknown, used or expired; one answer for all three.
    """
    link = session.get(OneTimeLink, secrets.hashed(secret))
    if not link or link.used_at or link.expires_at <= clock.now():
        raise _gone()
    if link.person_id is None:
        if not needs_first_admin(session):
            raise _gone()
        return None
    person = session.get(Person, link.person_id)
    if not person or not person.is_active:
        raise _gone()
    return person


def choose_password(session: WriteSession, secret: str, password: str) -> Person:
    """Use an invitation up."""
    person = person_of(session, secret)
    if person is None:
        raise _gone()
    _use_up(session, secret)
    return passwords.choose(session, person.id, password)


def become_first_admin(session: WriteSession, secret: str, new: NewPerson, password: str) -> Person:
    """Use the first admin's link up; whatever role was asked for, it makes an admin."""
    if person_of(session, secret) is not None:
        raise _gone()
    passwords.check(password, name=new.name, email=new.email)
    _use_up(session, secret)
    person = actions.enter(session, new.model_copy(update={"role": Role.ADMIN}))
    return passwords.choose(session, person.id, password)


def _use_up(session: WriteSession, secret: str) -> None:
    used = session.connection().execute(
        sa.update(OneTimeLink)
        .where(col(OneTimeLink.token_hash) == secrets.hashed(secret), col(OneTimeLink.used_at).is_(None))
        .values(used_at=clock.now())
    )
    if used.rowcount != 1:
        raise _gone()


def _gone() -> NotFoundError:
    return NotFoundError("This link was used already, has expired, or never was one. Ask for a new one.")
