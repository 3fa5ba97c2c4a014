"""What becomes of each row of a file: told before anything is written, and noted when it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from crm import clients
from crm.db.sql import Sql
from crm.ground import messages
from crm.ground.messages import Message
from crm.imports import batches
from crm.imports.counts import Counts
from crm.imports.models import Batch
from crm.intake import planning, steps
from crm.intake.arrival import Arrival, Importer
from crm.intake.headers import squeezed
from crm.intake.kinds import Kind, kind_called
from crm.intake.mapping import Mapping
from crm.intake.planning import Plan
from crm.intake.staging import Staging, literal
from crm.intake.steps import Remark
from crm.intake.upsert import Mode
from crm.people import Person

OUTCOMES = ("created", "changed", "unchanged", "refused", "duplicate", "held")
WRITTEN = OUTCOMES[:2]
COUNTERS = ("", "no", "nr", "sn", "row", "rowno", "rownumber", "line", "index", "序号", "行号")
# Messages as they are stored.
_SAME = """CAST(CASE WHEN differing IS NULL
        THEN json_object('text', 'is the same as line {line}, which counts', 'values', json_object('line', CAST(duplicate_of AS VARCHAR)))
        ELSE json_object('text', 'is the same as line {line}, which counts; left out is what it says otherwise: {columns}',
            'values', json_object('line', CAST(duplicate_of AS VARCHAR), 'columns', differing)) END AS VARCHAR)"""


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with a row: where it stands in the file, what stands there, and why that cannot be."""

    line: int
    column: str
    value: str
    reason: Message
    is_error: bool


def problems(
    session: Session, viewer: Person, rows: Iterable[tuple[int, str, str, str, bool]], *, is_ahead: bool = False
) -> list[RowProblem]:
    """As the viewer may read them. `is_ahead`: the rows are not in the store yet."""
    found = [
        RowProblem(line, column, value, messages.read(reason), is_error)
        for line, column, value, reason, is_error in rows
    ]
    said = [text for one in found for text in (one.value, one.reason)]
    reading = clients.mentions.Reading(session, viewer, said, new_too=is_ahead)
    return [replace(one, value=reading.text(one.value), reason=reading.message(one.reason)) for one in found]


def plan(session: Session, by: Person, batch: Batch, staging: Staging) -> Plan:
    """Tell what would become of each row that is handed over; `outcomes` and `linked` stay in the session."""
    kind = kind_called(batch.kind)
    batches.check_allowed(by, kind)
    importer = Importer(by, batch.staged_by or by.id)
    mapping = Mapping.of(batch.mapping)
    arrival = Arrival(Sql(session), staging, mapping, importer, mapping.erased(kind.erasable))
    return planning.plan(kind, arrival, Mode(batch.mode))


def note(sql: Sql, staging: Staging, kind: Kind, mapping: Mapping) -> None:
    """Bring home from the session what becomes of each line: `outcomes`, and `every_problem` with its reasons."""
    rows = kind.rows
    found = sql.arrow(
        f"""SELECT l.line, f.outcome, l.matched_by, l.duplicate_of, l.title, CAST(l.value AS VARCHAR) AS value, l.refusal,
                {rows.name} AS name,
                f.outcome IN ('created', 'changed', 'unchanged') AND {rows.is_closed} AS is_closed
            FROM linked l JOIN outcomes f ON f.line = l.line"""
    )
    _keep_remarks(staging, steps.remarks(sql, kind.name))
    staging.duck.register("outcomes_arrived", found)
    staging.run(
        # PostgreSQL tells no type of a column that is empty.
        "CREATE OR REPLACE TABLE outcomes AS SELECT * REPLACE (CAST(duplicate_of AS BIGINT) AS duplicate_of) FROM outcomes_arrived"
    )
    staging.duck.unregister("outcomes_arrived")
    _add_folded(staging)
    _lay_out_duplicates(staging, mapping)
    staging.run(f"""
        CREATE OR REPLACE VIEW each_reason AS SELECT * FROM problem
        UNION ALL SELECT line, title, coalesce(value, ''), refusal, TRUE FROM outcomes
            WHERE refusal IS NOT NULL AND refusal <> 'see its problems'
        UNION ALL SELECT line, '', '', 'is a new row, and only known rows are to be changed', TRUE FROM outcomes
            WHERE outcome = 'refused' AND refusal IS NULL
        UNION ALL SELECT line, title, coalesce(value, ''), {_SAME}, FALSE
            FROM duplicates
        UNION ALL SELECT line, 'Client', coalesce(name, value, ''), 'is a client who is closed', FALSE FROM outcomes WHERE is_closed
        UNION ALL SELECT line, title, coalesce(value, ''), 'waits for a lead', FALSE FROM outcomes WHERE outcome = 'held'
        UNION ALL SELECT line, '', name, reason, FALSE FROM remarked""")
    # What is wrong with a cell in several ways, or with a row, is one problem.
    staging.run("""
        CREATE OR REPLACE VIEW every_problem AS SELECT line, title, max(value) AS value,
            CASE WHEN count(*) = 1 THEN min(reason) ELSE CAST(to_json(list(reason ORDER BY reason)) AS VARCHAR) END AS reason,
            bool_or(is_error) AS is_error
        FROM each_reason GROUP BY line, title""")


def _add_folded(staging: Staging) -> None:
    """Rows that were added to another share its outcome; those that only repeat one are told so."""
    repeats = "f.repeats IS NOT NULL AND o.refusal IS NULL"
    staging.run(f"""
        INSERT INTO outcomes SELECT o.* REPLACE (f.line AS line, CASE WHEN {repeats} THEN 'duplicate' ELSE o.outcome END AS outcome,
            CASE WHEN {repeats} THEN f.repeats ELSE o.duplicate_of END AS duplicate_of)
        FROM folded f JOIN outcomes o ON o.line = f.leader WHERE f.line <> f.leader""")


def matched(staging: Staging) -> dict[str, int]:
    """By which key the rows that are here already were found, and how many by each; the most frequent first."""
    return dict(
        staging.run("""SELECT matched_by, count(*) FROM outcomes WHERE outcome IN ('changed', 'unchanged') AND matched_by IS NOT NULL
                     GROUP BY matched_by ORDER BY count(*) DESC, matched_by""")
    )


def counted(staging: Staging) -> Counts:
    found = dict(staging.run("SELECT outcome, count(*) FROM outcomes GROUP BY outcome"))
    return Counts(staging.rows, *(found.get(outcome, 0) for outcome in OUTCOMES))


def _keep_remarks(staging: Staging, remarks: Sequence[Remark]) -> None:
    staging.run("CREATE OR REPLACE TABLE remarked (line BIGINT, name VARCHAR, reason VARCHAR)")
    if remarks:
        columns = list(map(list, zip(*((line, name, reason.stored()) for line, name, reason in remarks), strict=True)))
        staging.duck.execute("INSERT INTO remarked SELECT unnest($1), unnest($2), unnest($3)", columns)


def left_out(staging: Staging) -> int:
    """How many rows were taken for a repetition of an earlier one, and say something else than that."""
    return int(staging.one("SELECT count(*) FROM duplicates WHERE differing IS NOT NULL"))


def _lay_out_duplicates(staging: Staging, mapping: Mapping) -> None:
    """`duplicates`: the rows that an earlier one stands for, and in which columns they say something else than that one."""
    if not staging.one("SELECT count(*) FROM outcomes WHERE outcome = 'duplicate'"):
        staging.run(
            "CREATE OR REPLACE TABLE duplicates AS SELECT line, duplicate_of, title, value, CAST(NULL AS VARCHAR) AS differing "
            "FROM outcomes LIMIT 0"
        )
        return
    other = ", ".join(
        f"CASE WHEN trim(a.c{i}) <> '' AND trim(a.c{i}) IS DISTINCT FROM trim(b.c{i}) THEN {literal(staging.header[i])} END"
        for i in _read_columns(mapping)
    )
    named = f"array_to_string(list_filter([{other or 'NULL'}]::VARCHAR[], lambda it: it IS NOT NULL), ', ')"
    staging.run(f"""
        CREATE OR REPLACE TABLE duplicates AS
        SELECT o.line, o.duplicate_of, o.title, o.value, nullif({named}, '') AS differing
        FROM outcomes o JOIN raw a ON a.line = o.line JOIN raw b ON b.line = o.duplicate_of WHERE o.outcome = 'duplicate'""")


def _read_columns(mapping: Mapping) -> list[int]:
    """Columns of which anything is kept; that rows are counted tells nothing."""
    kept = {i for name, i in mapping.attributes.items() if squeezed(name) not in COUNTERS}
    return sorted(kept | {i for places in mapping.columns.values() for i in places})
