"""Adding, changing, tagging, closing and reopening clients."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from crm.clients import accounts, assignees, attributes, contact_methods, holding, queries, tiers, values
from crm.clients.forms import ClientChange, NewClient
from crm.clients.models import Client, ClientStatus
from crm.clients.scope import visible_to
from crm.clients.search import search_text
from crm.clients.storable import check
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import Clash, ConflictError, InvalidError, NotFoundError
from crm.ground.messages import Message
from crm.journal import versions
from crm.people import DESK_ID, Person, Right, Role, require


def add(session: WriteSession, by: Person, new: NewClient) -> Client:
    """A manager's new client stands in their own book; a lead may name whose it is."""
    require(by, Right.CHANGE_CLIENTS)
    check(new.model_copy(update={"manager_id": new.manager_id or DESK_ID}), Client)
    new = new.model_copy(update={"tier": tiers.known(session, new.venue, new.tier)})
    manager_id = _first_manager(session, by, new.manager_id)
    check_free(session, by, new.venue, new.uid, wanted=new.model_dump(mode="json", exclude_unset=True))
    client = Client(
        **new.model_dump(exclude={"manager_id", "attributes", "handles"}),
        number=accounts.number_for(session, new.venue, new.uid),
        manager_id=manager_id,
        attributes=attributes.merged(session, {}, new.attributes),
        closed_at=clock.now() if new.status == ClientStatus.CLOSED else None,
    )
    client.search_text = found_by(client)
    session.add(client)
    session.flush()
    for way in new.handles:
        contact_methods.add(session, by, client.id, way)
    return client


def change(session: WriteSession, by: Person, client_id: UUID, wanted: ClientChange) -> Client:
    """Save what a form changed.

    Raises:
        ConflictError: somebody saved since `version`; its clashes show both values of each field that differs.
    """
    require(by, Right.CHANGE_CLIENTS)
    client = queries.get(session, by, client_id)
    check(wanted, Client)
    fields = wanted.model_dump(exclude_unset=True, exclude={"version"})
    if fields.get("attributes") is not None:
        fields["attributes"] = attributes.merged(session, client.attributes, fields["attributes"])
    _put(session, by, client, versions.moved(client, fields, wanted.version, client.name))
    return client


def clashes(session: Session, viewer: Person, client_id: UUID, wanted: Mapping[str, Any], version: int) -> list[Clash]:
    """Which of these fields somebody else has given another value since that version; what saving them would run into."""
    client = queries.get(session, viewer, client_id)
    fields = dict(wanted)
    if fields.get("attributes") is not None:
        fields["attributes"] = attributes.merged(session, client.attributes, fields["attributes"])
    return versions.clashes(client, fields, version)


def _put(session: WriteSession, by: Person, client: Client, moved: dict[str, Any]) -> None:
    if moved.get("tier"):
        moved["tier"] = tiers.known(session, moved.get("venue", client.venue), moved["tier"])
    if "uid" in moved or "venue" in moved:
        venue, uid = moved.get("venue", client.venue), moved.get("uid", client.uid)
        check_free(session, by, venue, uid, wanted={"own_id": str(client.id), "venue": venue, "uid": uid})
        client.number = accounts.move(session, client, venue, uid)
    if "status" in moved:
        client.closed_at = clock.now() if moved["status"] == ClientStatus.CLOSED else None
    for name, value in moved.items():
        setattr(client, name, value)
    client.search_text = found_by(client)
    session.flush()


def close(session: WriteSession, by: Person, client_id: UUID) -> Client:
    """Nobody is deleted: a closed client leaves the lists and can be reopened."""
    return _set_status(session, by, client_id, ClientStatus.CLOSED)


def reopen(session: WriteSession, by: Person, client_id: UUID) -> Client:
    return _set_status(session, by, client_id, ClientStatus.ACTIVE)


def _set_status(session: WriteSession, by: Person, client_id: UUID, status: ClientStatus) -> Client:
    require(by, Right.CHANGE_CLIENTS)
    client = queries.get(session, by, client_id)
    if (client.status == ClientStatus.CLOSED) != (status == ClientStatus.CLOSED):
        _put(session, by, client, {"status": status})
    return client


def tag(session: WriteSession, by: Person, client_ids: Collection[UUID], tags: Collection[str]) -> int:
    """Put tags on several clients; says how many did not have them all."""
    require(by, Right.CHANGE_CLIENTS)
    wanted, tagged = values.tags(tags), 0
    for client in _all_of(session, by, client_ids):
        together = _together(client, wanted)
        if together != client.tags:
            client.tags, tagged = together, tagged + 1
            client.search_text = found_by(client)
    session.flush()
    return tagged


def _together(client: Client, wanted: list[str]) -> list[str]:
    try:
        return values.tags([*client.tags, *wanted])
    except InvalidError as error:
        raise InvalidError("{name}: {error}", name=client.name, error=error.message) from error


def _all_of(session: WriteSession, by: Person, client_ids: Collection[UUID]) -> list[Client]:
    wanted = set(client_ids)
    found = session.exec(visible_to(by).where(col(Client.id).in_(wanted)).order_by(col(Client.id))).all()
    if len(found) != len(wanted):
        raise NotFoundError("One of these clients is not there, or not in your book.")
    return list(found)


def found_by(client: Client) -> str:
    """What a client is found by: name, UID, tags and notes; handles are searched where they stand."""
    return search_text(client.name, client.uid, *(client.tags or ()), client.notes)


def _first_manager(session: WriteSession, by: Person, manager_id: UUID | None) -> UUID:
    if manager_id is None:
        return by.id if by.role == Role.MANAGER else DESK_ID
    return assignees.check_begun(session, by, manager_id).id


def check_free(session: Session, by: Person, venue: str, uid: str | None, wanted: dict[str, Any]) -> None:
    """Refuse a UID that somebody has at this venue; whether it is one whom the person does not see is for a lead to say."""
    if uid is None:
        return
    holding.check_allowance(session, by)
    holder = _holder(session, venue, uid)
    if not holder or str(holder) == wanted.get("own_id"):
        return
    told = taken(session, by, venue, uid)
    raise ConflictError(told, at="uid") if told else holding.hold(by, holder, wanted)


def taken(session: Session, viewer: Person, venue: str, uid: str | None) -> Message | None:
    """Which of the clients whom the viewer sees has this UID already, as a sentence."""
    holder = _holder(session, venue, uid) if uid is not None else None
    known = session.exec(visible_to(viewer).where(Client.id == holder)).first() if holder else None
    if not known:
        return None
    written = {"uid": values.shown(uid or ""), "venue": venue, "name": known.name}
    if known.status == ClientStatus.CLOSED:
        return Message("The UID {uid} at {venue} is {name}'s already; reopen it instead.", **written)
    return Message("The UID {uid} at {venue} is {name}'s already; change that one instead.", **written)


def _holder(session: Session, venue: str, uid: str) -> UUID | None:
    holder = session.exec(select(Client.id).where(Client.venue == venue, Client.uid == uid)).first()
    return holder or session.exec(accounts.with_uid(venue, uid)).first()
