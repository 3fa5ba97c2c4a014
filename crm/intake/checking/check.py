"""One pass over a file: `incoming` gets a typed value for each mapped column, `problem` a line for each thing that is wrong.

`incoming` has every field of the kind (NULL where the file does not say it), lists such as `by_email` for columns that may
come several times, the attributes as JSON, and `refused`: whether one of its problems is an error.
"""

from collections.abc import Callable

from crm.ground.messages import Message
from crm.ground.texts import CUT
from crm.intake import guesses
from crm.intake.checking import attributes, cells, clock_changes, clocks, constants, guessing, headings, spellings, sums
from crm.intake.checking.cell import Cell
from crm.intake.checking.parsed import AHEAD
from crm.intake.kinds import Column, Kind, Type
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging, literal

SQL_TYPES = {
    Type.DAY: "DATE",
    Type.MOMENT: "TIMESTAMPTZ",
    Type.NUMBER: "DECIMAL(24, 8)",
    Type.COUNT: "BIGINT",
    Type.DURATION: "BIGINT",
    Type.LIST: "JSON",
}
_PROBLEM = "line BIGINT, title VARCHAR, value VARCHAR, reason VARCHAR, is_error BOOLEAN"
_RAGGED = "{'title': '', 'value': '', 'reason': ragged, 'is_error': true}"


def check(staging: Staging, kind: Kind, mapping: Mapping) -> None:
    """Build `checked`, its view `incoming`, and `problem`, staged."""
    guesses.require_answers(guessing.guesses_of(staging, kind, mapping))
    found = _cells(staging, kind, mapping)
    odd = [
        "ragged IS NOT NULL",
        *(cell.is_odd for cell in found),
        *_strange(staging, found),
        *_missing(kind, mapping, found, staging),
        *_cut(staging, mapping),
    ]
    typed = _typing(staging, mapping, found)
    staging.run("DROP VIEW IF EXISTS incoming")
    staging.run(f"""
        CREATE OR REPLACE TABLE checked AS {typed("raw")}
        SELECT line, coalesce({" OR ".join(odd)}, FALSE) AS refused, {_fields(staging, kind, mapping, found)} FROM typed""")
    staging.run(f"CREATE OR REPLACE TABLE problem ({_PROBLEM})")
    if staging.one("SELECT bool_or(refused) FROM checked"):
        _note_problems(staging, typed, _faults(staging, kind, mapping, found))
    clock_changes.settle(staging, [(cell.column, cell.index) for cell in found], mapping)
    staging.run("CREATE VIEW incoming AS FROM checked")
    # Which rows go into which other, and which they merely repeat; a kind whose rows add up fills it.
    staging.run("CREATE OR REPLACE TABLE folded (line BIGINT, leader BIGINT, repeats BIGINT)")


def _typing(staging: Staging, mapping: Mapping, found: list[Cell]) -> Callable[[str], str]:
    """What makes, of SQL for some rows of `raw`, SQL for `typed`: the same rows with text and value of every cell."""
    mapped = {i for cell in found for i in (cell.index, *cell.parsed.beside)}
    single = [cell for cell in found if not cell.parsed.beside]
    repeated = spellings.repeating(staging, sorted({cell.index for cell in single if cell.parsed.value != cell.v}))
    for i in repeated:
        spellings.spell_out(staging, i, {cell.f: cell.parsed.value for cell in single if cell.index == i})
    texts = spellings.trimmed(staging, sorted((mapped | set(mapping.attributes.values())) - set(repeated)))
    texts += [f"s{i}.* EXCLUDE (written)" for i in repeated]
    joins = " ".join(f"LEFT JOIN spelling_{i} s{i} ON s{i}.written = c{i}" for i in repeated)
    values = [f"{cell.parsed.value} AS {cell.f}" for cell in found if cell.parsed.beside or cell.index not in repeated]
    read, understood = ", ".join(["line", "ragged", *texts]), ", ".join(["*", *values])
    return lambda rows: f"WITH texts AS (SELECT {read} FROM {rows} {joins}), typed AS (SELECT {understood} FROM texts)"


def _faults(staging: Staging, kind: Kind, mapping: Mapping, found: list[Cell]) -> dict[str, str]:
    """Whatever can be wrong with a row, and what is said of it."""
    faults = {"ragged IS NOT NULL": _RAGGED} | {cell.is_wrong: _problem(cell, staging) for cell in found}
    faults |= {cell.is_nothing: _noted(cell, staging) for cell in found}
    return faults | _strange(staging, found) | _missing(kind, mapping, found, staging) | _cut(staging, mapping)


def _strange(staging: Staging, found: list[Cell]) -> dict[str, str]:
    """Rows that are none: the header once more, sums, titles of groups."""
    strange = {
        headings.condition(lines): _problem_of(
            staging.header[0], headings.words(lines), said, is_error=said is not headings.ALONE
        )
        for said, lines in headings.strange(staging, sums.SUMS).items()
    }
    named = [cell for cell in found if cell.index < len(staging.table.raw_header)]
    if len(named) > 1:
        first, *others = (f"{cell.v} IS NOT DISTINCT FROM {literal(staging.header[cell.index])}" for cell in named)
        strange[f"CASE WHEN {first} THEN {' AND '.join(others)} ELSE FALSE END"] = _problem_of(
            "", "''", Message("is the header once more"), is_error=True
        )
    for cell in found:
        others = [one.v for one in found if one.index != cell.index]
        if is_sum := sums.condition(cell.column, cell.v, others):
            strange[is_sum] = _problem_of(staging.header[cell.index], cell.v, sums.SUM, is_error=True)
    return strange


def _cut(staging: Staging, mapping: Mapping) -> dict[str, str]:
    """Attributes that a workbook could not hold as a whole are not read."""
    places = sorted(set(mapping.attributes.values()))
    ends = ", ".join(f"bool_or(ends_with(c{i}, {literal(CUT)}))" for i in places)
    found = staging.cached(f"SELECT {ends} FROM raw")[0] if places else ()
    return {
        f"ends_with(v{i}, {literal(CUT)})": _problem_of(
            staging.header[i], f"right(v{i}, 200)", cells.IS_CUT, is_error=False
        )
        for i, is_cut in zip(places, found, strict=True)
        if is_cut
    }


def _note_problems(staging: Staging, typed: Callable[[str], str], faults: dict[str, str]) -> None:
    """Put into words what is wrong with the rows that `checked` holds for refused; those only noted are not."""
    each = ", ".join(f"CASE WHEN {wrong} THEN {problem} END" for wrong, problem in faults.items())
    staging.run(f"""
        INSERT INTO problem {typed("(FROM raw WHERE line IN (SELECT line FROM checked WHERE refused))")}
        SELECT line, p.* FROM (SELECT line, unnest([{each}]) AS p FROM typed) WHERE p IS NOT NULL""")
    staging.run("""UPDATE checked SET refused = FALSE
                 WHERE refused AND line NOT IN (SELECT line FROM problem WHERE is_error)""")


def ask(staging: Staging, kind: Kind, mapping: Mapping) -> None:
    """Only ask what `check` would ask.

    Raises:
        InvalidError: something in the file contradicts how it would be read, or a value for all rows cannot be.
    """
    guesses.require_answers(guessing.guesses_of(staging, kind, mapping))
    _cells(staging, kind, mapping)
    constants.understood(staging, kind, mapping)


def _cells(staging: Staging, kind: Kind, mapping: Mapping) -> list[Cell]:
    return [
        Cell(
            column,
            i,
            cells.parsed(column, f"v{i}", staging, i, mapping),
        )
        for column in kind.columns
        for i in _own_cells(column, staging, mapping)
    ]


def _own_cells(column: Column, staging: Staging, mapping: Mapping) -> list[int]:
    """The columns that each say this by themselves; of a moment in parts, the one that decides whether a row says it."""
    found = mapping.columns.get(column.field, [])
    if column.type is Type.MOMENT and found and clocks.has_parts(mapping, column.field):
        return [clocks.places(staging, mapping, column.field).first]
    return found


def _problem(cell: Cell, staging: Staging) -> str:
    title, value = staging.header[cell.index], f"left({cell.v}, 200)"
    plain = _problem_of(title, value, cell.parsed.reason, is_error=cell.parsed.is_error)
    if not cell.parsed.ahead:
        return plain
    return f"CASE WHEN {cell.is_ahead} THEN {_problem_of(title, value, AHEAD, is_error=True)} ELSE {plain} END"


def _noted(cell: Cell, staging: Staging) -> str:
    return _problem_of(staging.header[cell.index], f"right({cell.v}, 200)", cell.parsed.noted, is_error=False)


def _problem_of(title: str, value: str, reason: Message | None, *, is_error: bool) -> str:
    """SQL for a problem; `value` is SQL itself."""
    kept = literal(reason.stored() if reason else "")
    return f"{{'title': {literal(title)}, 'value': {value}, 'reason': {kept}, 'is_error': {is_error}}}"


def _missing(kind: Kind, mapping: Mapping, found: list[Cell], staging: Staging) -> dict[str, str]:
    """What each row must say: conditions under which it does not, and the problem that this is.

    A layout knows why it could not work something out, and says so itself.
    """
    faults, own = {}, len(staging.table.header)
    for group in kind.each_row:
        cells_of = [cell for cell in found if cell.column.field in group]
        is_worked_out = any(cell.index >= own for cell in cells_of)
        if is_worked_out or mapping.has_constant(*group) or set(group) & set(mapping.erasing):
            continue
        empty = " AND ".join(["ragged IS NULL", *(cell.is_empty for cell in cells_of)])
        title = staging.header[cells_of[0].index] if cells_of else kind.column(group[0]).label
        faults[empty] = _problem_of(title, "''", Message("is missing"), is_error=True)
    return faults


def _fields(staging: Staging, kind: Kind, mapping: Mapping, found: list[Cell]) -> str:
    fields, of_all = _erased(kind, mapping, found), constants.understood(staging, kind, mapping)
    for column in kind.columns:
        mine = [cell for cell in found if cell.column is column]
        type_ = SQL_TYPES.get(column.type, "VARCHAR")
        if column.many:
            every = f"list_filter([{', '.join(cell.f for cell in mine)}], lambda x: x IS NOT NULL)" if mine else "[]"
            fields.append(f'CAST({every} AS VARCHAR[]) AS "by_{column.field}"')
            continue
        choices = [cell.f for cell in mine] + ([of_all[column.field]] if column.field in of_all else [])
        value = f"coalesce({', '.join(choices)})" if choices else "NULL"
        fields.append(f'CAST({value} AS {type_}) AS "{column.field}"')
    if kind.keeps_rest:
        fields += [
            f"{attributes.attributes(mapping, found, cut=_cut(staging, mapping))} AS attributes",
            f"{attributes.emptied(mapping)} AS erases_attributes",
        ]
    return ", ".join(fields)


def _erased(kind: Kind, mapping: Mapping, found: list[Cell]) -> list[str]:
    """For each field whose empty cells erase: whether all its cells of a row are empty. One that is not understood is not."""
    fields = []
    for name in mapping.erased(kind.erasable):
        empty = " AND ".join(f"{cell.v} IS NULL" for cell in found if cell.column.field == name)
        fields.append(f'({empty}) AS "erases_{name}"')
    return fields
