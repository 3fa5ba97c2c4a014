"""Search: find anything one may see; the glossary behind it."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from crm import db, search
from crm.api.doorkeeper import Caller
from crm.ground import limits
from crm.search import GlossaryEntry, Hit, Meaning

router = APIRouter(tags=["search"])
WHY = "API"


class Found(BaseModel):
    """Hits, the likeliest first; `is_complete` is false where what was written last may be missing yet."""

    items: list[Hit]
    is_complete: bool


@router.get("/search")
def find(
    me: Caller,
    text: limits.Line,
    within: Annotated[list[limits.Code] | None, Query(max_length=limits.MOST_CHOSEN)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 5,
) -> Found:
    """What holds the text, in Chinese or English; `within` narrows it to kinds such as clients, interactions, tasks, imports."""
    with db.read() as session:
        hits = search.find(session, me, text, within, limit)
    return Found(items=list(hits), is_complete=hits.is_complete)


@router.get("/glossary")
def entries() -> Sequence[GlossaryEntry]:
    """Words of one meaning: a search for one finds the others."""
    with db.read() as session:
        return search.glossary.entries(session)


@router.post("/glossary", status_code=201)
def add(me: Caller, meaning: Meaning) -> GlossaryEntry:
    with db.write(by=me, why=WHY) as session:
        return search.glossary.add(session, me, meaning)


@router.put("/glossary/{entry_id}")
def change(me: Caller, entry_id: UUID, meaning: Meaning) -> GlossaryEntry:
    """Give an entry other words; `version` is the one that was looked at."""
    with db.write(by=me, why=WHY) as session:
        return search.glossary.change(session, me, entry_id, meaning)


@router.delete("/glossary/{entry_id}", status_code=204)
def remove(me: Caller, entry_id: UUID) -> None:
    with db.write(by=me, why=WHY) as session:
        search.glossary.remove(session, me, entry_id)
