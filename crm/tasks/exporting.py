"""The list of what is owed."""

from sqlmodel import Session, col

from crm import clients
from crm.exports import Selection, Sheet, listed, streamed, types_of
from crm.people import Person
from crm.tasks.listing import TaskFilter, matching
from crm.tasks.models import Task
from crm.tasks.queries import visible_to

OWED = (
    "title",
    "kind",
    "status",
    "priority",
    "due_on",
    "due_at",
    "remind_at",
    "snoozed_until",
    "created_at",
    "done_at",
    "outcome",
    "repeat",
)


@listed("tasks")
def owed(session: Session, viewer: Person, selection: Selection) -> Sheet:
    wanted = selection.filter_of(TaskFilter)
    visible = matching(viewer, wanted) if wanted else visible_to(viewer)
    named = clients.named(viewer)
    query = (
        clients.narrowing.narrowed(viewer, selection, visible, col(Task.client_id))
        .join(named, named.c.id == col(Task.client_id), isouter=True)
        .join(Person, col(Person.id) == col(Task.owner_id))
        .with_only_columns(*clients.narrowing.known_by(Task, named), *(getattr(Task, name) for name in OWED))
    )
    ordered = selection.ordered(query, (col(Task.created_at), col(Task.id)), col(Task.id))
    columns = ("external_id", *clients.narrowing.CLIENT, "owner", *OWED)
    return Sheet("tasks", columns, streamed(session, ordered), types_of(Task, *OWED))
