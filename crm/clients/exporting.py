"""The list of clients: every field, every way to reach them, their own attributes, and in whose book they stand.

The columns are called as the importer calls them, so that a list that comes back unchanged changes nothing.
"""

import string
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from crm.clients import narrowing
from crm.clients.importing.columns import COLUMNS
from crm.clients.models import AttributeDefinition, Client, ContactKind, ContactMethod
from crm.exports import Selection, Sheet, listed, types_of
from crm.intake.headers import BESIDE
from crm.people import DESK_ID, Person

FIELDS = (
    "venue",
    "uid",
    "name",
    "kind",
    "status",
    "tier",
    "kyc_level",
    "kyc_expires_on",
    "risk",
    "country",
    "language",
    "time_zone",
    "birthday",
    "source",
    "notes",
    "tags",
)
REACH = (ContactKind.EMAIL, ContactKind.PHONE, ContactKind.TELEGRAM, ContactKind.WECHAT)
SELDOM = (ContactKind.WHATSAPP, ContactKind.X, ContactKind.DISCORD, ContactKind.LINE, ContactKind.OTHER)
CALLED = {column.field: column.exported_as or column.field for column in COLUMNS}
TAIL = ("manager", "backup", "joined_on")
TYPED = ("kyc_expires_on", "birthday", "tags", "joined_on")
AT_ONCE = 2000


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


_TAKEN = {_bare(name) for name in CALLED.values()}


@dataclass(frozen=True)
class Entry:
    """A client with what belongs to it; the desk is no manager."""

    client: Client
    manager: str | None
    backup: str | None
    handles: Sequence[ContactMethod]


@dataclass(frozen=True)
class Head:
    """The columns after the fixed ones: which way to reach somebody, the how-manieth, and which attribute."""

    reach: Sequence[tuple[ContactKind, int]]
    attributes: Sequence[str]

    @cached_property
    def columns(self) -> list[str]:
        reach = [CALLED[kind] if not place else f"{CALLED[kind]}_{place + 1}" for kind, place in self.reach]
        return [*FIELDS, *reach, *TAIL, *map(_title, self.attributes)]


def _title(attribute: str) -> str:
    """An attribute that is called like a field would be taken for it when it comes back."""
    is_field = _bare(attribute).rstrip(string.digits) in _TAKEN or attribute.endswith(BESIDE)
    return attribute + BESIDE if is_field else attribute


@listed("clients")
def book(session: Session, viewer: Person, selection: Selection) -> Sheet:
    chosen = narrowing.clients_of(viewer, selection)
    head = _head(session, chosen)
    rows = (_cells(entry, head) for entry in _entries(session, chosen, selection))
    return Sheet("clients", head.columns, rows, types_of(Client, *TYPED))


def _head(session: Session, chosen: Any) -> Head:  # noqa: ANN401 -- a select
    ids = chosen.with_only_columns(col(Client.id))
    counted = select(ContactMethod.kind, sa.func.count().label("many")).where(col(ContactMethod.client_id).in_(ids))
    per_client = counted.group_by(col(ContactMethod.client_id), col(ContactMethod.kind)).subquery()
    most = session.execute(select(per_client.c.kind, sa.func.max(per_client.c.many)).group_by(per_client.c.kind)).all()
    counts = dict.fromkeys(REACH, 1) | {ContactKind(kind): int(many) for kind, many in most}
    reach = [(kind, place) for kind in (*REACH, *SELDOM) for place in range(counts.get(kind, 0))]
    declared = session.exec(select(AttributeDefinition.name).order_by(AttributeDefinition.name)).all()
    return Head(reach, declared)


def _entries(session: Session, chosen: Any, selection: Selection) -> Iterator[Entry]:  # noqa: ANN401 -- a select
    manager, backup = aliased(Person), aliased(Person)
    query = (
        chosen.join(manager, col(manager.id) == col(Client.manager_id), isouter=True)
        .join(backup, col(backup.id) == col(Client.backup_id), isouter=True)
        .with_only_columns(Client, manager.email, backup.email)
        .execution_options(yield_per=AT_ONCE)
    )
    query = selection.ordered(query, (col(Client.venue), col(Client.uid), col(Client.id)), col(Client.id))
    for block in session.execute(query).partitions(AT_ONCE):
        handles = _handles(session, [client.id for client, *_ in block])
        for client, manager_email, backup_email in block:
            known = manager_email if client.manager_id != DESK_ID else None
            yield Entry(client, known, backup_email, handles.get(client.id, []))


def _handles(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, list[ContactMethod]]:
    found: dict[UUID, list[ContactMethod]] = defaultdict(list)
    query = (
        select(ContactMethod)
        .where(col(ContactMethod.client_id).in_(ids))
        .order_by(ContactMethod.kind, col(ContactMethod.id))
    )
    for handle in session.exec(query):
        found[handle.client_id].append(handle)
    return found


def _cells(entry: Entry, head: Head) -> list[object]:
    client = entry.client
    by_kind: dict[str, list[str]] = defaultdict(list)
    for handle in entry.handles:
        by_kind[handle.kind].append(handle.value)
    reach = [by_kind[kind][place] if place < len(by_kind[kind]) else None for kind, place in head.reach]
    cells = [*(getattr(client, name) for name in FIELDS), *reach, entry.manager, entry.backup, client.joined_on]
    return cells + [client.attributes.get(name) for name in head.attributes]
