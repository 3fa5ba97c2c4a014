"""Clients: the same list, form and refusals as on the page."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from crm import clients, db
from crm.api.doorkeeper import Caller
from crm.api.lists import Asked
from crm.clients import Client, ClientChange, ClientFilter, ClientPage, ContactMethod, Held, NewClient, NewContactMethod

router = APIRouter(tags=["clients"])
WHY = "API"


class ClientsAsked(Asked):
    """Closed clients are only shown when their status is asked for."""

    text: str = ""
    manager: tuple[UUID, ...] = ()
    status: tuple[str, ...] = ()
    tier: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    venue: str | None = None
    order: str = "name"
    descending: bool = False

    def filter(self) -> ClientFilter:
        return ClientFilter(self.text, self.manager, self.status, self.tier, self.country, self.tag, self.venue)


@router.get("/clients")
def page(me: Caller, asked: Annotated[ClientsAsked, Query()]) -> ClientPage:
    with db.read() as session:
        return clients.page(
            session,
            me,
            asked.filter(),
            order=asked.order,
            descending=asked.descending,
            limit=asked.limit,
            offset=asked.offset,
        )


@router.post("/clients", status_code=201, response_model_exclude={"search_text"})
def add(me: Caller, new: NewClient) -> Client:
    with db.write(by=me, why=WHY) as session:
        return clients.add(session, me, new)


@router.get("/clients/{client_id}", response_model_exclude={"search_text"})
def get(me: Caller, client_id: UUID) -> Client:
    with db.read() as session:
        return clients.get(session, me, client_id)


@router.patch("/clients/{client_id}", response_model_exclude={"search_text"})
def change(me: Caller, client_id: UUID, wanted: ClientChange) -> Client:
    with db.write(by=me, why=WHY) as session:
        return clients.change(session, me, client_id, wanted)


@router.post("/clients/{client_id}/close", response_model_exclude={"search_text"})
def close(me: Caller, client_id: UUID) -> Client:
    with db.write(by=me, why=WHY) as session:
        return clients.close(session, me, client_id)


@router.post("/clients/{client_id}/reopen", response_model_exclude={"search_text"})
def reopen(me: Caller, client_id: UUID) -> Client:
    with db.write(by=me, why=WHY) as session:
        return clients.reopen(session, me, client_id)


@router.get("/clients/{client_id}/handles")
def handles(me: Caller, client_id: UUID) -> Sequence[ContactMethod]:
    with db.read() as session:
        return clients.contact_methods.of_client(session, me, client_id)


@router.post("/clients/{client_id}/handles", status_code=201)
def add_handle(me: Caller, client_id: UUID, new: NewContactMethod) -> ContactMethod:
    with db.write(by=me, why=WHY) as session:
        return clients.contact_methods.add(session, me, client_id, new)


@router.delete("/handles/{handle_id}", status_code=204)
def remove_handle(me: Caller, handle_id: UUID) -> None:
    with db.write(by=me, why=WHY) as session:
        clients.contact_methods.remove(session, me, handle_id)


@router.get("/clients/{client_id}/assignments")
def assignments(me: Caller, client_id: UUID) -> list[Held]:
    with db.read() as session:
        return clients.assignments_of(session, me, client_id)
