"""Pairs that hang together are one group, found before anything is merged; one of each is kept."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session

from crm.clients.merging import MOST_AT_ONCE, Merge, together
from crm.clients.models import Client, Status
from crm.errors import InvalidError
from crm.people import Person


def grouped(pairs: Iterable[tuple[UUID, UUID]]) -> list[tuple[UUID, ...]]:
    """Union-find: whoever is linked through others is in one group; groups come in the order of their first pair."""
    parents: dict[UUID, UUID] = {}

    def root(one: UUID) -> UUID:
        while parents.setdefault(one, one) != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    for first, second in pairs:
        parents[root(second)] = root(first)
    groups: dict[UUID, list[UUID]] = {}
    for one in parents:
        groups.setdefault(root(one), []).append(one)
    return [tuple(group) for group in groups.values()]


def merges_of(session: Session, viewer: Person, groups: Iterable[Sequence[UUID]]) -> list[Merge]:
    """Each group into the record that says most; where others say more of a field, theirs fills it."""
    merges = []
    for ids in groups:
        if len(ids) > MOST_AT_ONCE:
            raise InvalidError(f"{len(ids)} clients hang together here; merge at most {MOST_AT_ONCE} at once.")
        found = best_first(together(session, viewer, ids))
        versions = {client.id: client.version for client in found}
        merges.append(Merge(keep_id=found[0].id, other_ids=[client.id for client in found[1:]], versions=versions))
    return merges


def best_first(clients: Iterable[Client]) -> list[Client]:
    """An open client with a UID before one without, then whoever says more, then the older one."""

    def told(client: Client) -> int:
        return sum(
            bool(getattr(client, name)) for name in ("tier", "country", "birthday", "notes", "tags", "attributes")
        )

    return sorted(clients, key=lambda c: (c.uid is None, c.status == Status.CLOSED, -told(c), c.created_at, str(c.id)))
