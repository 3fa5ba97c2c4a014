"""Rows of a file that are about clients out of its bringer's view: kept back, shown to a lead who sees them, let in or refused."""

from collections import defaultdict
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, select

from crm import clients, db, journal, people
from crm.clients.holding import MOST_A_DAY, HeldError
from crm.clients.models import HeldRow
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground import clock
from crm.ground.errors import InvalidError
from crm.imports import benches, preview, putting
from crm.imports.kinds import kind_called
from crm.imports.mapping import Mapping
from crm.imports.models import Batch, Mode
from crm.people import Person

REFUSED, WITHDRAWN = "refused", "withdrawn"


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


def keep(session: WriteSession, batch: Batch) -> None:
    """Note which rows of a batch that is being written wait; `held` stands in the session if any do."""
    sql = Sql(session)
    if not sql.has_temporary("held"):
        return
    sql.run(
        f"""INSERT INTO held_row (id, client_id, asked_by, held_at, batch_id, line, fields, outcome)
            SELECT {sql.uuid7()}, client_id, CAST(:by AS UUID), CAST(:now AS TIMESTAMPTZ), CAST(:batch AS UUID), line,
                CAST('{{}}' AS JSON), '' FROM held""",
        {"by": str(batch.staged_by), "now": batch.applied_at or clock.now(), "batch": str(batch.id)},
    )


def check_allowance(session: Session, by: Person, batch: Batch) -> None:
    """Whoever met other people's clients too often today waits for a lead with the whole of the next file.

    Raises:
        HeldError: the import is on the list of a lead from now on.
    """
    if by.id != batch.staged_by or clients.holding.held_today(session, by.id) < MOST_A_DAY:
        return
    message = f"{MOST_A_DAY} rows of yours wait for a lead already. This import waits, too; a lead can apply it."
    raise HeldError(HeldRow(asked_by=by.id, batch_id=batch.id), message)


def lines(session: Session, viewer: Person, *, limit: int = 200) -> list[HeldLine]:
    """What waits for a lead, with what would become of each row by what stands there now."""
    held = clients.holding.waiting(session, viewer, limit=limit)
    names, called = people.names(session), clients.holding.names_of(session, viewer, held)
    batches = {key: session.get_one(Batch, key) for key in {row.batch_id for row in held if row.batch_id}}
    shown = {key: _looked(session, viewer, batch, held) for key, batch in batches.items()}
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


def _looked(
    session: Session, viewer: Person, batch: Batch, held: Sequence[HeldRow]
) -> MappingType[int, preview.PreviewLine]:
    wanted = [row.line for row in held if row.batch_id == batch.id and row.line is not None]
    return preview.some_lines(session, viewer, batch, wanted) if wanted else {}


def let_in(by: Person, held_ids: Sequence[UUID]) -> int:
    """Write rows that waited, as the lead may; says how many changed something. One change set for each file."""
    with db.read() as session:
        files = {row.batch_id for row in clients.holding.chosen(session, by, held_ids)}
        for batch_id in files - {None}:
            with benches.checked(session.get_one(Batch, batch_id)):
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
        session.author.why = f"Rows of {batch.file_name} that waited"
        with benches.checked(batch) as bench, bench.showing([row.line for row in held if row.line is not None]):
            kind, mapping = kind_called(batch.kind), Mapping.of(batch.mapping)
            settled = putting.settle(session, putting.Importer.of(by, batch), bench, kind, mapping, Mode(batch.mode))
            putting.hold(session, settled)
            putting.write(session, settled)
            fates = dict(map(tuple, Sql(session).rows("SELECT line, fate FROM fate")))
        _mark(session, by, held, fates)
        if not journal.notes(session).in_table:
            journal.remark(session, session.author.why)
        return sum(fate in preview.WRITTEN for fate in fates.values())


def _mark(session: WriteSession, by: Person, held: Sequence[HeldRow], fates: MappingType[int, str]) -> None:
    """What still is about somebody whom this lead does not see goes on waiting."""
    decided: dict[str, list[HeldRow]] = defaultdict(list)
    for row in held:
        decided[fates.get(row.line or 0, REFUSED)].append(row)
    for fate, rows in decided.items():
        if fate != "held":
            clients.holding.decide(session, by, rows, fate)


def refuse(session: WriteSession, by: Person, held_ids: Sequence[UUID]) -> int:
    """They stay out, or were seen to otherwise; the journal tells who said so."""
    held = clients.holding.chosen(session, by, held_ids)
    clients.holding.decide(session, by, held, REFUSED)
    journal.remark(session, f"Rows that waited were not let in: {len(held):,}")
    return len(held)


def withdraw(session: WriteSession, by: Person, batch: Batch) -> None:
    """A batch that is taken back, or applied by a lead, leaves nothing waiting."""
    waiting = select(HeldRow).where(HeldRow.batch_id == batch.id, HeldRow.outcome == "")
    clients.holding.decide(session, by, session.exec(waiting).all(), WITHDRAWN)
