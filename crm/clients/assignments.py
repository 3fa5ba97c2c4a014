"""In whose book a client stands, and in whose it stood before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import journal, people
from crm.clients import queries
from crm.clients.models import AssignmentRole, Client, ClientStatus, PastAssignment
from crm.clients.scope import is_visible
from crm.ground.errors import NotFoundError
from crm.people import Person, Right, may, require


@dataclass(frozen=True)
class Held:
    """Who looked after a client, as what, and from when until when; `until_at` is None for whoever does now."""

    person_id: UUID
    part: str
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True)
class Load:
    """How many open clients stand in somebody's book, and how many they cover as a backup."""

    clients: int
    covered: int


def load_of(session: Session, viewer: Person, person_id: UUID) -> Load:
    """How much hangs on a colleague: numbers only, so whoever keeps the accounts may know them.

    Raises:
        NotAllowedError: neither accounts nor books are theirs.
    """
    if not may(viewer, Right.REASSIGN):
        require(viewer, Right.ACCOUNTS)
    is_open = col(Client.status) != ClientStatus.CLOSED
    held, covered = session.exec(
        select(
            sa.func.count().filter(col(Client.manager_id) == person_id),
            sa.func.count().filter(col(Client.backup_id) == person_id),
        ).where(is_open)
    ).one()
    return Load(held, covered)


def managers_of(session: Session, viewer: Person) -> list[Person]:
    """The managers of the clients whom one sees, by name: whom a list can be narrowed to."""
    held = select(Client.manager_id).where(is_visible(viewer)).distinct()
    found = set(session.exec(held).all())
    return [person for person in people.colleagues(session, active_only=False) if person.id in found]


def check_all_visible(session: Session, viewer: Person, client_ids: Collection[UUID]) -> None:
    """Raise NotFoundError unless the viewer sees every one of these clients."""
    wanted = set(client_ids)
    query = select(sa.func.count()).select_from(Client).where(col(Client.id).in_(wanted), is_visible(viewer))
    if session.exec(query).one() != len(wanted):
        raise NotFoundError("One of these clients is not there, or not in your book.")


def assignments_of(session: Session, viewer: Person, client_id: UUID) -> list[Held]:
    """Who looks after a client now, and who did before, newest first."""
    client = queries.get(session, viewer, client_id)
    query = select(PastAssignment).where(PastAssignment.client_id == client.id)
    past = session.exec(query.order_by(col(PastAssignment.until_at).desc(), col(PastAssignment.id).desc())).all()
    before = [Held(p.person_id, p.part, p.from_at, p.until_at) for p in past]
    begun = next(
        (held.until_at for held in before if held.part == AssignmentRole.PRIMARY and held.until_at), client.created_at
    )
    now = [Held(client.manager_id, AssignmentRole.PRIMARY, begun, None)]
    if client.backup_id:
        now.append(Held(client.backup_id, AssignmentRole.BACKUP, _backup_since(session, client), None))
    return now + before


def _backup_since(session: Session, client: Client) -> datetime:
    for made, line in journal.history_of(session, "client", client.id):
        if (line.after or {}).get("backup_id") == str(client.backup_id):
            return made.made_at
    return client.created_at
