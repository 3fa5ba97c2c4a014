"""The ways to reach a client: kept in one form, each once, marked when somebody has checked it."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from crm.clients import queries, values
from crm.clients.forms import NewContactMethod
from crm.clients.models import ContactKind, ContactMethod
from crm.clients.storable import check
from crm.db.sessions import WriteSession
from crm.ground.errors import ConflictError, InvalidError, NotFoundError
from crm.people import Person, Right, require


def of_client(session: Session, viewer: Person, client_id: UUID) -> Sequence[ContactMethod]:
    client = queries.get(session, viewer, client_id)
    return session.exec(
        select(ContactMethod)
        .where(ContactMethod.client_id == client.id)
        .order_by(ContactMethod.kind, ContactMethod.value)
    ).all()


def add(session: WriteSession, by: Person, client_id: UUID, new: NewContactMethod) -> ContactMethod:
    require(by, Right.CHANGE_CLIENTS)
    client = queries.get(session, by, client_id)
    check(new, ContactMethod)
    value = values.handle(new.kind, new.value, client.country)
    same = select(ContactMethod).where(
        ContactMethod.client_id == client.id, ContactMethod.kind == new.kind, ContactMethod.value == value
    )
    if session.exec(same).first():
        raise ConflictError("{client} has {value} already.", at="value", client=client.name, value=value)
    method = ContactMethod(
        client_id=client.id, kind=new.kind, value=value, label=new.label, is_verified=new.is_verified
    )
    session.add(method)
    session.flush()
    return method


def verify(session: WriteSession, by: Person, method_id: UUID) -> ContactMethod:
    """Somebody reached the client this way."""
    method = _get(session, by, method_id)
    if method.kind in (ContactKind.PHONE, ContactKind.WHATSAPP) and not method.value.startswith("+"):
        raise InvalidError("{value} does not say its country; enter it again with +, then mark it.", value=method.value)
    method.is_verified = True
    session.flush()
    return method


def remove(session: WriteSession, by: Person, method_id: UUID) -> None:
    session.delete(_get(session, by, method_id))
    session.flush()


def _get(session: WriteSession, by: Person, method_id: UUID) -> ContactMethod:
    require(by, Right.CHANGE_CLIENTS)
    method = session.exec(select(ContactMethod).where(col(ContactMethod.id) == method_id)).first()
    if not method:
        raise NotFoundError("There is no such contact.")
    queries.get(session, by, method.client_id)
    return method
