"""Clients: the same list, form and refusals as on the page."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from crm import clients, db, handover
from crm.api.doorkeeper import Caller
from crm.api.lists import MOST_AT_ONCE, Asked
from crm.clients import (
    AssignmentRole,
    Client,
    ClientChange,
    ClientFilter,
    ClientPage,
    ContactMethod,
    Held,
    NewClient,
    NewContactMethod,
    Tags,
)
from crm.ground import limits

router = APIRouter(tags=["clients"])
WHY = "API"


class ClientsAsked(Asked):
    """Closed clients are only shown when their status is asked for."""

    text: limits.Line = ""
    manager: Annotated[tuple[UUID, ...], Field(max_length=MOST_AT_ONCE)] = ()
    status: limits.Codes = ()
    tier: limits.Codes = ()
    country: limits.Words = ()
    tag: limits.Words = ()
    venue: limits.Code | None = None
    order: limits.Code = "name"
    descending: bool = False

    def filter(self) -> ClientFilter:
        return ClientFilter(self.text, self.manager, self.status, self.tier, self.country, self.tag, self.venue)


class Several(BaseModel):
    """Clients that one action is about; all of them or none."""

    client_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_AT_ONCE)]


class Moved(Several):
    """To whose book they go, as whose primary or backup."""

    to: UUID
    part: Literal[AssignmentRole.PRIMARY, AssignmentRole.BACKUP] = AssignmentRole.PRIMARY


class Tagged(Several):
    tags: Annotated[Tags, Field(min_length=1)]


class Changed(BaseModel):
    """How many of them were not like this before."""

    clients: int


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


@router.post("/clients/reassign")
def reassign(me: Caller, wanted: Moved) -> Changed:
    with db.write(by=me, why=WHY) as session:
        return Changed(clients=handover.reassign(session, me, wanted.client_ids, to=wanted.to, part=wanted.part))


@router.post("/clients/tag")
def tag(me: Caller, wanted: Tagged) -> Changed:
    with db.write(by=me, why=WHY) as session:
        return Changed(clients=clients.tag(session, me, wanted.client_ids, wanted.tags))


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


@router.post("/handles/{handle_id}/verify")
def verify_handle(me: Caller, handle_id: UUID) -> ContactMethod:
    """Somebody reached the client this way."""
    with db.write(by=me, why=WHY) as session:
        return clients.contact_methods.verify(session, me, handle_id)


@router.delete("/handles/{handle_id}", status_code=204)
def remove_handle(me: Caller, handle_id: UUID) -> None:
    with db.write(by=me, why=WHY) as session:
        clients.contact_methods.remove(session, me, handle_id)


@router.get("/clients/{client_id}/assignments")
def assignments(me: Caller, client_id: UUID) -> list[Held]:
    with db.read() as session:
        return clients.assignments_of(session, me, client_id)
