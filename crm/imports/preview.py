"""What would happen if a batch were applied now: counts, and line by line what would differ."""

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated
from uuid import UUID

import pydantic
from sqlmodel import Session

from crm import journal
from crm.db.sql import Sql
from crm.imports import applied_before, batches, outcomes, preview_log, staging_pool
from crm.imports.counts import Counts
from crm.imports.models import Batch
from crm.imports.outcomes import OUTCOMES, WRITTEN, RowProblem
from crm.intake.kinds import kind_called
from crm.intake.mapping import Mapping
from crm.intake.planning import Plan
from crm.intake.staging import Staging
from crm.intake.upsert import Target
from crm.people import Person

HIDDEN = {"search_text", "number", "version", "created_at", "id", "external_id", "fill_key"}


@dataclass(frozen=True)
class Difference:
    """A field that would change: what stands there now (None: nothing), and what would."""

    label: str
    old: object
    new: object


@dataclass(frozen=True)
class PreviewLine:
    line: int
    outcome: Annotated[str, pydantic.Field(serialization_alias="fate")]  # as programs know it
    matched_by: str | None
    name: str
    differences: list[Difference]
    problems: list[RowProblem]


@dataclass(frozen=True)
class Preview:
    """`total`: how many lines share the outcome that was asked for. `seen_before`: the same file, applied already.

    `matched`: by which key the rows that are here already were found, and how many by each. `left_out`: rows that repeat
    an earlier one, and say something else than that.
    """

    counts: Counts
    total: int
    lines: list[PreviewLine]
    seen_before: Batch | None
    closed_matches: int
    matched: MappingType[str, int] = field(default_factory=dict)
    left_out: int = 0


def preview(
    session: Session, viewer: Person, batch_id: UUID, *, outcome: str | None = None, limit: int = 50, offset: int = 0
) -> Preview:
    """One page of what would happen; the whole file is planned once for each state of the data."""
    batch = batches.get(session, viewer, batch_id)
    with staging_pool.checked(batch) as staging:
        planned = _plan_anew(session, viewer, batch, staging)
        asked = (outcome if outcome in OUTCOMES else "", limit, offset)
        if asked not in staging.pages:
            staging.pages[asked] = _page(session, viewer, batch, staging, asked, planned)
        page: Preview = staging.pages[asked]
    preview_log.record(session, viewer, batch, staging, page.counts)
    return replace(page, seen_before=applied_before.find(session, viewer, batch))


def some_lines(session: Session, viewer: Person, batch: Batch, lines: Sequence[int]) -> dict[int, PreviewLine]:
    """What would become of some rows of a batch, for somebody else than its bringer: these rows and no others."""
    with staging_pool.checked(batch) as staging:
        with staging.showing(lines):
            planned = outcomes.plan(session, viewer, batch, staging)
        differences, names = _differences(session, viewer, batch, staging, lines, planned)
        found = dict(map(tuple, Sql(session).rows("SELECT line, outcome FROM outcomes")))
        return {
            n: PreviewLine(n, found[n], None, names.get(n) or "", differences.get(n, []), [])
            for n in lines
            if n in found
        }


def remarks(session: Session, viewer: Person, batch_id: UUID, *, limit: int) -> tuple[list[RowProblem], int]:
    """Whatever is wrong with a row or is to be said of one, also of those that go in, and how many there are."""
    batch = batches.get(session, viewer, batch_id)
    with staging_pool.checked(batch) as staging:
        _plan_anew(session, viewer, batch, staging)
        every = "SELECT line, title, value, reason, is_error FROM every_problem ORDER BY line, title"
        found = outcomes.problems(session, viewer, staging.run(f"{every} LIMIT {int(limit)}"), is_ahead=True)
        return found, int(staging.one("SELECT count(*) FROM every_problem"))


def _page(
    session: Session,
    viewer: Person,
    batch: Batch,
    staging: Staging,
    asked: tuple[str, int, int],
    planned: Plan | None,
) -> Preview:
    outcome, limit, offset = asked
    counts = outcomes.counted(staging)
    chosen = f"WHERE outcome = '{outcome}'" if outcome else ""
    lines = staging.run(
        f"SELECT line, outcome, matched_by, coalesce(name, value) FROM outcomes {chosen} ORDER BY line "
        f"LIMIT {int(limit)} OFFSET {int(offset)}"
    )
    shown = [line for line, *_ in lines]
    differences, names = _differences(session, viewer, batch, staging, shown, planned)
    # A duplicate whose first row is on another page looks like a row that counts.
    written = {n: differences.get(n, []) for n, f, *_ in lines if f in WRITTEN}
    problems = _problems(session, viewer, staging, shown)
    made = [
        PreviewLine(n, f, by, names.get(n) or name or "", written.get(n, []), [p for p in problems if p.line == n])
        for n, f, by, name in lines
    ]
    closed = int(staging.one("SELECT count(*) FROM outcomes WHERE is_closed"))
    return Preview(
        counts,
        getattr(counts, outcome) if outcome else counts.rows,
        made,
        None,
        closed,
        outcomes.matched(staging),
        outcomes.left_out(staging),
    )


def _plan_anew(session: Session, viewer: Person, batch: Batch, staging: Staging) -> Plan | None:
    """Bring the staged `outcomes` up to date; gives the plan, if one had to be made, which still stands in the session."""
    state = (journal.data_version(session), viewer.id, viewer.role, batch.mode)
    if staging.outcome_version == state:
        return None
    planned = outcomes.plan(session, viewer, batch, staging)
    outcomes.note(Sql(session), staging, planned.kind, Mapping.of(batch.mapping))
    staging.outcome_version = state
    staging.pages.clear()
    return planned


def _differences(
    session: Session, viewer: Person, batch: Batch, staging: Staging, lines: Sequence[int], planned: Plan | None
) -> tuple[dict[int, list[Difference]], dict[int, str]]:
    """What would differ in each of these lines, and what people call the row; they alone are planned if nothing is."""
    if not lines:
        return {}, {}
    kind, sql = kind_called(batch.kind), Sql(session)
    if not planned:
        with staging.showing(lines):
            planned = outcomes.plan(session, viewer, batch, staging)
    these = f"line IN ({', '.join(map(str, lines))})"
    found = _old_and_new(sql, planned.target, f"l.{these}")
    names = dict(map(tuple, sql.rows(f"{kind.rows.names.format(planned.target.origin)} WHERE l.{these}")))
    for line, label, old, new in kind.rows.differs(sql, f"n.{these}") if kind.rows.differs else []:
        found.setdefault(line, []).append(Difference(label, old, new))
    return found, names


def _old_and_new(sql: Sql, target: Target, these: str) -> dict[int, list[Difference]]:
    shown = [name for name in target.changing if name not in HIDDEN]
    pairs = ", ".join(f'o."{name}" AS old_{n}, {target.new_value(name)} AS new_{n}' for n, name in enumerate(shown))
    statement = f"""SELECT l.line, {pairs} FROM {target.origin} JOIN outcomes f ON f.line = l.line AND f.outcome IN ('created', 'changed')
                    LEFT JOIN {target.entity.name} o ON l.known AND {target.same_key} WHERE {these}"""
    found: dict[int, list[Difference]] = {}
    for line, *values in sql.rows(statement):
        pairs_of = zip(shown, values[::2], values[1::2], strict=True)
        found[line] = [
            Difference(name, old, new)
            for name, old, new in pairs_of
            if old != new and (_is_filled(new) or _is_filled(old))
        ]
    return found


def _is_filled(value: object) -> bool:
    return value not in (None, "", [], {})


def _problems(session: Session, viewer: Person, staging: Staging, lines: Sequence[int]) -> list[RowProblem]:
    if not lines:
        return []
    listed = ", ".join(map(str, lines))
    every = "SELECT line, title, value, reason, is_error FROM every_problem"
    return outcomes.problems(session, viewer, staging.run(f"{every} WHERE line IN ({listed})"), is_ahead=True)
