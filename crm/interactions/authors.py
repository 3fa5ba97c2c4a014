"""Who may correct what was said: one SQL expression, for one row and for a million."""

from uuid import UUID

from sqlmodel import Session

from crm.clients.assignees import NO_NAME, key
from crm.db.sql import Sql
from crm.ground.errors import NotAllowedError
from crm.people import Person, Right, may


def why_not_corrected(by: Person, said: str) -> str:
    """Why the interaction of the alias `said`, within view, may not be corrected; NULL where it may.

    Whoever wrote it may, and a lead.
    """
    return "NULL" if may(by, Right.UNDO_OTHERS) else f"CASE WHEN {said}.person_id <> {key(by.id)} THEN '{NO_NAME}' END"


def check_corrected(session: Session, by: Person, interaction_id: UUID) -> None:
    found = f"SELECT {why_not_corrected(by, 'o')} FROM interaction o WHERE o.id = {key(interaction_id)}"
    if Sql(session).scalar(found):
        raise NotAllowedError("Only whoever wrote this, or a lead, can correct it.")
