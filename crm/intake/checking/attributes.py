"""The columns of a file that are no fields: kept as the attributes of a row, one JSON object."""

import json
from collections.abc import Collection

from crm.ground.texts import CUT
from crm.intake.checking.cell import Cell
from crm.intake.headers import BESIDE
from crm.intake.mapping import Mapping
from crm.intake.staging import literal


def emptied(mapping: Mapping) -> str:
    """The attributes that a row erases, as an object of nulls."""
    kept = {name: i for name, i in mapping.attributes.items() if name in mapping.erasing}
    pairs = ", ".join(
        f"CASE WHEN v{i} IS NULL THEN {literal(json.dumps(name) + ':null')} END" for name, i in kept.items()
    )
    return f"CAST('{{' || nullif(concat_ws(',', {pairs}), '') || '}}' AS JSON)" if pairs else "NULL::JSON"


def attributes(mapping: Mapping, found: list[Cell], *, cut: Collection[str]) -> str:
    """The columns that are nothing else, and the text of cells that could not be understood, as one JSON object.

    `cut`: what tells of attributes that a workbook could not hold as a whole.
    """
    ends = {i: f"ends_with(v{i}, {literal(CUT)})" for i in mapping.attributes.values()}
    plain = {
        name: f"CASE WHEN NOT {ends[i]} THEN v{i} END" if ends[i] in cut else f"v{i}"
        for name, i in mapping.attributes.items()
    }
    spoilt = [cell for cell in found if not cell.parsed.is_error]
    kept = plain | {
        _name_of(cell, plain): f"CASE WHEN {cell.f} IS NULL AND NOT {cell.is_nothing} THEN {cell.v} END"
        for cell in spoilt
    }
    if not kept:
        return "NULL::JSON"
    # A merge patch drops what is NULL, for an empty cell says nothing; most rows need none.
    every = [f"{v} IS NOT NULL" for v in plain.values()]
    every += [f"({cell.f} IS NOT NULL OR {cell.v} IS NULL)" for cell in spoilt]
    return f"CASE WHEN {' AND '.join(every)} THEN {_object(plain)} ELSE json_merge_patch('{{}}', {_object(kept)}) END"


def _name_of(cell: Cell, plain: Collection[str]) -> str:
    """As what the text of a cell is kept that its field cannot hold; an attribute of the file may be called like the field."""
    return cell.column.label + BESIDE if cell.column.label in plain else cell.column.label


def _object(values: dict[str, str]) -> str:
    """SQL for a JSON object of these values, themselves SQL."""
    pairs = ", ".join("'{}', {}".format(name.replace("'", "''"), value) for name, value in values.items())
    return f"json_object({pairs})"
