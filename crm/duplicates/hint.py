"""A hint while somebody types a new client: whom it resembles, among those the person may see."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.clients import NewClient, accounts, visible_to
from crm.clients.models import Client, ContactKind, ContactMethod
from crm.clients.names import plain
from crm.clients.search import holds
from crm.clients.values import handle
from crm.duplicates.finding import SURE, Line, Reason, Shared, sure_by_name
from crm.duplicates.names import beginnings, likeness
from crm.people import Person

MOST_SHOWN, MOST_COMPARED = 5, 5000


@dataclass(frozen=True)
class Resembling:
    """A client who may be the one that is typed, closed or not, and why."""

    id: UUID
    name: str
    venue: str
    uid: str | None
    status: str
    manager_id: UUID
    reasons: tuple[Reason, ...]


def resembling(session: Session, viewer: Person, typed: NewClient) -> list[Resembling]:
    """The likeliest first. Clients of other books are neither shown nor hinted at; only a taken UID is said, when it is added."""
    found: dict[UUID, list[Reason]] = {}
    looks = (_by_uid, _by_handle, _by_name)
    for client_id, reason in (line for look in looks for line in look(session, viewer, typed)):
        found.setdefault(client_id, []).append(reason)
    ids = sorted(found, key=lambda one: -max(reason.score for reason in found[one]))[:MOST_SHOWN]
    rows = {one.id: one for one in session.exec(visible_to(viewer).where(col(Client.id).in_(ids)))}
    return [
        Resembling(i, c.name, c.venue, c.uid, c.status, c.manager_id, tuple(found[i]))
        for i in ids
        if (c := rows.get(i))
    ]


def _by_uid(session: Session, viewer: Person, typed: NewClient) -> list[tuple[UUID, Reason]]:
    if not typed.uid:
        return []
    further = col(Client.id).in_(accounts.with_uid(typed.venue, typed.uid))
    query = (
        visible_to(viewer)
        .where(sa.or_(col(Client.uid) == typed.uid, further))
        .with_only_columns(col(Client.id))
        .limit(MOST_SHOWN)
    )
    return [(one, Reason(Shared.UID, typed.uid, 100)) for one in session.scalars(query)]


def _by_handle(session: Session, viewer: Person, typed: NewClient) -> list[tuple[UUID, Reason]]:
    found = []
    for way in typed.handles:
        shared = {ContactKind.EMAIL: Shared.EMAIL, ContactKind.PHONE: Shared.PHONE}.get(way.kind, Shared.HANDLE)
        value = handle(way.kind, way.value, typed.country).lower()
        same = sa.func.lower(col(ContactMethod.value)) == value
        query = visible_to(viewer).join(ContactMethod, col(ContactMethod.client_id) == col(Client.id)).where(same)
        ids = session.scalars(query.with_only_columns(col(Client.id)).distinct().limit(MOST_SHOWN))
        found += [(one, Reason(shared, value, SURE[shared])) for one in ids]
    return found


def _by_name(session: Session, viewer: Person, typed: NewClient) -> list[tuple[UUID, Reason]]:
    """Only names that begin like one of the typed words are compared: the look stays short among 100,000 clients."""
    name = plain(typed.name)
    starts = beginnings(name)
    if not starts:
        return []
    columns = [getattr(Client, field) for field in Line.__dataclass_fields__]
    begins = sa.or_(*(holds(col(Client.search_text), start) for start in starts))
    query = visible_to(viewer).where(begins).with_only_columns(*columns).limit(MOST_COMPARED)
    lines = [Line(*row) for row in session.execute(query)]
    own = Line(UUID(int=0), typed.name, typed.venue, typed.uid, typed.kind, typed.country, typed.birthday, UUID(int=0))
    return [
        (line.id, Reason(Shared.NAME, line.name, sure))
        for line in lines
        if (score := likeness(name, plain(line.name))) and (sure := sure_by_name(score, own, line, 2))
    ]
