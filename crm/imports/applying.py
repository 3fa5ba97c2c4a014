"""Applying a batch, its certificate, and taking it back."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from crm import db, jobs, people
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground import clock, texts
from crm.ground.errors import ConflictError
from crm.ground.messages import Message
from crm.imports import batches, benches, held_rows, putting
from crm.imports.counts import Counts
from crm.imports.headers import WHY_REFUSED
from crm.imports.kinds import Type, kind_called
from crm.imports.mapping import Mapping
from crm.imports.models import Batch, BatchStatus, Mode, Problem
from crm.imports.preview import RowProblem, counted, matched, note_outcome, preview
from crm.imports.putting import Settled
from crm.imports.putting.settle import FACTS
from crm.imports.workbench import Workbench
from crm.jobs import Job, JobStatus
from crm.journal import notes
from crm.people import Person

Progress = Callable[[str, int, int], None]
MOST_NOTED = 100_000
PROBLEM_COLUMNS = {"line": "bigint", "title": "text", "value": "text", "reason": "text", "is_error": "boolean"}
STEPS = ("Reading", "Matching", "Writing", "Done")


@dataclass(frozen=True)
class Sum:
    """An amount over all rows of the file and over those that were taken.

    `before`, `after`: over all that the store held of the same accounts.
    """

    label: str
    in_file: Decimal
    in_store: Decimal
    before: Decimal = Decimal()
    after: Decimal = Decimal()


@dataclass(frozen=True)
class Certificate:
    """What became of every row: counts.rows is the sum of created, changed, unchanged, refused and duplicate.

    `matched`: by which key the rows that were here already were found, and how many by each.
    """

    batch: Batch
    counts: Counts
    sums: list[Sum]
    problems_total: int
    warnings_total: int
    matched: dict[str, int]


def apply(by: Person, batch_id: UUID, *, progress: Progress | None = None) -> Certificate:
    """Write a batch in one transaction and one change set: all of it is in afterwards, or nothing.

    Raises:
        ConflictError: it was applied already, perhaps by somebody else at the same moment.
    """
    say = progress or (lambda _step, _done, _total: None)
    say(STEPS[0], 0, 3)
    with db.read() as session:
        batch = batches.get(session, by, batch_id)
    with benches.checked(batch):
        pass  # while others write
    # Always in this order, the turn to write, the batch, its bench: who takes them the other way round waits for ever.
    with db.write(by=by, why=Message("Import of {file}", file=batch.file_name), kind="import") as writing:
        batch = batches.staged(writing, by, batch_id)
        held_rows.check_allowance(writing, by, batch)
        held_rows.withdraw(writing, by, batch)
        with benches.checked(batch) as bench:
            _put(writing, by, batch, bench, say)
    say(STEPS[3], 3, 3)
    benches.put_away(batch_id)
    with db.read() as session:
        return certificate_of(session, by, batch_id)


def _put(session: WriteSession, by: Person, batch: Batch, bench: Workbench, say: Progress) -> None:
    say(STEPS[1], 1, 3)
    kind, mapping = kind_called(batch.kind), Mapping.of(batch.mapping)
    settled = putting.settle(session, putting.Importer.of(by, batch), bench, kind, mapping, Mode(batch.mode))
    putting.hold(session, settled)
    note_outcome(Sql(session), bench, kind)
    say(STEPS[2], 2, 3)
    held = _sums_held(Sql(session), settled)
    putting.write(session, settled)
    held_rows.keep(session, batch)
    _write_down(session, batch, bench, [held, _sums_held(Sql(session), settled)])


def ask_to_apply(session: WriteSession, by: Person, batch_id: UUID) -> Job:
    """Apply a batch in the background.

    Raises:
        InvalidError: there is a question to be answered first.
        ConflictError: somebody asked for it a moment ago, or it was applied already.
    """
    batch = batches.staged(session, by, batch_id)
    held_rows.check_allowance(session, by, batch)
    running = jobs.get(session, batch.job_id) if batch.job_id else None
    if running and running.status in (JobStatus.WAITING, JobStatus.RUNNING):
        raise ConflictError("This file is being applied already; its certificate comes in a moment.")
    benches.ask(batch)
    job = jobs.ask(session, "imports.apply", {"batch_id": str(batch_id)}, by)
    batch.job_id = job.id
    return job


def certificate_of(session: Session, viewer: Person, batch_id: UUID) -> Certificate:
    batch = batches.get(session, viewer, batch_id)
    if not batch.counts:
        raise ConflictError("This file has not been applied yet.")
    counts = {name: batch.counts.get(name, 0) for name in Counts.__dataclass_fields__}
    sums = [Sum(label, *map(Decimal, amounts)) for label, *amounts in batch.counts.get("sums", [])]
    told = batch.counts
    return Certificate(batch, Counts(**counts), sums, told["problems"], told["warnings"], told.get("matched", {}))


def problems_of(
    session: Session,
    viewer: Person,
    batch_id: UUID,
    *,
    limit: int = 200,
    offset: int = 0,
    is_error: bool | None = None,
) -> list[RowProblem]:
    """What was wrong with the rows of an applied batch, in the order of the file; `is_error`: only what refused a row, or not."""
    batches.get(session, viewer, batch_id)
    query = select(Problem).where(Problem.batch_id == batch_id).order_by(col(Problem.line), col(Problem.column))
    if is_error is not None:
        query = query.where(col(Problem.is_error).is_(is_error))
    found = session.exec(query.limit(limit).offset(offset))
    return [RowProblem(p.line, p.column, p.value, p.reason, p.is_error) for p in found]


def refused_file(session: Session, viewer: Person, batch_id: UUID) -> tuple[str, bytes]:
    """The refused rows, of a preview or of what was applied, as a file to be mended and dropped in again.

    It has the file's own layout, and a column that says why.
    """
    batch = batches.get(session, viewer, batch_id)
    reasons: dict[int, list[str]] = {}
    for line, column, reason in _refusals(session, viewer, batch):
        reasons.setdefault(line, []).append(f"{column} {reason}".strip())
    with benches.held(batch) as bench:
        table = bench.table
    text = io.StringIO(newline="")
    delimiter = table.dialect.delimiter
    writer = csv.writer(text, delimiter=delimiter if len(delimiter) == 1 else ",")
    width = len(table.header)
    # They are mended in a spreadsheet, and the importer takes the apostrophe of a cell off again.
    safe = texts.harmless if table.is_exact else texts.disarmed
    above = table.preamble  # it may say whose rows these are, and in which zone
    writer.writerows(map(safe, cells) for cells in [*above, [*table.header, WHY_REFUSED]])
    for row in table.numbered():
        if row.line in reasons:
            cells = [*row.cells[:width], *[""] * (width - len(row.cells)), "; ".join(reasons[row.line])]
            writer.writerow(map(safe, cells))
    return batch.refused_name, text.getvalue().encode("utf-8-sig")


def _refusals(session: Session, viewer: Person, batch: Batch) -> Iterable[tuple[int, str, str]]:
    """Line, column and reason: those that were written down, or those of a preview."""
    if batch.status == BatchStatus.STAGED:
        preview(session, viewer, batch.id, limit=1)
        with benches.held(batch) as bench:
            return bench.run("SELECT line, title, reason FROM every_problem WHERE is_error ORDER BY line, title")
    query = select(Problem.line, Problem.column, Problem.reason)
    query = query.where(Problem.batch_id == batch.id, col(Problem.is_error).is_(True))
    return session.exec(query.order_by(col(Problem.line), col(Problem.column))).all()


@jobs.job("imports.apply")
def _apply_job(job: Job, progress: Progress) -> dict[str, Any]:
    with db.read() as session:
        by = session.get_one(people.Person, job.asked_by)
    return asdict(apply(by, UUID(job.arguments["batch_id"]), progress=progress).counts)


def _write_down(session: WriteSession, batch: Batch, bench: Workbench, held: list[dict[str, str]]) -> None:
    sql = Sql(session)
    kept = notes(session)
    batch.counts = asdict(counted(bench)) | {
        "problems": bench.one("SELECT count(*) FROM every_problem WHERE is_error"),
        "warnings": bench.one("SELECT count(*) FROM every_problem WHERE NOT is_error"),
        "matched": matched(bench),
        "sums": _sums(bench, batch.kind, *held),
    }
    batch.status, batch.applied_at = BatchStatus.APPLIED, clock.now()
    batch.change_set_id = kept.change_set_id if kept.in_table else None
    _keep_problems(sql, batch, bench)


def _keep_problems(sql: Sql, batch: Batch, bench: Workbench) -> None:
    """All that refused a row, so that none is lost, and the first of what was only noted."""
    found = bench.one(f"""
        CREATE OR REPLACE TABLE kept_problem AS FROM every_problem WHERE is_error
        UNION ALL (FROM every_problem WHERE NOT is_error ORDER BY line, title LIMIT {MOST_NOTED})""")
    if not found:
        return
    with bench.brought(sql.session, "kept_problem", PROBLEM_COLUMNS) as told:
        sql.run(f"""
            INSERT INTO import_problem (batch_id, line, "column", value, reason, is_error)
            SELECT CAST('{batch.id}' AS UUID), line, title, coalesce(value, ''), reason, is_error FROM {told}""")


def _sums_held(sql: Sql, settled: Settled) -> dict[str, str]:
    """What the store holds of each amount, for the accounts of the file."""
    if settled.kind.name not in FACTS:
        return {}
    entity = settled.target.entity
    amounts = [c.field for c in settled.kind.columns if c.type is Type.NUMBER and c.field in entity.c]
    summed = ", ".join(f"coalesce(sum(o.{name}), 0)" for name in amounts)
    found = sql.rows(f"SELECT {summed} FROM {entity.name} o WHERE o.number IN (SELECT number FROM linked)")[0]
    return {name: str(amount) for name, amount in zip(amounts, found, strict=True)}


def _sums(bench: Workbench, kind: str, before: dict[str, str], after: dict[str, str]) -> list[tuple[str, ...]]:
    amounts = [c for c in kind_called(kind).columns if c.type is Type.NUMBER and c.field not in ("price", "quantity")]
    found: list[tuple[str, ...]] = []
    for column in amounts:
        taken = f"sum(i.{column.field}) FILTER (WHERE o.fate NOT IN ('refused', 'duplicate', 'held'))"
        statement = f"""SELECT coalesce(sum(i.{column.field}), 0), coalesce({taken}, 0), count(i.{column.field})
                        FROM incoming i JOIN outcome o ON o.line = i.line"""
        in_file, in_store, filled = bench.run(statement)[0]
        if filled:
            held = (before.get(column.field, "0"), after.get(column.field, "0"))
            found.append((column.label, str(in_file), str(in_store), *held))
    return found
