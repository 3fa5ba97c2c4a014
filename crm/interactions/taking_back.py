"""Taking back what was said, or the last correction of it, where it stands."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from crm import history
from crm.clients.assignees import key
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.errors import NotFoundError
from crm.history import Past
from crm.interactions import authors, queries
from crm.interactions.models import NewInteraction
from crm.journal import Undone
from crm.people import Person, Right, may
from crm.tasks import TaskKind
from crm.tasks.models import Task

OF_MANY = "import"


def correctable(session: Session, viewer: Person, ids: Collection[UUID]) -> set[UUID]:
    """Which of these conversations the viewer may correct and take back: whoever wrote them, and a lead."""
    if not ids or not may(viewer, Right.LOG):
        return set()
    places = ", ".join(key(one) for one in ids)
    why_not = authors.why_not_corrected(viewer, "o")
    found = Sql(session).rows(f"SELECT o.id FROM interaction o WHERE o.id IN ({places}) AND {why_not} IS NULL")
    return {one if isinstance(one, UUID) else UUID(str(one)) for (one,) in found}


def take_back(session: WriteSession, by: Person, interaction_id: UUID) -> Undone:
    """Undo the newest change of a conversation: its last correction, else that it was logged, with the task that came of it.

    Of a file that brought many only this one goes.

    Raises:
        NotAllowedError: somebody else wrote it.
        NotFoundError: there is nothing left to take back.
    """
    said = queries.get(session, by, interaction_id)
    authors.check_corrected(session, by, said.id)
    newest = _newest(session, by, said.id)
    only = [str(said.id)] if newest.made.kind == OF_MANY else None
    return history.undo(session, by, newest.made.id, only=only)


def words_of(session: Session, viewer: Person, interaction_id: UUID) -> NewInteraction | None:
    """A conversation as it would be logged anew, if the newest change of it is that it was logged; else None."""
    said = queries.get(session, viewer, interaction_id)
    newest = _newest(session, viewer, said.id)
    if any(line.before is not None for line in newest.lines):
        return None
    query = select(Task).where(Task.origin == "interaction", col(Task.origin_id) == said.id)
    task = session.exec(query).first()
    kept = said.model_dump(include=set(NewInteraction.model_fields) - {"person_id"})
    kept["follow_up_on"], kept["is_promise"] = (task.due_on, task.kind == TaskKind.PROMISE) if task else (None, False)
    return NewInteraction.model_construct(**kept)


def _newest(session: Session, viewer: Person, interaction_id: UUID) -> Past:
    past = history.of_rows(session, viewer, [("interaction", interaction_id)])
    found = next((one for one in past if not one.is_undone and not one.made.undoes), None)
    if not found:
        raise NotFoundError("There is nothing left to take back here.")
    return found
