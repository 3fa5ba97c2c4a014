"""Reading clients: one, a book, a page of a list."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from crm.clients import accounts
from crm.clients.client_filter import ClientFilter, kept_by
from crm.clients.models import Client, ClientStatus
from crm.clients.scope import visible_to
from crm.clients.search import fold
from crm.db import alphabetical
from crm.ground.errors import InvalidError, NotFoundError
from crm.people import Person

MOST_IN_A_BOOK = 5000


@dataclass(frozen=True)
class ClientLine:
    """One line of the list of clients."""

    id: UUID
    number: int
    version: int
    venue: str
    uid: str | None
    name: str
    kind: str
    status: str
    tier: str | None
    risk: str | None
    country: str | None
    language: str | None
    time_zone: str | None
    tags: list[str]
    manager_id: UUID
    manager_name: str
    backup_id: UUID | None
    joined_on: date | None
    created_at: datetime


@dataclass(frozen=True)
class ClientPage:
    """Some lines of a list, and how many there are in all."""

    lines: list[ClientLine]
    total: int


_Manager = aliased(Person)

ORDERS: Mapping[str, Any] = {
    "name": alphabetical(col(Client.search_text)),  # begins with the folded name, and is there already
    "venue": col(Client.venue),
    "uid": col(Client.uid),
    "kind": col(Client.kind),
    "status": col(Client.status),
    "tier": col(Client.tier),
    "risk": col(Client.risk),
    "country": col(Client.country),
    "manager": alphabetical(sa.func.lower(_Manager.name)),
    "joined_on": col(Client.joined_on),
    "created_at": col(Client.created_at),
}


def get(session: Session, viewer: Person, client_id: UUID) -> Client:
    found = seen(session, viewer, client_id)
    if not found:
        raise NotFoundError("There is no such client, or it is not in your book.")
    return found


def seen(session: Session, viewer: Person, client_id: UUID) -> Client | None:
    """The client, or None if there is no such client in the viewer's scope."""
    return session.exec(visible_to(viewer).where(Client.id == client_id)).first()


def find(session: Session, viewer: Person, venue: str, uid: str) -> Client | None:
    """The client with this UID, as its own or as a further account's, if the viewer may see it."""
    own = sa.and_(col(Client.venue) == venue, col(Client.uid) == uid)
    query = visible_to(viewer).where(sa.or_(own, col(Client.id).in_(accounts.with_uid(venue, uid))))
    return session.exec(query.order_by(own.desc())).first()


def book_of(session: Session, me: Person, *, limit: int = MOST_IN_A_BOOK) -> Sequence[Client]:
    """The open clients for whom one may log, by name."""
    query = visible_to(me).where(Client.status != ClientStatus.CLOSED)
    return session.exec(query.order_by(ORDERS["name"], col(Client.id)).limit(limit)).all()


def matching(viewer: Person, wanted: ClientFilter) -> SelectOfScalar[Client]:
    """The clients of a filter as a select, for other rooms to join and to sort."""
    return visible_to(viewer).where(kept_by(wanted))


def order_of(name: str) -> Any:  # noqa: ANN401 -- a column or expression
    """By what a list is sorted under this name, without a join."""
    if name == "manager":
        return (
            sa.select(alphabetical(sa.func.lower(col(Person.name))))
            .where(col(Person.id) == col(Client.manager_id))
            .scalar_subquery()
        )
    return ORDERS[name]


def page(  # noqa: PLR0913 -- a list is narrowed, sorted and turned over
    session: Session,
    viewer: Person,
    wanted: ClientFilter,
    *,
    order: str = "name",
    descending: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> ClientPage:
    """One page of the list; equal lines keep their order by id, so that no client is on two pages."""
    if order not in ORDERS:
        raise InvalidError("Clients can be sorted by {names}.", names=", ".join(ORDERS))
    chosen = matching(viewer, wanted)
    by = ORDERS[order].desc() if descending else ORDERS[order].asc()
    columns = [getattr(Client, name) for name in ClientLine.__dataclass_fields__ if name != "manager_name"]
    lines = (
        chosen.join(_Manager, col(_Manager.id) == col(Client.manager_id))
        .with_only_columns(*columns, _Manager.name.label("manager_name"))  # type: ignore[attr-defined]
        .order_by(by.nulls_last(), col(Client.id))
        .limit(limit)
        .offset(offset)
    )
    found = session.execute(lines).mappings()
    total = session.scalar(chosen.with_only_columns(sa.func.count()))
    return ClientPage([ClientLine(**line) for line in found], total or 0)


def tags_of(session: Session, viewer: Person) -> list[str]:
    """Every tag in use among the clients one sees, for a filter to offer."""
    lists = session.scalars(visible_to(viewer).with_only_columns(sa.cast(Client.tags, sa.String)).distinct())
    return sorted({tag for tags in lists if tags for tag in json.loads(tags)}, key=fold)


def in_use(session: Session, viewer: Person, field: str) -> list[str]:
    """Every value that a field has among the clients one sees, for a filter to offer."""
    column = col(getattr(Client, field))
    return list(session.scalars(visible_to(viewer).with_only_columns(column).where(column.is_not(None)).distinct()))
