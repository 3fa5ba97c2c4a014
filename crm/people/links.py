"""Links that work once: the first admin's, and a colleague's to choose a password. Who made one is never hidden."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import journal
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import NotFoundError
from crm.ground.messages import Message
from crm.people import actions, epochs, events, notices, passwords, proof, queries, secrets
from crm.people.events import Event, Kind
from crm.people.models import NewPerson, OneTimeLink, Person, Role
from crm.people.rights import Right, require

FIRST_ADMIN_HOURS, INVITATION_HOURS = 24, 72


def needs_first_admin(session: Session) -> bool:
    return not queries.active_admins(session)


def for_first_admin(session: WriteSession) -> str:
    """The secret of a link that makes the first admin; one made before no longer works."""
    session.exec(sa.delete(OneTimeLink).where(col(OneTimeLink.person_id).is_(None)))
    journal.remark(session, Message("made the link of the first admin"))
    return _made(session, None, None, FIRST_ADMIN_HOURS)


def welcome(session: WriteSession, by: Person, new: NewPerson) -> tuple[Person, str]:
    """Put a colleague on the list, and make the secret of the link by which they choose a password."""
    person = actions.invite(session, by, new)
    return person, invite(session, by, person.id)


def invite(session: WriteSession, by: Person, person_id: UUID) -> str:
    """The secret of a link by which a colleague chooses a password, also one who forgot theirs.

    The journal names who made it, the person and the leads are told, and what the person does in the hour after it was
    used carries its maker's name. A second factor stays.
    """
    require(by, Right.ACCOUNTS)
    proof.require(session, by)
    person = queries.get(session, by, person_id)
    if not person.is_active:
        raise NotFoundError("{name} is disabled and cannot sign in.", name=person.name)
    unused = col(OneTimeLink.used_at).is_(None)
    session.exec(sa.delete(OneTimeLink).where(col(OneTimeLink.person_id) == person_id, unused))
    secret = _made(session, by, person, INVITATION_HOURS)
    session.author.by = by.id
    journal.remark(session, Message("made a sign-in link for {name}", name=person.name))
    told = Message("{maker} made a sign-in link for {name}.", maker=by.name, name=person.name)
    notices.tell(session, [person.id, *notices.who_watches(session, person, but=by.id)], told)
    return secret


def _made(session: WriteSession, by: Person | None, person: Person | None, hours: int) -> str:
    secret, whose = secrets.fresh(), person.id if person else None
    link = OneTimeLink(
        token_hash=secrets.hashed(secret),
        person_id=whose,
        expires_at=clock.now() + timedelta(hours=hours),
        made_by=by.id if by else None,
        epoch=epochs.of(session, whose) if whose else None,
    )
    session.add(link)
    session.flush()
    events.add(session, Event(Kind.LINK_MADE, link.made_by, whose))
    return secret


def person_of(session: Session, secret: str) -> Person | None:
    """Whose link this is; None is the first admin's.

    Raises:
        NotFoundError: unknown, used, expired, or of before the person's credentials changed; one answer for all four.
    """
    link = session.get(OneTimeLink, secrets.hashed(secret))
    if not link or link.used_at or link.expires_at <= clock.now():
        raise _gone()
    if link.person_id is None:
        if not needs_first_admin(session):
            raise _gone()
        return None
    person = session.get(Person, link.person_id)
    if not person or not person.is_active or (link.epoch or 0) != epochs.of(session, person.id):
        raise _gone()
    return person


def choose_password(session: WriteSession, secret: str, password: str) -> Person:
    """Use an invitation up."""
    person = person_of(session, secret)
    if person is None:
        raise _gone()
    _use_up(session, secret)
    events.add(session, Event(Kind.LINK_USED, person.id))
    return passwords.choose(session, person.id, password)


def become_first_admin(session: WriteSession, secret: str, new: NewPerson, password: str) -> Person:
    """Use the first admin's link up; whatever role was asked for, it makes an admin."""
    if person_of(session, secret) is not None:
        raise _gone()
    passwords.check(password, name=new.name, email=new.email)
    _use_up(session, secret)
    person = actions.enter(session, new.model_copy(update={"role": Role.ADMIN}))
    events.add(session, Event(Kind.LINK_USED, person.id))
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
