"""Who can be given a client, who may give one, and in whose name one may write.

Each rule is one SQL expression, for one row and for a million: NULL where nothing stands in the way, else a reason.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from crm import people
from crm.db.sql import Sql
from crm.ground.errors import CrmError, InvalidError, NotAllowedError, NotFoundError
from crm.people import DESK_ID, Person, Right, Role, may

NOBODY, UNABLE, ELSEWHERE, NO_LEAD = "nobody", "unable", "elsewhere", "no lead"
NO_NAME, OTHER_NAME = "no name", "other name"


def why_not(by: Person, to: str) -> str:
    """Why clients cannot be given to the person of the alias `to`: active managers and leads of the team, or the desk."""
    other_team = (
        f"{to}.id <> {key(by.id)} AND {to}.team_id IS DISTINCT FROM {key(by.team_id)}" if by.team_id else "FALSE"
    )
    return f"""CASE WHEN {to}.id IS NULL THEN '{NOBODY}' WHEN {to}.id = {key(DESK_ID)} THEN NULL
        WHEN NOT {to}.is_active OR {to}.role NOT IN ('{Role.MANAGER}', '{Role.LEAD}') THEN '{UNABLE}'
        WHEN {other_team} THEN '{ELSEWHERE}' END"""


def why_not_moved(by: Person, held_by: str, to: str) -> str:
    """Why a client may not go from one book to that of the alias `to`; `held_by` is SQL for whose it is, NULL for nobody's."""
    may_move = why_not(by, to) if may(by, Right.REASSIGN) else f"'{NO_LEAD}'"
    return f"CASE WHEN {held_by} IS NOT DISTINCT FROM {to}.id THEN NULL ELSE {may_move} END"


def why_not_begun(by: Person, to: str) -> str:
    """Why a new client may not stand in the book of the alias `to`: it is one's own, or a lead says whose."""
    others = why_not(by, to) if may(by, Right.REASSIGN) else f"'{NO_LEAD}'"
    return f"CASE WHEN {to}.id = {key(by.id)} THEN NULL ELSE {others} END"


def why_not_as(by: Person, person: str) -> str:
    """Why nothing may be written down in the name of the alias `person`: it is one's own, or a lead says whose.

    Also of somebody who left: what they said and did stays theirs.
    """
    others = f"'{NO_NAME}'"
    if may(by, Right.UNDO_OTHERS):
        others = (
            f"CASE WHEN {person}.team_id IS DISTINCT FROM {key(by.team_id)} THEN '{OTHER_NAME}' END"
            if by.team_id
            else "NULL"
        )
    return f"CASE WHEN {person}.id IS NULL THEN '{NOBODY}' WHEN {person}.id = {key(by.id)} THEN NULL ELSE {others} END"


def key(value: UUID | None) -> str:
    """A person's or team's id as SQL."""
    return f"CAST('{value}' AS uuid)" if value else "CAST(NULL AS uuid)"


def offered(session: Session, by: Person) -> list[Person]:
    """The colleagues to whom one may give clients and tasks, by name."""
    found = Sql(session).rows(f"SELECT p.id FROM person p WHERE ({why_not(by, 'p')}) IS NULL")
    able = {UUID(str(key)) for (key,) in found}
    return [person for person in people.colleagues(session) if person.id in able]


def check(session: Session, by: Person, person_id: UUID) -> Person:
    """The person, if clients can be given to them by whoever asks."""
    return _checked(session, person_id, why_not(by, "p"))


def check_moved(session: Session, by: Person, held_by: UUID | None, to: UUID | None) -> None:
    """Whether a client may go from one person to another, as manager or as backup; NULL stands for no backup."""
    if held_by != to:
        _checked(session, to or DESK_ID, why_not_moved(by, key(held_by), "p"))


def check_begun(session: Session, by: Person, manager_id: UUID) -> Person:
    """The manager of a new client, if whoever adds it may say so."""
    return _checked(session, manager_id, why_not_begun(by, "p"))


def check_as(session: Session, by: Person, person_id: UUID) -> None:
    """Whether one may write something down in the name of this person."""
    _checked(session, person_id, why_not_as(by, "p"))


def _checked(session: Session, person_id: UUID, reason: str) -> Person:
    sql = Sql(session)
    found = sql.rows(f"SELECT {reason} FROM (SELECT {key(person_id)} AS id) a LEFT JOIN person p ON p.id = a.id")
    person = session.get(Person, person_id)
    told = found[0][0]
    if told or person is None:
        raise _refusals(person.name if person else "")[told or NOBODY]
    return person


def _refusals(name: str) -> Mapping[str, CrmError]:
    return {
        NOBODY: NotFoundError("There is no such person."),
        UNABLE: InvalidError("{name} cannot look after clients; choose an active manager or lead.", name=name),
        ELSEWHERE: NotAllowedError("{name} is not in your team; a lead of all teams can do that.", name=name),
        NO_LEAD: NotAllowedError("Only leads can move clients and tasks to another book."),
        NO_NAME: NotAllowedError("Only leads can write in a colleague's name."),
        OTHER_NAME: NotAllowedError("{name} is not in your team, so you cannot write in that name.", name=name),
    }
