"""Applying a batch, its certificate, and taking it back."""

import csv
import io
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import clients, clock, db, jobs, journal, people, trading
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.errors import ConflictError, NotAllowedError
from crm.imports import batches, benches, putting
from crm.imports.kinds import Type, kind_called
from crm.imports.mapping import Mapping
from crm.imports.models import Batch, BatchStatus, Mode, Problem
from crm.imports.preview import Counts, RowProblem, counted, note_outcome
from crm.imports.putting.settle import FACTS
from crm.imports.workbench import Workbench
from crm.jobs import Job
from crm.journal import Undone, notes
from crm.people import Person, Right

Progress = Callable[[str, int, int], None]
STEPS = ("Reading", "Matching", "Writing", "Done")


@dataclass(frozen=True)
class Sum:
    """An amount over all rows of the file, and over those that were taken."""

    label: str
    in_file: Decimal
    in_store: Decimal


@dataclass(frozen=True)
class Certificate:
    """What became of every row: counts.rows is the sum of created, changed, unchanged, refused and duplicate."""

    batch: Batch
    counts: Counts
    sums: list[Sum]
    problems_total: int
    warnings_total: int


def apply(by: Person, batch_id: UUID, *, progress: Progress | None = None) -> Certificate:
    """Write a batch in one transaction and one change set: all of it is in afterwards, or nothing.

    Raises:
        ConflictError: it was applied already, perhaps by somebody else at the same moment.
    """
    say = progress or (lambda _step, _done, _total: None)
    say(STEPS[0], 0, 3)
    with db.read() as session:
        batch = batches.get(session, by, batch_id)
    bench = benches.checked(batch)
    with bench.lock, db.write(by=by, why=f"Import of {batch.file_name}", kind="import") as writing:
        batch = batches.staged(writing, by, batch_id)
        say(STEPS[1], 1, 3)
        kind = kind_called(batch.kind)
        settled = putting.settle(writing, by, bench, kind, Mapping.of(batch.mapping), Mode(batch.mode))
        note_outcome(Sql(writing), bench, are_clients=kind.name == "clients")
        say(STEPS[2], 2, 3)
        putting.write(writing, settled)
        _write_down(writing, batch, bench)
    say(STEPS[3], 3, 3)
    benches.put_away(batch_id)
    with db.read() as session:
        return certificate_of(session, by, batch_id)


def ask_to_apply(session: WriteSession, by: Person, batch_id: UUID) -> Job:
    """Apply a batch in the background."""
    batch = batches.staged(session, by, batch_id)
    job = jobs.ask(session, "imports.apply", {"batch_id": str(batch_id)}, by)
    batch.job_id = job.id
    return job


def certificate_of(session: Session, viewer: Person, batch_id: UUID) -> Certificate:
    batch = batches.get(session, viewer, batch_id)
    if not batch.counts:
        raise ConflictError("This file has not been applied yet.")
    counts = {name: batch.counts[name] for name in Counts.__dataclass_fields__}
    sums = [Sum(label, Decimal(a), Decimal(b)) for label, a, b in batch.counts.get("sums", [])]
    return Certificate(batch, Counts(**counts), sums, batch.counts["problems"], batch.counts["warnings"])


def problems_of(
    session: Session, viewer: Person, batch_id: UUID, *, limit: int = 200, offset: int = 0
) -> list[RowProblem]:
    """What was wrong with the rows of an applied batch, in the order of the file."""
    batches.get(session, viewer, batch_id)
    query = (
        select(Problem)
        .where(Problem.batch_id == batch_id)
        .order_by(col(Problem.line), col(Problem.column))
        .limit(limit)
        .offset(offset)
    )
    return [RowProblem(p.line, p.column, p.value, p.reason, p.is_error) for p in session.exec(query)]


def refused_file(session: Session, viewer: Person, batch_id: UUID) -> tuple[str, bytes]:
    """The refused rows in the file's own layout with a column that says why, ready to be mended and dropped in again."""
    batch = batches.get(session, viewer, batch_id)
    errors = (
        select(Problem).where(Problem.batch_id == batch_id, col(Problem.is_error).is_(True)).order_by(col(Problem.line))
    )
    reasons: dict[int, list[str]] = {}
    for problem in session.exec(errors):
        reasons.setdefault(problem.line, []).append(f"{problem.column} {problem.reason}".strip())
    table = benches.of(batch).table
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows(table.preamble)  # it may say whose rows these are, and in which zone
    writer.writerow([*table.header, "Why it was refused"])
    width = len(table.header)
    for row in table.numbered():
        if row.line in reasons:
            writer.writerow([*row.cells[:width], *[""] * (width - len(row.cells)), "; ".join(reasons[row.line])])
    return f"{batch.file_name.rsplit('.', 1)[0]}-refused.csv", text.getvalue().encode("utf-8-sig")


def undo(
    session: WriteSession, by: Person, batch_id: UUID, *, only: Collection[str] | None = None, force: bool = False
) -> Undone:
    """Take a batch back: all of it, or the rows of these keys. Rows that somebody changed since are listed and left alone."""
    batch = batches.get(session, by, batch_id)
    if batch.staged_by != by.id and not people.may(by, Right.UNDO_OTHERS):
        raise NotAllowedError("Only a lead takes back what somebody else imported.")
    if not batch.change_set_id or batch.status == BatchStatus.UNDONE:
        raise ConflictError("There is nothing of this file left to take back.")
    clients.reach.check(session, by, batch.change_set_id)
    undone = journal.undo(session, batch.change_set_id, only=only, force=force)
    if undone.change_set_id and batch.kind in FACTS:
        trading.retouch(session, undo=undone.change_set_id, undone=batch.change_set_id)
    if only is None:
        batch.status = BatchStatus.UNDONE
    batch.undo_change_set_id = undone.change_set_id
    return undone


@jobs.job("imports.apply")
def _apply_job(job: Job, progress: Progress) -> dict[str, Any]:
    with db.read() as session:
        by = session.get_one(people.Person, job.asked_by)
    return asdict(apply(by, UUID(job.arguments["batch_id"]), progress=progress).counts)


def _write_down(session: WriteSession, batch: Batch, bench: Workbench) -> None:
    sql = Sql(session)
    kept = notes(session)
    batch.counts = asdict(counted(bench)) | {
        "problems": bench.one("SELECT count(*) FROM every_problem WHERE is_error"),
        "warnings": bench.one("SELECT count(*) FROM every_problem WHERE NOT is_error"),
        "sums": _sums(bench, batch.kind),
    }
    batch.status, batch.applied_at = BatchStatus.APPLIED, clock.now()
    batch.change_set_id = kept.change_set_id if kept.in_table else None
    problems = [
        {"batch_id": batch.id, "line": line, "column": title, "value": value, "reason": reason, "is_error": is_error}
        for line, title, value, reason, is_error in bench.run(
            "SELECT line, title, value, reason, is_error FROM every_problem ORDER BY line LIMIT 100000"
        )
    ]
    if problems:
        sql.bind.execute(sa.insert(Problem), problems)


def _sums(bench: Workbench, kind: str) -> list[tuple[str, str, str]]:
    amounts = [c for c in kind_called(kind).columns if c.type is Type.NUMBER and c.field not in ("price", "quantity")]
    found = []
    for column in amounts:
        taken = f"sum(i.{column.field}) FILTER (WHERE o.fate NOT IN ('refused', 'duplicate'))"
        statement = f"""SELECT coalesce(sum(i.{column.field}), 0), coalesce({taken}, 0), count(i.{column.field})
                        FROM incoming i JOIN outcome o ON o.line = i.line"""
        in_file, in_store, filled = bench.run(statement)[0]
        if filled:
            found.append((column.label, str(in_file), str(in_store)))
    return found
