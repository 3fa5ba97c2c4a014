"""Watching over accounts: a lead over those of the team, an admin over all; who signed in, who is locked out, who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from crm.db.sessions import WriteSession
from crm.ground.errors import NotFoundError
from crm.people import events, queries, throttle
from crm.people.events import Event, Kind
from crm.people.models import Person, Role, SecurityEvent
from crm.people.rights import Right, require


@dataclass(frozen=True)
class Lock:
    """Somebody who cannot be tried to sign in as for so many seconds, at least from where it was tried."""

    person: Person
    seconds: int


def watched(session: Session, viewer: Person) -> list[Person]:
    """Whose accounts a person may watch over."""
    require(viewer, Right.SIGN_INS)
    everyone = queries.colleagues(session, active_only=False)
    if viewer.role == Role.ADMIN or viewer.team_id is None:
        return list(everyone)
    return [person for person in everyone if person.team_id == viewer.team_id]


def locks(session: Session, viewer: Person) -> list[Lock]:
    """Who is locked out now, by name."""
    found = [(person, throttle.locked(session, person.email)) for person in watched(session, viewer)]
    return [Lock(person, round(wait.total_seconds())) for person, wait in found if wait > timedelta()]


def lift(session: WriteSession, by: Person, person_id: UUID) -> Person:
    """Let somebody sign in again at once."""
    person = next((one for one in watched(session, by) if one.id == person_id), None)
    if person is None:
        raise NotFoundError("There is no such person.")
    if throttle.lift(session, person.email):
        events.add(session, Event(Kind.LOCK_LIFTED, by.id, person.id))
    return person


def events_of(session: Session, viewer: Person) -> Sequence[SecurityEvent]:
    """What those whom one watches over did, tried or had done to them, the newest first."""
    return events.recent(session, [person.id for person in watched(session, viewer)])
