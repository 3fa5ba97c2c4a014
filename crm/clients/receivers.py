"""Who can be given a client: active managers and leads, of a lead's own team, or the desk."""

from uuid import UUID

from sqlmodel import Session

from crm.errors import InvalidError, NotAllowedError, NotFoundError
from crm.people import DESK_ID, Person, Role


def check(session: Session, by: Person, person_id: UUID) -> Person:
    person = session.get(Person, person_id)
    if not person:
        raise NotFoundError("There is no such person.")
    if person.id == DESK_ID:
        return person
    if not person.is_active or person.role not in (Role.MANAGER, Role.LEAD):
        raise InvalidError(f"{person.name} cannot look after clients; choose an active manager or lead.")
    if by.team_id and person.id != by.id and person.team_id != by.team_id:
        raise NotAllowedError(f"{person.name} is not in your team; a lead of all teams can do that.")
    return person
