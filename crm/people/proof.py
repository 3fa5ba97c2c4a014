"""Proving again who one is: what an open screen must not give away needs a recent proof in the browser it is asked from."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import InstanceState
from sqlmodel import Session, col, select

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.config import settings
from crm.ground.errors import NotAllowedError
from crm.people.models import Person, SecondFactor, WebSession
from crm.people.queries import DEMO_DOMAIN

_SESSION = "web_session"


class ProofNeededError(NotAllowedError):
    """The person may do it, but has to prove first that it is still them."""

    def __init__(self) -> None:
        super().__init__("Confirm first that it is you.")


def came_by(person: Person, sid: str) -> Person:
    """Note on a person in which browser's session they act; whoever acts without one, such as a token, has none."""
    _state(person).info[_SESSION] = sid
    return person


def session_of(person: Person) -> str:
    return str(_state(person).info.get(_SESSION, ""))


def require(session: Session, by: Person) -> None:
    """Go on only if whoever acts has proved lately who they are.

    Raises:
        ProofNeededError: the last proof in this browser is too old.
    """
    if not is_fresh(session, by):
        raise ProofNeededError


def is_fresh(session: Session, by: Person) -> bool:
    """Whether nothing has to be asked: the proof is recent, nobody sits at a screen, or the password is everybody's."""
    sid = session_of(by)
    if not sid or (by.email.endswith(DEMO_DOMAIN) and not session.get(SecondFactor, by.id)):
        return True
    since = clock.now() - timedelta(minutes=settings().confirm_minutes)
    own = (col(WebSession.public_id) == sid) & (col(WebSession.person_id) == by.id)
    return session.exec(select(WebSession.public_id).where(own, col(WebSession.proved_at) > since)).first() is not None


def note(session: WriteSession, by: Person) -> None:
    """The person has just proved it."""
    own = (col(WebSession.public_id) == session_of(by)) & (col(WebSession.person_id) == by.id)
    session.exec(sa.update(WebSession).where(own, col(WebSession.ended_at).is_(None)).values(proved_at=clock.now()))


def _state(person: Person) -> "InstanceState[Person]":
    found: InstanceState[Person] = sa.inspect(person)
    return found
