"""Imports: send a file, look at what it would do, apply it in the background, take it back."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Form, Query, UploadFile
from pydantic import BaseModel, Field

from crm import db, imports, jobs
from crm.api.doorkeeper import Caller
from crm.api.lists import Limit
from crm.imports import Batch, Options, Preview
from crm.intake import Lists, Mode
from crm.jobs import Job
from crm.journal import Undone

router = APIRouter(tags=["imports"])
WHY = "API"


class Sent(BaseModel):
    """A file, and what is known about it: without a kind its header decides."""

    file: UploadFile
    kind: str | None = None
    mode: Mode = Mode.ADD_AND_CHANGE
    mapping_name: str | None = None
    time_zone: str | None = None
    date_order: str | None = None
    venue: str | None = None
    manager: str | None = None
    sheet: str | None = None
    uid: str | None = None
    layout: str | None = None
    lists: Lists | None = None
    erasing: list[str] = Field(default_factory=list)
    answers: list[str] = Field(
        default_factory=list, description="decimal_mark:Volume=comma, instead of what was guessed"
    )
    values: list[str] = Field(default_factory=list, description="tier=VIP1, for rows that say none")


class Undoing(BaseModel):
    """Only these rows of the batch, by their keys, or only what it created or changed (`fate`); all of it if left out.

    `force` also puts back what somebody changed since.
    """

    only: list[str] | None = Field(default=None, max_length=10_000)
    outcome: Literal["created", "changed"] | None = Field(default=None, alias="fate")
    force: bool = False


@router.post("/imports", status_code=201)
def stage(me: Caller, sent: Annotated[Sent, Form()]) -> Batch:
    said = sent.model_dump(exclude={"file", "kind", "erasing", "values", "answers"})
    values, answers = imports.values_of(sent.values), imports.answers_of(sent.answers)
    options = Options(**said, erasing=tuple(sent.erasing) or None, values=values, answers=answers)
    name = Path(sent.file.filename or "file").name
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "sent"
        with place.open("wb") as kept:
            shutil.copyfileobj(sent.file.file, kept)
        arrived = imports.arrive(me, sent.kind, name, place, options)
        with db.write(by=me, why=WHY) as session:
            return imports.note(session, arrived)


@router.get("/imports")
def recent(me: Caller, limit: Limit = 50) -> Sequence[Batch]:
    with db.read() as session:
        return imports.recent(session, me, limit=limit)


@router.get("/imports/{batch_id}")
def get(me: Caller, batch_id: UUID) -> Batch:
    """Its job says how far it is: /imports/{batch_id}/job."""
    with db.read() as session:
        return imports.get(session, me, batch_id)


@router.get("/imports/{batch_id}/guesses")
def guesses(me: Caller, batch_id: UUID) -> Sequence[dict[str, Any]]:
    """What was guessed of the file: column, guess, because, sure, asked, others; `answers` of a new import say otherwise."""
    with db.read() as session:
        return [one.plain for one in imports.guesses_of(session, me, batch_id)]


@router.get("/imports/{batch_id}/preview")
def preview(
    me: Caller,
    batch_id: UUID,
    outcome: Annotated[str | None, Query(alias="fate")] = None,
    limit: Limit = 50,
    offset: int = 0,
) -> Preview:
    """What would happen; `fate` is created, changed, unchanged, refused or duplicate."""
    with db.read() as session:
        return imports.preview(session, me, batch_id, outcome=outcome, limit=limit, offset=max(0, offset))


@router.get("/imports/{batch_id}/certificate")
def certificate(me: Caller, batch_id: UUID) -> dict[str, Any]:
    """What became of every row of an applied file, and its sums; `differs` says where a column was read otherwise than it is written."""
    with db.read() as session:
        found = imports.certificate_of(session, me, batch_id)
    sums = [asdict(amount) | {"differs": str(amount.differs or "")} for amount in found.sums]
    return {**asdict(found.counts), "left_out": found.left_out, "matched": found.matched, "sums": sums}


@router.post("/imports/{batch_id}/apply", status_code=202)
def apply(me: Caller, batch_id: UUID) -> Job:
    with db.write(by=me, why=WHY) as session:
        return imports.ask_to_apply(session, me, batch_id)


@router.get("/imports/{batch_id}/job")
def job(me: Caller, batch_id: UUID) -> Job | None:
    with db.read() as session:
        batch = imports.get(session, me, batch_id)
        return jobs.get(session, batch.job_id) if batch.job_id else None


@router.post("/imports/{batch_id}/undo")
def undo(me: Caller, batch_id: UUID, wanted: Undoing) -> Undone:
    with db.write(by=me, why=WHY, kind="undo") as session:
        return imports.undo(session, me, batch_id, only=wanted.only, outcome=wanted.outcome, force=wanted.force)
