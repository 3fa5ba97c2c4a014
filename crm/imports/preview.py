"""What would happen if a batch were applied now: counts, and line by line what would differ."""

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlmodel import Session

from crm import journal
from crm.db.sql import Sql
from crm.imports import batches, benches, looks, putting, resembling, seen
from crm.imports.counts import Counts
from crm.imports.kinds import Kind, kind_called
from crm.imports.mapping import Mapping
from crm.imports.models import Batch, Mode
from crm.imports.putting import handles
from crm.imports.putting.merge import Target
from crm.imports.putting.people import Importer
from crm.imports.putting.settle import Settled
from crm.imports.workbench import Workbench, literal
from crm.people import Person

FATES = ("created", "changed", "unchanged", "refused", "duplicate", "held")
WRITTEN = FATES[:2]
# How a line of `linked` names the client `c` that it is about.
CLIENT_OF = {
    "clients": "c.id = l.id",
    **dict.fromkeys(("interactions", "tasks"), "c.id = l.client_id"),
    **dict.fromkeys(("trades", "daily_activity", "balances"), "c.number = l.number"),
}
# What a row is called: as the client is called whom it is about, or by its own name.
_SEEN = "(SELECT * FROM client WHERE id IN (SELECT id FROM mine))"
_CLIENT, _OF_FACTS = "coalesce(c.name, i.uid)", f"FROM {{0}} LEFT JOIN {_SEEN} c ON c.number = l.number"
NAMED = {
    "clients": f"SELECT l.line, coalesce(i.name, c.name) FROM {{0}} LEFT JOIN {_SEEN} c ON l.known AND c.id = l.id",
    "interactions": f"SELECT l.line, c.name FROM {{0}} JOIN {_SEEN} c ON c.id = l.client_id",
    "tasks": "SELECT l.line, i.title FROM {0}",
    "managers": "SELECT l.line, i.name FROM {0}",
    "trades": f"SELECT l.line, {_CLIENT} {_OF_FACTS}",
    "balances": f"SELECT l.line, concat_ws(' · ', {_CLIENT}, l.day) {_OF_FACTS}",
    "daily_activity": f"SELECT l.line, concat_ws(' · ', {_CLIENT}, l.day, l.product, nullif(l.instrument, '')) {_OF_FACTS}",
}
HIDDEN = {"search_text", "number", "version", "created_at", "id", "external_id", "fill_key"}


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with a row: where it stands in the file, what stands there, and why that cannot be."""

    line: int
    column: str
    value: str
    reason: str
    is_error: bool


@dataclass(frozen=True)
class Difference:
    """A field that would change: what stands there now (None: nothing), and what would."""

    label: str
    old: object
    new: object


@dataclass(frozen=True)
class PreviewLine:
    line: int
    fate: str
    matched_by: str | None
    name: str
    differences: list[Difference]
    problems: list[RowProblem]


@dataclass(frozen=True)
class Preview:
    """`total`: how many lines share the fate that was asked for. `seen_before`: the same file, applied already.

    `matched`: by which key the rows that are here already were found, and how many by each.
    """

    counts: Counts
    total: int
    lines: list[PreviewLine]
    seen_before: Batch | None
    closed_matches: int
    matched: MappingType[str, int] = field(default_factory=dict)


def preview(
    session: Session, viewer: Person, batch_id: UUID, *, fate: str | None = None, limit: int = 50, offset: int = 0
) -> Preview:
    """One page of what would happen; the whole file is settled once for each state of the data."""
    batch = batches.get(session, viewer, batch_id)
    with benches.checked(batch) as bench:
        settled = _settle_outcome(session, viewer, batch, bench)
        asked = (fate if fate in FATES else "", limit, offset)
        if asked not in bench.pages:
            bench.pages[asked] = _page(session, viewer, batch, bench, asked, settled)
        page: Preview = bench.pages[asked]
    looks.write_down(session, viewer, batch, bench, page.counts)
    return replace(page, seen_before=seen.before(session, viewer, batch))


def some_lines(session: Session, viewer: Person, batch: Batch, lines: Sequence[int]) -> dict[int, PreviewLine]:
    """What would become of some rows of a batch, for somebody else than its bringer: these rows and no others."""
    with benches.checked(batch) as bench:
        with bench.showing(lines):
            settled = putting.settle(session, Importer.of(viewer, batch), bench, *_said(batch))
        differences, names = _differences(session, viewer, batch, bench, lines, settled)
        told = dict(map(tuple, Sql(session).rows("SELECT line, fate FROM fate")))
        return {
            n: PreviewLine(n, told[n], None, names.get(n) or "", differences.get(n, []), []) for n in lines if n in told
        }


def _said(batch: Batch) -> tuple[Kind, Mapping, Mode]:
    return kind_called(batch.kind), Mapping.of(batch.mapping), Mode(batch.mode)


def remarks(session: Session, viewer: Person, batch_id: UUID, *, limit: int) -> tuple[list[RowProblem], int]:
    """Whatever is wrong with a row or is to be said of one, also of those that go in, and how many there are."""
    batch = batches.get(session, viewer, batch_id)
    with benches.checked(batch) as bench:
        _settle_outcome(session, viewer, batch, bench)
        said = "SELECT line, title, value, reason, is_error FROM every_problem ORDER BY line, title"
        found = [RowProblem(*row) for row in bench.run(f"{said} LIMIT {int(limit)}")]
        return found, int(bench.one("SELECT count(*) FROM every_problem"))


def _page(
    session: Session,
    viewer: Person,
    batch: Batch,
    bench: Workbench,
    asked: tuple[str, int, int],
    settled: Settled | None,
) -> Preview:
    fate, limit, offset = asked
    counts = counted(bench)
    chosen = f"WHERE fate = '{fate}'" if fate else ""
    lines = bench.run(
        f"SELECT line, fate, matched_by, coalesce(name, value) FROM outcome {chosen} ORDER BY line "
        f"LIMIT {int(limit)} OFFSET {int(offset)}"
    )
    shown = [line for line, *_ in lines]
    differences, names = _differences(session, viewer, batch, bench, shown, settled)
    # A duplicate whose twin is on another page looks like a row that counts.
    written = {n: differences.get(n, []) for n, f, *_ in lines if f in WRITTEN}
    problems = _problems(bench, shown)
    made = [
        PreviewLine(n, f, by, names.get(n) or name or "", written.get(n, []), [p for p in problems if p.line == n])
        for n, f, by, name in lines
    ]
    closed = int(bench.one("SELECT count(*) FROM outcome WHERE is_closed"))
    return Preview(counts, getattr(counts, fate) if fate else counts.rows, made, None, closed, matched(bench))


def matched(bench: Workbench) -> dict[str, int]:
    """By which key the rows that are here already were found, and how many by each; the most frequent first."""
    return dict(
        bench.run("""SELECT matched_by, count(*) FROM outcome WHERE fate IN ('changed', 'unchanged') AND matched_by IS NOT NULL
                     GROUP BY matched_by ORDER BY count(*) DESC, matched_by""")
    )


def counted(bench: Workbench) -> Counts:
    found = dict(bench.run("SELECT fate, count(*) FROM outcome GROUP BY fate"))
    return Counts(bench.rows, *(found.get(fate, 0) for fate in FATES))


def note_outcome(sql: Sql, bench: Workbench, kind: Kind) -> None:
    """Bring home from the session what becomes of each line: `outcome` and the full `problem` on the bench."""
    about = CLIENT_OF.get(kind.name)
    known = "l.known AND " if kind.name == "clients" else ""
    closed = f"{known}EXISTS (SELECT 1 FROM client c WHERE {about} AND c.status = 'closed')" if about else "FALSE"
    outcome = sql.arrow(
        f"""SELECT l.line, f.fate, l.matched_by, l.twin, l.title, CAST(l.value AS VARCHAR) AS value, l.refusal,
                {"l.name" if kind.name == "clients" else "CAST(NULL AS VARCHAR)"} AS name,
                f.fate IN ('created', 'changed', 'unchanged') AND {closed} AS is_closed
            FROM linked l JOIN fate f ON f.line = l.line"""
    )
    resembling.note(sql, bench, are_clients=kind.name == "clients")
    bench.duck.register("outcome_arrived", outcome)
    bench.run("CREATE OR REPLACE TABLE outcome AS SELECT * FROM outcome_arrived")
    bench.duck.unregister("outcome_arrived")
    _lay_out_twins(bench)
    bench.run("""
        CREATE OR REPLACE VIEW each_reason AS SELECT * FROM problem
        UNION ALL SELECT line, title, coalesce(value, ''), refusal, TRUE FROM outcome
            WHERE refusal IS NOT NULL AND refusal <> 'see its problems'
        UNION ALL SELECT line, '', '', 'is a new row, and only known rows are to be changed', TRUE FROM outcome
            WHERE fate = 'refused' AND refusal IS NULL
        UNION ALL SELECT line, title, coalesce(value, ''), 'is the same as line ' || twin || ', which counts' || said_otherwise, FALSE
            FROM twins
        UNION ALL SELECT line, 'Client', coalesce(name, value, ''), 'is a client who is closed', FALSE FROM outcome WHERE is_closed
        UNION ALL SELECT line, title, coalesce(value, ''), 'waits for a lead', FALSE FROM outcome WHERE fate = 'held'
        UNION ALL SELECT line, '', name, reason, FALSE FROM resembling""")
    # What is wrong with a cell in several ways, or with a row, is one problem.
    bench.run("""
        CREATE OR REPLACE VIEW every_problem AS SELECT line, title, max(value) AS value,
            string_agg(reason, '; ' ORDER BY reason) AS reason, bool_or(is_error) AS is_error
        FROM each_reason GROUP BY line, title""")


def _lay_out_twins(bench: Workbench) -> None:
    """`twins`: the rows that an earlier one stands for, and in which columns they say something else than that one."""
    if not bench.one("SELECT count(*) FROM outcome WHERE fate = 'duplicate'"):
        bench.run(
            "CREATE OR REPLACE TABLE twins AS SELECT line, twin, title, value, '' AS said_otherwise FROM outcome LIMIT 0"
        )
        return
    titles = enumerate(bench.table.header)
    other = ", ".join(
        f"CASE WHEN trim(a.c{i}) <> '' AND a.c{i} IS DISTINCT FROM b.c{i} THEN {literal(title)} END"
        for i, title in titles
    )
    named = f"array_to_string(list_filter([{other}], lambda it: it IS NOT NULL), ', ')"
    bench.run(f"""
        CREATE OR REPLACE TABLE twins AS
        SELECT o.line, o.twin, o.title, o.value, coalesce('; left out is what it says otherwise: ' || nullif({named}, ''), '')
            AS said_otherwise
        FROM outcome o JOIN raw a ON a.line = o.line JOIN raw b ON b.line = o.twin WHERE o.fate = 'duplicate'""")


def _settle_outcome(session: Session, viewer: Person, batch: Batch, bench: Workbench) -> Settled | None:
    """`outcome` on the bench as of now; what was settled, if it had to be, which still stands in the session."""
    state = (journal.data_version(session), viewer.id, viewer.role, batch.mode)
    if bench.outcome_version == state:
        return None
    settled = putting.settle(session, Importer.of(viewer, batch), bench, *_said(batch))
    note_outcome(Sql(session), bench, settled.kind)
    bench.outcome_version = state
    bench.pages.clear()
    return settled


def _differences(
    session: Session, viewer: Person, batch: Batch, bench: Workbench, lines: Sequence[int], settled: Settled | None
) -> tuple[dict[int, list[Difference]], dict[int, str]]:
    """What would differ in each of these lines, and what people call the row; they alone are settled if nothing is."""
    if not lines:
        return {}, {}
    kind, sql = kind_called(batch.kind), Sql(session)
    if not settled:
        with bench.showing(lines):
            settled = putting.settle(session, Importer.of(viewer, batch), bench, *_said(batch))
    these = f"line IN ({', '.join(map(str, lines))})"
    found = _old_and_new(sql, settled.target, f"l.{these}")
    names = dict(map(tuple, sql.rows(f"{NAMED[kind.name].format(settled.target.origin)} WHERE l.{these}")))
    for line, label, old, new in handles.differing(sql, f"n.{these}") if kind.name == "clients" else []:
        found.setdefault(line, []).append(Difference(label, old, new))
    return found, names


def _old_and_new(sql: Sql, target: Target, these: str) -> dict[int, list[Difference]]:
    shown = [name for name in target.changing if name not in HIDDEN]
    pairs = ", ".join(f'o."{name}" AS old_{n}, {target.new_value(name)} AS new_{n}' for n, name in enumerate(shown))
    statement = f"""SELECT l.line, {pairs} FROM {target.origin} JOIN fate f ON f.line = l.line AND f.fate IN ('created', 'changed')
                    LEFT JOIN {target.entity.name} o ON l.known AND {target.same_key} WHERE {these}"""
    found: dict[int, list[Difference]] = {}
    for line, *values in sql.rows(statement):
        pairs_of = zip(shown, values[::2], values[1::2], strict=True)
        found[line] = [
            Difference(name, old, new) for name, old, new in pairs_of if old != new and (_says(new) or _says(old))
        ]
    return found


def _says(value: object) -> bool:
    return value not in (None, "", [], {})


def _problems(bench: Workbench, lines: Sequence[int]) -> list[RowProblem]:
    if not lines:
        return []
    listed = ", ".join(map(str, lines))
    return [
        RowProblem(*row)
        for row in bench.run(f"SELECT line, title, value, reason, is_error FROM every_problem WHERE line IN ({listed})")
    ]
