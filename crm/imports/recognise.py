"""Finding out which column says what, by its name first and by its values second."""

from collections.abc import Sequence

from crm.imports.checking import fits
from crm.imports.headers import squeezed, without_number
from crm.imports.kinds import KINDS, Column, Kind, Type
from crm.imports.layouts import recognised
from crm.imports.mapping import Mapping
from crm.imports.workbench import Workbench

EXACT, NUMBERED = 1.0, 0.8
LEAST_FIT = 0.5  # a column named like a date whose cells are mostly not dates is something else
LEAST_FILLED = 0.5  # a key column that is mostly empty is not the key
TYPED = {
    Type.DAY,
    Type.MOMENT,
    Type.NUMBER,
    Type.COUNT,
    Type.CHOICE,
    Type.COUNTRY,
    Type.ZONE,
    Type.LANGUAGE,
    Type.EMAIL,
}


def mapping_for(kind: Kind, bench: Workbench, *, time_zone: str | None = None) -> Mapping:
    """The best mapping of a file's header; columns left over are kept as attributes where the kind allows it."""
    taken: dict[int, str] = {}
    columns: dict[str, list[int]] = {}
    confidence: dict[str, float] = {}
    for column in kind.columns:
        found = [(i, sure) for i, sure in _candidates(column, bench) if i not in taken]
        for i, sure in found if column.many else found[:1]:
            taken[i] = column.field
            columns.setdefault(column.field, []).append(i)
            confidence[column.field] = min(sure, confidence.get(column.field, 1.0))
    attributes = {name: i for i, name in enumerate(bench.header) if i not in taken} if kind.keeps_rest else {}
    layout = recognised(kind.name, bench.header)
    return Mapping(
        columns=columns,
        attributes=attributes,
        constants={"venue": layout.venue} if layout and "venue" not in columns else {},
        time_zone=time_zone or (layout.time_zone if layout else bench.stated_zone or "UTC"),
        confidence=confidence,
        layout=layout.name if layout else "",
    )


def kind_of(bench: Workbench) -> str | None:
    """The kind of which this header says most; None if it has what no kind needs."""
    scored = []
    for kind in KINDS.values():
        mapping = mapping_for(kind, bench)
        if all(mapping.has(*needed) for needed in kind.needs):
            scored.append(
                (len(mapping.columns) / len(kind.columns) + len(mapping.columns) / max(len(bench.header), 1), kind.name)
            )
    return max(scored)[1] if scored else None


def _candidates(column: Column, bench: Workbench) -> list[tuple[int, float]]:
    """Columns of the file that may be this one, the surest first."""
    named = _named(column, bench.header)
    if column.type is Type.UID:
        named = [(i, sure) for i, sure in named if bench.filled(i) >= LEAST_FILLED] or named[:1]
    if column.type in TYPED:
        named = [(i, sure) for i, sure in named if fits.share(bench, i, column) >= LEAST_FIT]
    return named


def _named(column: Column, header: Sequence[str]) -> list[tuple[int, float]]:
    names = {name.replace(" ", ""): rank for rank, name in enumerate((column.field.replace("_", " "), *column.names))}
    found = []
    for i, title in enumerate(header):
        exact, numbered = names.get(squeezed(title)), names.get(without_number(title))
        if exact is not None:
            found.append((exact, i, EXACT))
        elif numbered is not None:
            found.append((numbered + len(names), i, NUMBERED))
    return [(i, sure) for _, i, sure in sorted(found)]
