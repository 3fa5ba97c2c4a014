"""Interactions: log, correct, read a client's."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from crm import db, interactions
from crm.api.doorkeeper import Caller
from crm.api.lists import Limit
from crm.ground import limits
from crm.interactions import Interaction, InteractionChange, NewInteraction

router = APIRouter(tags=["interactions"])
WHY = "API"


@router.get("/clients/{client_id}/interactions", response_model_exclude={"__all__": {"search_text"}})
def of_client(
    me: Caller,
    client_id: UUID,
    limit: Limit = 50,
    before: Annotated[AwareDatetime | None, Query(description="happened_at of the last one seen")] = None,
    before_id: Annotated[UUID | None, Query(description="id of the last one seen")] = None,
) -> Sequence[Interaction]:
    """Newest first; the next page starts before the last one seen."""
    with db.read() as session:
        return interactions.of_client(session, me, client_id, limit=limit, before=before, before_id=before_id)


@router.get("/interactions", response_model_exclude={"__all__": {"search_text"}})
def recent(me: Caller, text: limits.Line = "", limit: Limit = 50) -> Sequence[Interaction]:
    with db.read() as session:
        return interactions.recent(session, me, text=text, limit=limit)


@router.post("/interactions", status_code=201, response_model_exclude={"search_text"})
def log(me: Caller, new: NewInteraction) -> Interaction:
    with db.write(by=me, why=WHY) as session:
        return interactions.log(session, me, new)


@router.get("/interactions/{interaction_id}", response_model_exclude={"search_text"})
def get(me: Caller, interaction_id: UUID) -> Interaction:
    with db.read() as session:
        return interactions.get(session, me, interaction_id)


@router.patch("/interactions/{interaction_id}", response_model_exclude={"search_text"})
def change(me: Caller, interaction_id: UUID, wanted: InteractionChange) -> Interaction:
    with db.write(by=me, why=WHY) as session:
        return interactions.change(session, me, interaction_id, wanted)
