"""The ways to reach a client: kept in one form, each once, marked when somebody has checked it."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from crm.clients import queries, values
from crm.clients.forms import NewHandle
from crm.clients.models import Handle, HandleKind
from crm.clients.storable import check
from crm.db.sessions import WriteSession
from crm.ground.errors import ConflictError, InvalidError, NotFoundError
from crm.people import Person, Right, require


def handles_of(session: Session, viewer: Person, client_id: UUID) -> Sequence[Handle]:
    client = queries.get(session, viewer, client_id)
    return session.exec(select(Handle).where(Handle.client_id == client.id).order_by(Handle.kind, Handle.value)).all()


def add_handle(session: WriteSession, by: Person, client_id: UUID, new: NewHandle) -> Handle:
    require(by, Right.CHANGE_CLIENTS)
    client = queries.get(session, by, client_id)
    check(new, Handle)
    value = values.handle(new.kind, new.value, client.country)
    same = select(Handle).where(Handle.client_id == client.id, Handle.kind == new.kind, Handle.value == value)
    if session.exec(same).first():
        raise ConflictError("{client} has {value} already.", client=client.name, value=value)
    handle = Handle(client_id=client.id, kind=new.kind, value=value, label=new.label, is_verified=new.is_verified)
    session.add(handle)
    session.flush()
    return handle


def verify_handle(session: WriteSession, by: Person, handle_id: UUID) -> Handle:
    """Somebody reached the client this way."""
    handle = _get(session, by, handle_id)
    if handle.kind in (HandleKind.PHONE, HandleKind.WHATSAPP) and not handle.value.startswith("+"):
        raise InvalidError("{value} does not say its country; enter it again with +, then mark it.", value=handle.value)
    handle.is_verified = True
    session.flush()
    return handle


def remove_handle(session: WriteSession, by: Person, handle_id: UUID) -> None:
    session.delete(_get(session, by, handle_id))
    session.flush()


def _get(session: WriteSession, by: Person, handle_id: UUID) -> Handle:
    require(by, Right.CHANGE_CLIENTS)
    handle = session.exec(select(Handle).where(col(Handle.id) == handle_id)).first()
    if not handle:
        raise NotFoundError("There is no such contact.")
    queries.get(session, by, handle.client_id)
    return handle
