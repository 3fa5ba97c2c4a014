"""Duplicates: who may be one, merging them, and saying that they are not."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from crm import db, duplicates, handover
from crm.api.doorkeeper import Caller
from crm.api.lists import Limit
from crm.clients import Client
from crm.duplicates import Pair
from crm.handover.merging import MOST_AT_ONCE, Merge, MergedInto

router = APIRouter(tags=["duplicates"])
WHY = "API"


class Two(BaseModel):
    """Clients of whom none is another."""

    client_ids: Annotated[list[UUID], Field(min_length=2, max_length=MOST_AT_ONCE)]


@router.get("/duplicates")
def candidates(me: Caller, limit: Limit = 50) -> list[Pair]:
    """Pairs that may be one client, the likeliest first, each with what they share."""
    with db.read() as session:
        return list(duplicates.candidates(session, me).pairs[:limit])


@router.post("/clients/{client_id}/merge", response_model_exclude={"search_text"})
def merge(me: Caller, client_id: UUID, wanted: MergedInto) -> Client:
    """Make one client of several; this one's record stays."""
    with db.write(by=me, why=WHY) as session:
        return handover.merge(session, me, [Merge(keep_id=client_id, **wanted.model_dump())])[0]


@router.post("/not-duplicates", status_code=204)
def not_duplicates(me: Caller, wanted: Two) -> None:
    with db.write(by=me, why=WHY) as session:
        duplicates.not_duplicates(session, me, wanted.client_ids)
