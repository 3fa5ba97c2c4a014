"""Inviting people, changing and disabling them, founding teams."""

from uuid import UUID

from sqlmodel import Session

from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import ConflictError, InvalidError, NotFoundError
from crm.journal import versions
from crm.people import queries
from crm.people.models import DESK_ID, NewPerson, Person, PersonChange, Team
from crm.people.rights import Right, require

LOCALES = ("en", "zh")


def invite(session: WriteSession, by: Person, new: NewPerson) -> Person:
    """A colleague without a password yet: `links.invite` makes the link by which they choose one."""
    require(by, Right.ACCOUNTS)
    return enter(session, new)


def enter(session: WriteSession, new: NewPerson) -> Person:
    """Put a person on the list without asking who does it: for the first admin only."""
    if queries.find_by_email(session, new.email):
        raise ConflictError("Somebody with the address {email} is already here.", at="email", email=new.email)
    _check(session, new.team_id, new.locale)
    person = Person(**new.model_dump())
    session.add(person)
    session.flush()
    return person


def change(session: WriteSession, by: Person, person_id: UUID, wanted: PersonChange) -> Person:
    """Fields that were left out stay.

    That an admin remains, and that disabling or another role ends sessions, tokens and links, is seen to when the write
    ends, whichever way it came.
    """
    require(by, Right.ACCOUNTS)
    person = queries.get(session, by, person_id)
    if person.id == DESK_ID:
        raise NotFoundError("There is no such person.")
    fields = wanted.model_dump(exclude_unset=True, exclude={"version"})
    moved = versions.moved(person, fields, wanted.version, person.name)
    _check(session, wanted.team_id, wanted.locale)
    for name, value in moved.items():
        setattr(person, name, value)
    session.flush()
    return person


def found_team(session: WriteSession, by: Person, name: str) -> Team:
    require(by, Right.ACCOUNTS)
    wanted = name.strip()
    if not wanted or len(wanted) > 80:  # noqa: PLR2004 -- the column's length
        raise InvalidError("A team has a name of at most 80 letters.", at="team")
    if any(team.name.casefold() == wanted.casefold() for team in queries.teams(session)):
        raise ConflictError("There is a team {wanted} already.", at="team", wanted=wanted)
    team = Team(name=wanted)
    session.add(team)
    session.flush()
    return team


def speak(session: WriteSession, by: Person, locale: str) -> Person:
    """Choose one's own language."""
    _check(session, None, locale)
    person = queries.get(session, by, by.id)
    person.locale = locale
    session.flush()
    return person


def live_in(session: WriteSession, by: Person, time_zone: str) -> Person:
    """Choose one's own time zone."""
    person = queries.get(session, by, by.id)
    person.time_zone = clock.zone(time_zone).key
    session.flush()
    return person


def settle(session: WriteSession, by: Person, *, locale: str, time_zone: str) -> Person:
    """Choose one's own language and time zone."""
    speak(session, by, locale)
    return live_in(session, by, time_zone)


def _check(session: Session, team_id: UUID | None, locale: str | None) -> None:
    if team_id and not session.get(Team, team_id):
        raise NotFoundError("There is no such team.")
    if locale is not None and locale not in LOCALES:
        raise InvalidError("The language is en or zh.", at="locale")
