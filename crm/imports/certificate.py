"""The certificate of an applied file: what became of every row, the sums, and what was wrong."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground import clock
from crm.ground.errors import ConflictError
from crm.ground.messages import Message
from crm.imports import batches, outcomes
from crm.imports.counts import Counts
from crm.imports.models import Batch, BatchStatus, Problem
from crm.imports.outcomes import RowProblem
from crm.intake.kinds import Column, Type, kind_called
from crm.intake.mapping import Mapping
from crm.intake.planning import Plan
from crm.intake.staging import Staging
from crm.journal import notes
from crm.people import Person

MOST_NOTED = 100_000
NOT_TAKEN = ("refused", "duplicate", "held")
PROBLEM_COLUMNS = {"line": "bigint", "title": "text", "value": "text", "reason": "text", "is_error": "boolean"}


@dataclass(frozen=True)
class Sum:
    """An amount over all rows of the file and over those that were taken.

    `before`, `after`: over all that the store held of the same accounts. `as_written`: of the cells of the file before anything was
    made of them, over all rows, `as_written_taken` over those that were taken; None where not all are plain numbers of a machine.
    """

    label: str
    in_file: Decimal
    in_store: Decimal
    before: Decimal = Decimal()
    after: Decimal = Decimal()
    as_written: Decimal | None = None
    as_written_taken: Decimal | None = None

    @property
    def differs(self) -> Message | None:
        """What went in is something else than what the cells add up to."""
        if self.as_written_taken is None or self.as_written_taken == self.in_store:
            return None
        return Message(
            "The cells of {label} add up to {written}, and {taken} went in: look at how the column was read.",
            label=Message(self.label),
            written=f"{self.as_written_taken.normalize():,f}",
            taken=f"{self.in_store.normalize():,f}",
        )


@dataclass(frozen=True)
class Certificate:
    """What became of every row: counts.rows is the sum of created, changed, unchanged, refused and duplicate.

    `matched`: by which key the rows that were here already were found, and how many by each. `left_out`: how many rows repeat an
    earlier one, and say something else than that.
    """

    batch: Batch
    counts: Counts
    sums: list[Sum]
    problems_total: int
    warnings_total: int
    matched: dict[str, int]
    left_out: int = 0


def certificate_of(session: Session, viewer: Person, batch_id: UUID) -> Certificate:
    batch = batches.get(session, viewer, batch_id)
    if not batch.counts:
        raise ConflictError("This file has not been applied yet.")
    counts = {name: batch.counts.get(name, 0) for name in Counts.__dataclass_fields__}
    sums = [Sum(label, *map(_decimal, amounts)) for label, *amounts in batch.counts.get("sums", [])]
    kept = batch.counts
    told = kept["problems"], kept["warnings"], kept.get("matched", {}), kept.get("left_out", 0)
    return Certificate(batch, Counts(**counts), sums, *told)


def _decimal(text: str | None) -> Any:  # noqa: ANN401 -- only what was written in the file may be unknown
    return None if text is None else Decimal(text)


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
    return outcomes.problems(session, viewer, ((p.line, p.column, p.value, p.reason, p.is_error) for p in found))


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
        "sums": _sums(staging, batch, *held),
        "left_out": outcomes.left_out(staging),
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


def _sums(
    staging: Staging, batch: Batch, before: dict[str, str], after: dict[str, str]
) -> list[tuple[str | None, ...]]:
    """Of each amount: its label, and the amounts of `Sum`."""
    amounts = [c for c in kind_called(batch.kind).columns if c.type is Type.NUMBER and c.adds_up]
    mapping = Mapping.of(batch.mapping)
    is_folded = bool(staging.one("SELECT count(*) FROM folded"))
    found: list[tuple[str | None, ...]] = []
    for column in amounts:
        taken = f"sum(i.{column.field}) FILTER (WHERE o.outcome NOT IN {NOT_TAKEN})"
        statement = f"""SELECT coalesce(sum(i.{column.field}), 0), coalesce({taken}, 0), count(i.{column.field})
                        FROM incoming i JOIN outcomes o ON o.line = i.line"""
        in_file, in_store, filled = staging.run(statement)[0]
        if filled:
            if is_folded:
                in_file = staging.one(f"SELECT coalesce(sum({column.field}), 0) FROM checked")
            held = (before.get(column.field, "0"), after.get(column.field, "0"))
            found.append((column.label, str(in_file), str(in_store), *held, *_as_written(staging, mapping, column)))
    return found


def _as_written(staging: Staging, mapping: Mapping, column: Column) -> tuple[str | None, str | None]:
    """What the very cells of a column add up to, over all rows and over those that were taken."""
    places = mapping.columns.get(column.field, [])
    if len(places) != 1 or places[0] >= len(staging.table.header):
        return None, None
    cell = f"nullif(trim(r.c{places[0]}), '')"
    plain = f"try_cast({cell} AS DECIMAL(24, 8))"  # as machines write numbers, and nothing else
    total, taken, is_plain = staging.run(f"""
        SELECT coalesce(sum(v), 0), coalesce(sum(v) FILTER (WHERE o.outcome NOT IN {NOT_TAKEN}), 0), count(v) = count(t)
        FROM (SELECT line, {cell} AS t, {plain} AS v FROM raw r) r JOIN outcomes o ON o.line = r.line""")[0]
    return (str(total), str(taken)) if is_plain else (None, None)
