"""Changes: who changed what and when, the rows of a set, what was changed about a client, and taking it back."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from crm import clients, db, history
from crm.api.doorkeeper import Caller
from crm.api.lists import Day, Limit
from crm.ground import limits
from crm.history import Past, RowChange, SetFilter, SetLine
from crm.journal import Undone

router = APIRouter(tags=["history"])
LARGEST = (1 << 63) - 1
Kind = Literal["edit", "import", "preview", "undo", "export", "demo", "job"]
Seq = Annotated[int | None, Query(ge=0, le=LARGEST, description="made.seq of the last set seen")]


class Undoing(BaseModel):
    """Only these rows of the set, by their keys; all of it if left out. `force` also puts back what somebody changed since."""

    only: limits.RowKeys | None = None
    force: bool = False


@router.get("/changes")
def page(
    me: Caller,
    by: UUID | None = None,
    kind: Kind | None = None,
    on: Day | None = None,
    before: Seq = None,
    limit: Limit = 50,
) -> list[SetLine]:
    """Sets of changes, newest first: one's own; a lead those of the team, too. `on` is a day in one's own zone."""
    with db.read() as session:
        return history.page(session, me, SetFilter(by, kind, on, before), limit=limit)


@router.get("/changes/{change_set_id}")
def get(me: Caller, change_set_id: UUID) -> SetLine:
    with db.read() as session:
        return history.get(session, me, change_set_id)


@router.get("/changes/{change_set_id}/rows")
def rows(
    me: Caller, change_set_id: UUID, after: Annotated[int, Query(ge=-1, le=LARGEST)] = -1, limit: Limit = 50
) -> list[RowChange]:
    """The rows of a set; the next page starts after the last `seq` seen."""
    with db.read() as session:
        return history.rows_of(session, me, change_set_id, after_seq=after, limit=limit)


@router.post("/changes/{change_set_id}/undo")
def undo(me: Caller, change_set_id: UUID, wanted: Undoing) -> Undone:
    with db.write(by=me, why="API", kind="undo") as session:
        return history.undo(session, me, change_set_id, only=wanted.only, force=wanted.force)


@router.get("/clients/{client_id}/changes")
def of_client(me: Caller, client_id: UUID, limit: Limit = 50) -> list[Past]:
    with db.read() as session:
        return clients.past_of(session, me, client_id, limit=limit)
