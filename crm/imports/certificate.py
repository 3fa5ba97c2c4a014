"""The certificate of an applied file: what became of every row, the sums, and what was wrong."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session, col, select

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground import clock
from crm.ground.errors import ConflictError
from crm.imports import batches, outcomes
from crm.imports.counts import Counts
from crm.imports.models import Batch, BatchStatus, Problem
from crm.imports.outcomes import RowProblem
from crm.intake.kinds import Type, kind_called
from crm.intake.planning import Plan
from crm.intake.staging import Staging
from crm.journal import notes
from crm.people import Person

MOST_NOTED = 100_000
PROBLEM_COLUMNS = {"line": "bigint", "title": "text", "value": "text", "reason": "text", "is_error": "boolean"}


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


def certificate_of(session: Session, viewer: Person, batch_id: UUID) -> Certificate:
    batch = batches.get(session, viewer, batch_id)
    if not batch.counts:
        raise ConflictError("This file has not been applied yet.")
    counts = {name: batch.counts.get(name, 0) for name in Counts.__dataclass_fields__}
    sums = [Sum(label, *map(Decimal, amounts)) for label, *amounts in batch.counts.get("sums", [])]
    kept = batch.counts
    return Certificate(batch, Counts(**counts), sums, kept["problems"], kept["warnings"], kept.get("matched", {}))


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
    return outcomes.problems((p.line, p.column, p.value, p.reason, p.is_error) for p in found)


def sums_held(sql: Sql, planned: Plan) -> dict[str, str]:
    """What the store holds of each amount, for the accounts of the file."""
    if not planned.kind.rows.held:
        return {}
    entity = planned.target.entity
    amounts = [c.field for c in planned.kind.columns if c.type is Type.NUMBER and c.field in entity.c]
    summed = ", ".join(f"coalesce(sum(o.{name}), 0)" for name in amounts)
    found = sql.rows(f"SELECT {summed} FROM {entity.name} o WHERE {planned.kind.rows.held}")[0]
    return {name: str(amount) for name, amount in zip(amounts, found, strict=True)}


def record(session: WriteSession, batch: Batch, staging: Staging, held: Sequence[dict[str, str]]) -> None:
    """Keep what became of every row; `held`: the sums that the store held before and after."""
    sql = Sql(session)
    noted = notes(session)
    batch.counts = asdict(outcomes.counted(staging)) | {
        "problems": staging.one("SELECT count(*) FROM every_problem WHERE is_error"),
        "warnings": staging.one("SELECT count(*) FROM every_problem WHERE NOT is_error"),
        "matched": outcomes.matched(staging),
        "sums": _sums(staging, batch.kind, *held),
    }
    batch.status, batch.applied_at = BatchStatus.APPLIED, clock.now()
    batch.change_set_id = noted.change_set_id if noted.in_table else None
    _keep_problems(sql, batch, staging)


def _keep_problems(sql: Sql, batch: Batch, staging: Staging) -> None:
    """All that refused a row, so that none is lost, and the first of what was only noted."""
    found = staging.one(f"""
        CREATE OR REPLACE TABLE kept_problem AS FROM every_problem WHERE is_error
        UNION ALL (FROM every_problem WHERE NOT is_error ORDER BY line, title LIMIT {MOST_NOTED})""")
    if not found:
        return
    with staging.brought(sql.session, "kept_problem", PROBLEM_COLUMNS) as kept:
        sql.run(f"""
            INSERT INTO import_problem (batch_id, line, "column", value, reason, is_error)
            SELECT CAST('{batch.id}' AS UUID), line, title, coalesce(value, ''), reason, is_error FROM {kept}""")


def _sums(staging: Staging, kind: str, before: dict[str, str], after: dict[str, str]) -> list[tuple[str, ...]]:
    amounts = [c for c in kind_called(kind).columns if c.type is Type.NUMBER and c.adds_up]
    found: list[tuple[str, ...]] = []
    for column in amounts:
        taken = f"sum(i.{column.field}) FILTER (WHERE o.outcome NOT IN ('refused', 'duplicate', 'held'))"
        statement = f"""SELECT coalesce(sum(i.{column.field}), 0), coalesce({taken}, 0), count(i.{column.field})
                        FROM incoming i JOIN outcomes o ON o.line = i.line"""
        in_file, in_store, filled = staging.run(statement)[0]
        if filled:
            held = (before.get(column.field, "0"), after.get(column.field, "0"))
            found.append((column.label, str(in_file), str(in_store), *held))
    return found
