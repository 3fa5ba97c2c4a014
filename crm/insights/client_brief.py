"""A client in brief, for whoever is about to speak to them: how they are doing, and what we owe them next."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from crm import tasks
from crm.clients import Client
from crm.insights.client_summary import ClientSummary, known_client, summed_up
from crm.people import Person
from crm.tasks import Task

MOST_TASKS = 4


@dataclass(frozen=True)
class ClientBrief:
    """The client, its summary, and the open tasks that come next."""

    client: Client
    summary: ClientSummary
    tasks: Sequence[Task]


def brief_of(session: Session, viewer: Person, client_id: UUID) -> ClientBrief:
    known = known_client(session, viewer, client_id)
    next_tasks = tasks.still_open(session, known.client, limit=MOST_TASKS)
    return ClientBrief(known.client, summed_up(session, viewer, known), next_tasks)
