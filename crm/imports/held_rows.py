"""Rows of a file that are about clients out of its bringer's view: kept back, shown to a lead who sees them, let in or refused."""

from collections import defaultdict
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from crm import clients, db, journal, people
from crm.clients.models import HeldRow
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.imports import outcomes, preview, staging_pool
from crm.imports.models import Batch
from crm.intake import planning
from crm.people import Person

REFUSED = "refused"


@dataclass(frozen=True)
class HeldLine:
    """A row that waits: whose it is, of which file, about whom, and what would become of it if it were let in.

    `line` is None for what was entered by hand, whose `fields` were those, and for a whole import.
    """

    held: HeldRow
    asked_by: str
    file_name: str
    client_name: str
    line: preview.PreviewLine | None


def lines(session: Session, viewer: Person, *, limit: int = 200) -> list[HeldLine]:
    """What waits for a lead, with what would become of each row by what stands there now."""
    held = clients.holding.waiting(session, viewer, limit=limit)
    names, called = people.names(session), clients.holding.names_of(session, viewer, held)
    batches = {key: session.get_one(Batch, key) for key in {row.batch_id for row in held if row.batch_id}}
    shown = {key: _lines_of(session, viewer, batch, held) for key, batch in batches.items()}
    return [
        HeldLine(
            row,
            names.get(row.asked_by, ""),
            batches[row.batch_id].file_name if row.batch_id else "",
            called.get(row.client_id, "") if row.client_id else "",
            shown[row.batch_id].get(row.line) if row.batch_id and row.line is not None else None,
        )
        for row in held
    ]


def _lines_of(
    session: Session, viewer: Person, batch: Batch, held: Sequence[HeldRow]
) -> MappingType[int, preview.PreviewLine]:
    wanted = [row.line for row in held if row.batch_id == batch.id and row.line is not None]
    return preview.some_lines(session, viewer, batch, wanted) if wanted else {}


def let_in(by: Person, held_ids: Sequence[UUID]) -> int:
    """Write rows that waited, as the lead may; says how many changed something. One change set for each file."""
    with db.read() as session:
        files = {row.batch_id for row in clients.holding.chosen(session, by, held_ids)}
        for batch_id in files - {None}:
            with staging_pool.checked(session.get_one(Batch, batch_id)):
                pass  # while others write
    return sum(_let_in(by, held_ids, batch_id) for batch_id in files)


def _let_in(by: Person, held_ids: Sequence[UUID], batch_id: UUID | None) -> int:
    with db.write(by=by, kind="import") as session:
        held = [row for row in clients.holding.chosen(session, by, held_ids) if row.batch_id == batch_id]
        if batch_id is None or any(row.line is None for row in held):
            raise InvalidError(
                "What was entered by hand, and a whole import, is not let in here: see to it, then mark it as done."
            )
        batch = session.get_one(Batch, batch_id)
        session.author.why = Message("Rows of {file} that waited", file=batch.file_name).stored()
        with (
            staging_pool.checked(batch) as staging,
            staging.showing([row.line for row in held if row.line is not None]),
        ):
            planned = outcomes.plan(session, by, batch, staging)
            planning.hold(session, planned)
            planning.write(session, planned)
            found = dict(map(tuple, Sql(session).rows("SELECT line, outcome FROM outcomes")))
        _mark(session, by, held, found)
        if not journal.notes(session).in_table:
            journal.remark(session, session.author.why)
        return sum(outcome in outcomes.WRITTEN for outcome in found.values())


def _mark(session: WriteSession, by: Person, held: Sequence[HeldRow], found: MappingType[int, str]) -> None:
    """What still is about somebody whom this lead does not see goes on waiting."""
    decided: dict[str, list[HeldRow]] = defaultdict(list)
    for row in held:
        decided[found.get(row.line or 0, REFUSED)].append(row)
    for outcome, rows in decided.items():
        if outcome != "held":
            clients.holding.decide(session, by, rows, outcome)


def refuse(session: WriteSession, by: Person, held_ids: Sequence[UUID]) -> int:
    """They stay out, or were seen to otherwise; the journal tells who said so."""
    held = clients.holding.chosen(session, by, held_ids)
    clients.holding.decide(session, by, held, REFUSED)
    journal.remark(session, Message("Rows that waited were not let in: {count}", count=len(held)))
    return len(held)
