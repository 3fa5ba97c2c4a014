"""Rows that wait for a lead: looked at, let in, kept out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from crm import db, imports
from crm.api.doorkeeper import Caller
from crm.api.lists import MOST_AT_ONCE, Limit
from crm.imports import HeldLine

router = APIRouter(tags=["review"])


class Chosen(BaseModel):
    """Rows that wait, by the ids of `held`."""

    ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_AT_ONCE)]


class LetIn(BaseModel):
    """How many rows were written."""

    rows: int


@router.get("/held-rows")
def held(me: Caller, limit: Limit = 50) -> list[HeldLine]:
    """What waits for you, and what would become of each row by what stands there now."""
    with db.read() as session:
        return imports.held_rows.lines(session, me, limit=limit)


@router.post("/held-rows/let-in")
def let_in(me: Caller, chosen: Chosen) -> LetIn:
    return LetIn(rows=imports.held_rows.let_in(me, chosen.ids))


@router.post("/held-rows/keep-out", status_code=204)
def keep_out(me: Caller, chosen: Chosen) -> None:
    with db.write(by=me, why="API") as session:
        imports.held_rows.refuse(session, me, chosen.ids)
