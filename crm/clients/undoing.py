"""Nobody takes back, or reads of, what is about a client in another book now; and what clients are called in the journal."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from crm import history
from crm.clients import contact_methods, undo_scope
from crm.clients.scope import named
from crm.history import Past
from crm.journal import Change
from crm.people import Person

history.guard(undo_scope.check)
history.sight(undo_scope.unseen)


@history.naming
def names_of(session: Session, viewer: Person, lines: Sequence[Change]) -> Mapping[str, str]:
    """What the viewer calls the clients of some lines of the journal."""
    clients = named(viewer)
    wanted = {key for key in map(_client_key, lines) if key}
    return {
        str(key): name
        for key, name in session.execute(sa.select(clients.c.id, clients.c.name).where(clients.c.id.in_(wanted)))
    }


def _client_key(line: Change) -> UUID | None:
    kept = {**(line.before or {}), **(line.after or {})}
    found = line.entity_key if line.entity == "client" else kept.get("client_id")
    return UUID(str(found)) if found else None


def past_of(session: Session, viewer: Person, client_id: UUID, *, limit: int = 50) -> list[Past]:
    """Who changed what about a client, newest first: its own row, and the ways to reach it."""
    methods = contact_methods.of_client(session, viewer, client_id)
    rows = [("client", client_id), *(("handle", method.id) for method in methods)]
    return history.of_rows(session, viewer, rows, limit=limit)
