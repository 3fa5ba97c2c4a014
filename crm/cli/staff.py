"""Inviting and disabling people for the command line."""

from dataclasses import asdict, dataclass

from crm import db, people
from crm.ground.config import settings
from crm.ground.errors import NotFoundError
from crm.ground.messages import Message
from crm.people import NewPerson, Person, PersonChange


@dataclass(frozen=True)
class Invited:
    """Somebody, and the address that lets them in once."""

    email: str
    link: str

    @property
    def plain(self) -> dict[str, object]:
        return asdict(self)


def invite(new: NewPerson, team: str) -> Invited:
    me = people.machine()
    with db.write(by=me, why=Message("invited {email}", email=new.email)) as session:
        if team:
            known = {t.name.casefold(): t for t in people.teams(session)}
            found = known.get(team.strip().casefold()) or people.found_team(session, me, team)
            new = new.model_copy(update={"team_id": found.id})
        person, secret = people.links.welcome(session, me, new)
        return Invited(person.email, _address(secret))


def link(email: str) -> Invited:
    me = people.machine()
    with db.write(by=me, why=Message("a new link for {email}", email=email)) as session:
        person = _found(people.find_by_email(session, email), email)
        return Invited(person.email, _address(people.links.invite(session, me, person.id)))


def disable(email: str) -> Person:
    me = people.machine()
    with db.write(by=me, why=Message("disabled {email}", email=email)) as session:
        person = _found(people.find_by_email(session, email), email)
        return people.change(session, me, person.id, PersonChange(version=person.version, is_active=False))


def reset(email: str) -> Person:
    me = people.machine()
    with db.write(by=me) as session:
        person = _found(people.find_by_email(session, email), email)
        people.second_factor.reset(session, me, person.id)
        people.watch.lift(session, me, person.id)
        return person


def everybody() -> list[dict[str, object]]:
    with db.read() as session:
        teams = {team.id: team.name for team in people.teams(session)}
        return [
            {
                "email": p.email,
                "name": p.name,
                "role": p.role,
                "team": teams.get(p.team_id) if p.team_id else None,
                "is_active": p.is_active,
            }
            for p in people.colleagues(session, active_only=False)
        ]


def _found(person: Person | None, email: str) -> Person:
    if not person:
        raise NotFoundError("Nobody here has the address {email}.", email=email)
    return person


def _address(secret: str) -> str:
    return f"{settings().public_url.rstrip('/') or 'http://localhost:8501'}/welcome/{secret}"
