"""One client's timeline, page by page."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from crm import clients, people
from crm.people import Person
from crm.timeline.entries import Asked, Entry, EntryKind, readers


def kinds() -> dict[str, EntryKind]:
    """What kinds of entries there are, by name."""
    return {kind.name: kind for kind, _ in readers}


def of_client(
    session: Session,
    viewer: Person,
    client_id: UUID,
    *,
    only: Collection[str] | None = None,
    before: datetime | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The newest entries, `only` of some kinds by their names; the next page is `before` the last moment seen."""
    asked = Asked(session, clients.get(session, viewer, client_id), before, limit, people.names(session))
    wanted = [read for kind, read in readers if only is None or kind.name in only]
    found = [entry for read in wanted for entry in read(asked)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:limit]
