"""Pairs that hang together are one group, found before anything is merged; one of each is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from crm.clients.models import Client, ClientStatus
from crm.clients.search import fold, words
from crm.duplicates.finding import Candidates, Pair, Shared
from crm.ground.errors import InvalidError
from crm.handover.merging import MOST_AT_ONCE, Merge, together
from crm.people import Person


@dataclass(frozen=True)
class PairFilter:
    """Which pairs are looked at: with a word in one of the names, sharing something, as sure as this at least, of 100."""

    text: str = ""
    shared: Shared | None = None
    least: int = 0


@dataclass(frozen=True)
class Group:
    """Clients who hang together by pairs: what the pairs share, and how sure the surest of them is."""

    ids: tuple[UUID, ...]
    shared: tuple[Shared, ...]
    score: int


def groups_of(found: Candidates, wanted: PairFilter) -> list[Group]:
    """The surest groups first; one that is too large to be merged at once comes as its pairs."""
    pairs = [pair for pair in found.pairs if _fits(found, pair, wanted)]
    groups = grouped(pair.ids for pair in pairs)
    place = {one: at for at, group in enumerate(groups) for one in group}
    linked: dict[int, list[Pair]] = {}
    for pair in pairs:
        linked.setdefault(place[pair.first_id], []).append(pair)
    made: list[Group] = []
    for at, group in enumerate(groups):
        whole = len(group) <= MOST_AT_ONCE
        made += [_group(group, linked[at])] if whole else [_group(pair.ids, [pair]) for pair in linked[at]]
    return sorted(made, key=lambda group: -group.score)


def _fits(found: Candidates, pair: Pair, wanted: PairFilter) -> bool:
    if pair.score < wanted.least or (wanted.shared and wanted.shared not in {r.shared for r in pair.reasons}):
        return False
    told = "\n".join(fold(f"{found.lines[one].name} {found.lines[one].uid or ''}") for one in pair.ids)
    return all(word in told for word in words(wanted.text))


def _group(ids: Sequence[UUID], pairs: Sequence[Pair]) -> Group:
    every = {reason.shared for pair in pairs for reason in pair.reasons}
    return Group(tuple(ids), tuple(s for s in Shared if s in every), max(pair.score for pair in pairs))


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
            raise InvalidError(
                "{count} clients hang together here; merge at most {most} at once.", count=len(ids), most=MOST_AT_ONCE
            )
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

    return sorted(
        clients, key=lambda c: (c.uid is None, c.status == ClientStatus.CLOSED, -told(c), c.created_at, str(c.id))
    )
