"""Pairs of clients who may be one, each with its reasons: a way to reach them, a UID at two venues, or a name they share."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from math import prod
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.clients import visible_to
from crm.clients.models import Client, ClientStatus, ContactKind, ContactMethod
from crm.clients.names import plain
from crm.duplicates.decisions import decided
from crm.duplicates.names import alike, likeness
from crm.people import Person

MOST_PAIRS, MOST_SHARING = 2000, 20  # what more than twenty clients share says nothing about any two of them


class Shared(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"
    UID = "uid"
    NAME = "name"


# How sure each makes it that two are one, of 100. A name alone is worth less; `_by_name` says how much.
SURE: Mapping[Shared, int] = {Shared.EMAIL: 92, Shared.PHONE: 90, Shared.HANDLE: 85, Shared.UID: 90}
_MESSENGERS = {ContactKind.EMAIL: Shared.EMAIL, ContactKind.PHONE: Shared.PHONE, ContactKind.WHATSAPP: Shared.PHONE}


@dataclass(frozen=True)
class Reason:
    """Why two may be one: what they share, its value (of a name, the other's), and how sure that makes it, of 100."""

    shared: Shared
    value: str
    score: int


@dataclass(frozen=True)
class Pair:
    """Two clients, the lower id first; `score` weighs all reasons together."""

    first_id: UUID
    second_id: UUID
    reasons: tuple[Reason, ...]
    score: int

    @property
    def ids(self) -> tuple[UUID, UUID]:
        return self.first_id, self.second_id


@dataclass(frozen=True)
class Line:
    """What a list of candidates shows of a client."""

    id: UUID
    name: str
    venue: str
    uid: str | None
    kind: str
    country: str | None
    birthday: date | None
    manager_id: UUID


@dataclass(frozen=True)
class Candidates:
    """The likeliest pairs first, at most 2,000 of `total`, and what is known of their clients."""

    pairs: tuple[Pair, ...]
    lines: Mapping[UUID, Line]
    total: int


def candidates(session: Session, viewer: Person) -> Candidates:
    """Open clients of the viewer who may be one; pairs of whom somebody said that they are two are left out."""
    lines = _lines(session, viewer)
    found: dict[tuple[UUID, UUID], list[Reason]] = {}
    for one, other, reason in _reasons(session, viewer, lines):
        first, second = sorted((one, other), key=str)
        found.setdefault((first, second), []).append(reason)
    two = decided(session)
    pairs = [Pair(*ids, tuple(reasons), _together(reasons)) for ids, reasons in found.items() if ids not in two]
    pairs.sort(key=lambda pair: (-pair.score, lines[pair.first_id].name, str(pair.first_id), str(pair.second_id)))
    shown = tuple(pairs[:MOST_PAIRS])
    return Candidates(shown, {one: lines[one] for pair in shown for one in pair.ids}, len(pairs))


def _together(reasons: Sequence[Reason]) -> int:
    return round(100 - 100 * prod(1 - reason.score / 100 for reason in reasons))


def _lines(session: Session, viewer: Person) -> dict[UUID, Line]:
    columns = [getattr(Client, name) for name in Line.__dataclass_fields__]
    chosen = _open(viewer).with_only_columns(*columns).order_by(col(Client.id))
    return {row[0]: Line(*row) for row in session.execute(chosen)}


def _open(viewer: Person) -> Any:  # noqa: ANN401 -- a select of clients, narrowed further by its callers
    return visible_to(viewer).where(Client.status != ClientStatus.CLOSED)


def _reasons(session: Session, viewer: Person, lines: Mapping[UUID, Line]) -> Iterator[tuple[UUID, UUID, Reason]]:
    yield from _by_handles(session, viewer)
    yield from _by_uid(lines)
    yield from _by_name(lines)


def _by_handles(session: Session, viewer: Person) -> Iterator[tuple[UUID, UUID, Reason]]:
    """A telephone is one, whether it is called or written to."""
    kind = sa.case(
        *((col(ContactMethod.kind) == kind, shared) for kind, shared in _MESSENGERS.items()),
        else_=col(ContactMethod.kind),
    )
    book = _open(viewer).with_only_columns(Client.id).subquery()
    reached = (
        sa.select(
            kind.label("kind"), sa.func.lower(col(ContactMethod.value)).label("value"), col(ContactMethod.client_id)
        )
        .join(book, book.c.id == col(ContactMethod.client_id))
        .distinct()
        .subquery()
    )
    sharing = sa.func.count().over(partition_by=[reached.c.kind, reached.c.value]).label("sharing")
    counted = sa.select(reached, sharing).subquery()
    query = sa.select(counted).where(counted.c.sharing.between(2, MOST_SHARING)).order_by(counted.c.client_id)
    sharers: dict[tuple[str, str], list[UUID]] = {}
    for kind_shared, value, client_id, _ in session.execute(query):
        sharers.setdefault((kind_shared, value), []).append(client_id)
    for (kind_shared, value), ids in sharers.items():
        shared = Shared(kind_shared) if kind_shared in (Shared.EMAIL, Shared.PHONE) else Shared.HANDLE
        for one, other in combinations(ids, 2):
            yield one, other, Reason(shared, value, SURE[shared])


def _by_uid(lines: Mapping[UUID, Line]) -> Iterator[tuple[UUID, UUID, Reason]]:
    """One UID at several venues is the same client only if the name says so, too."""
    bearers: dict[str, list[Line]] = {}
    for line in lines.values():
        if line.uid:
            bearers.setdefault(line.uid, []).append(line)
    for uid, several in bearers.items():
        for one, other in combinations(several[:MOST_SHARING], 2):
            if likeness(plain(one.name), plain(other.name)):
                yield one.id, other.id, Reason(Shared.UID, uid, SURE[Shared.UID])


def _by_name(lines: Mapping[UUID, Line]) -> Iterator[tuple[UUID, UUID, Reason]]:
    every = list(lines.values())
    names = [plain(line.name) for line in every]
    bearers = Counter(names)
    for left, right, score in _alike(tuple(names)):
        one, other = every[left], every[right]
        sure = sure_by_name(score, one, other, max(bearers[names[left]], bearers[names[right]]))
        if sure:
            yield one.id, other.id, Reason(Shared.NAME, other.name, sure)


@lru_cache(maxsize=4)
def _alike(names: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Most writes change no name, so the next look need not compare them all again."""
    return list(alike(names))


def sure_by_name(score: int, one: Line, other: Line, bearers: int) -> int:
    """How sure a name makes it: less where many bear it, more with one birthday or country; two birthdays are two people."""
    if one.birthday and other.birthday and one.birthday != other.birthday:
        return 0
    sure = score - 25 - 8 * min(max(bearers - 2, 0), 5)
    sure += 15 if one.birthday and one.birthday == other.birthday else 0
    if one.country and other.country:
        sure += 5 if one.country == other.country else -15
    return max(0, min(sure, 95) if one.kind == other.kind else sure - 20)
