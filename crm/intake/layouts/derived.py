"""While a file is staged: the columns that a layout works out from those of a file, the rows that it leaves out, and its remarks."""

import re
from collections.abc import Mapping

from crm.ground.config import settings
from crm.ground.texts import BLANKS
from crm.intake.headers import bare
from crm.intake.kinds import kind_called
from crm.intake.layouts.amounts import EXCHANGE_ZONE, ZONE
from crm.intake.layouts.layout import Layout
from crm.intake.staging import Staging

_NAMED = re.compile(r'"([^"]+)"')


def fields_of(layout: Layout) -> dict[str, list[int]]:
    """Which of the worked-out columns, counted from 0, says which field; a number at the end allows a field several."""
    found: dict[str, list[int]] = {}
    for place, (_, field) in enumerate(_fields(layout)):
        found.setdefault(field, []).append(place)
    return found


def work_out(staging: Staging, layout: Layout | None, zone: str) -> None:
    """Make `raw` hold the worked-out fields behind the columns of the file, once for each layout and zone."""
    if layout and not (layout.worked_out or layout.also_kept or layout.left_out or layout.remarks):
        layout = None
    mark = (layout.name, zone) if layout else None
    if staging.worked_out == mark:
        return
    with staging.lock:
        staging.run(f"CREATE OR REPLACE TABLE raw_worked AS {_worked(staging, layout, zone)}")
        staging.run("DROP TABLE raw")
        staging.run("ALTER TABLE raw_worked RENAME TO raw")
        staging.header = [*staging.table.header, *(_titles(layout) if layout else [])]
        staging.worked_out, staging.is_checked = mark, False
        staging.forget()


def _worked(staging: Staging, layout: Layout | None, zone: str) -> str:
    header = staging.table.header
    own = ", ".join(["line", *(f"c{i}" for i in range(len(header)))])
    torn = "torn" if staging.worked_out else "ragged"
    if not layout:
        return f"SELECT {own}, {torn} AS ragged FROM raw"
    rows = _stepped(layout, header, f"(SELECT {own}, {torn} AS torn FROM raw)", zone)
    names = [*(name for name, _ in _fields(layout)), *layout.also_kept]
    values = [f"coalesce(CAST(\"{name}\" AS VARCHAR), '') AS c{len(header) + n}" for n, name in enumerate(names)]
    marks = [
        "torn",
        f"coalesce(torn, {_first(layout.left_out)}) AS ragged",
        f"{_first(layout.remarks)} AS remark",
    ]
    return f"SELECT {', '.join([own, *values, *marks])} FROM {rows}"


def remark(staging: Staging) -> None:
    """The layout's remarks become problems of rows that go in all the same."""
    if staging.worked_out:
        staging.run("""INSERT INTO problem SELECT line, '', '', remark, FALSE FROM raw
            WHERE remark IS NOT NULL AND ragged IS NULL""")


def used_by(layout: Layout) -> set[str]:
    """The columns of the file, as they are compared, that something is worked out from."""
    every = [*layout.worked_out.values(), *layout.also_kept.values()]
    return {bare(name) for sql in every for name in _NAMED.findall(sql)}


def also_kept(layout: Layout, width: int) -> dict[str, int]:
    """Names of clients' attributes, and the worked-out columns behind the `width` of the file that hold them."""
    return {name: width + len(_fields(layout)) + n for n, name in enumerate(layout.also_kept)}


def _stepped(layout: Layout, header: list[str], rows: str, zone: str) -> str:
    """A nest of selects: the file's columns under the names that the layout uses, then one step after the other."""
    steps = {**layout.worked_out, **layout.also_kept}
    every = [*steps.values(), *layout.left_out.values(), *layout.remarks.values()]
    named = dict.fromkeys(name for sql in every for name in _NAMED.findall(sql))
    places = {bare(title): i for i, title in reversed(list(enumerate(header)))}
    cells = "".join(f", {_cell(places.get(bare(name)))} AS {_of_file(name)}" for name in named)
    rows = f"(SELECT *{cells} FROM {rows})"
    for name, sql in steps.items():
        rows = f'(SELECT *, {_in_file_names(sql)} AS "{name}" FROM {rows})'
    return rows.replace(EXCHANGE_ZONE, settings().exchange_zone).replace(ZONE, zone.replace("'", ""))


def _in_file_names(sql: str) -> str:
    """Names in quotes are the file's own, so that its “Side” is never taken for our side."""
    return _NAMED.sub(lambda found: _of_file(found.group(1)), sql)


def _of_file(name: str) -> str:
    return f'"{name} (file)"'


def _cell(place: int | None) -> str:
    return "NULL::VARCHAR" if place is None else f"nullif(trim(c{place}, '{BLANKS}'), '')"


def _titles(layout: Layout) -> list[str]:
    kind = kind_called(layout.kind)
    return [f"= {kind.column(field).label}" for _, field in _fields(layout)] + [
        f"= {name}" for name in layout.also_kept
    ]


def _fields(layout: Layout) -> list[tuple[str, str]]:
    """Worked-out names and the fields that they are; the others are steps on the way."""
    known = {column.field for column in kind_called(layout.kind).columns}
    named = [(name, name if name in known else name.rstrip("0123456789")) for name in layout.worked_out]
    return [(name, field) for name, field in named if field in known]


def _first(reasons: Mapping[str, str]) -> str:
    """The first sentence whose condition holds."""
    quoted = {sentence.replace("'", "''"): _in_file_names(sql) for sentence, sql in reasons.items()}
    cases = [f"WHEN {sql} THEN '{sentence}'" for sentence, sql in quoted.items()]
    return f"CASE {' '.join(cases)} END" if cases else "NULL::VARCHAR"
