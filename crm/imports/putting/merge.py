"""What becomes of each row, and how created and changed rows are written; the same for every table.

A kind leaves a temporary table `linked` (line, the key columns of its table, known, matched_by, twin, title, value, refusal)
and says for each column of the table what the file says. NULL means that the file says nothing, and never erases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.imports.models import Mode
from crm.journal import bulk, entities

BLANKS = r" \t\r\n" + "\u00a0\u3000\ufeff"


@dataclass(frozen=True)
class Field:
    """How a column is filled: `said` by the file, `default` where it says nothing of a new row.

    `merged`: what a known row then holds, where that is not just what was said; `fresh`: the same for a new row.
    `is_derived`: made of other fields, so that it never differs alone.
    """

    said: str = "NULL"
    default: str = "NULL"
    merged: str = ""
    fresh: str = ""
    is_derived: bool = False


@dataclass(frozen=True)
class Target:
    """A table that rows of a file go into. `also_changed`: SQL that is true where something beside the table changes."""

    entity: sa.Table
    fields: Mapping[str, Field]
    incoming: str
    also_changed: str = "FALSE"

    @property
    def origin(self) -> str:
        return f"{self.incoming} i JOIN linked l ON l.line = i.line"

    @property
    def same_key(self) -> str:
        return " AND ".join(f"o.{name} = l.{name}" for name in entities.key_columns(self.entity))

    @property
    def changing(self) -> dict[str, Field]:
        return {name: field for name, field in self.fields.items() if field.said != "NULL"}

    def new_value(self, name: str) -> str:
        """The value that a known row would hold after the import."""
        field = self.fields[name]
        merged = field.merged or field.said
        return f'CASE WHEN {field.said} IS NULL THEN o."{name}" ELSE {merged} END'


def decide(sql: Sql, target: Target, mode: Mode) -> None:
    """Make the temporary table `fate` (line, fate): created, changed, unchanged, refused or duplicate."""
    differs = " OR ".join(
        _differs(sql, field, target.entity.c[name]) for name, field in target.changing.items() if not field.is_derived
    )
    created, changed = (
        ("'refused'" if mode is Mode.CHANGE else "'created'"),
        ("'unchanged'" if mode is Mode.ADD else "'changed'"),
    )
    sql.temp_table(
        "fate",
        f"""SELECT line, CASE WHEN refusal IS NOT NULL THEN 'refused' WHEN twin IS NOT NULL THEN 'duplicate' ELSE {created} END
                AS fate FROM linked WHERE NOT known OR refusal IS NOT NULL OR twin IS NOT NULL
            UNION ALL
            SELECT l.line, CASE WHEN ({differs or "FALSE"}) OR {target.also_changed} THEN {changed} ELSE 'unchanged' END
            FROM {target.origin} JOIN {target.entity.name} o ON {target.same_key}
            WHERE l.known AND l.refusal IS NULL AND l.twin IS NULL""",
    )


def _differs(sql: Sql, field: Field, column: sa.Column[Any]) -> str:
    """The file says something else than stands there. A list or an object that says the very same is not merged to see it."""
    differs = f"{field.said} IS NOT NULL AND NOT ({sql.same(f'o.{column.name}', field.merged or field.said, column)})"
    if (
        isinstance(getattr(column.type, "impl", column.type), sa.String) and not field.merged
    ):  # what a file says never has blanks around it
        differs += f" AND NOT (trim(o.{column.name}, E'{BLANKS}') IS NOT DISTINCT FROM {field.said})"
    if not field.merged or not isinstance(column.type, sa.JSON):
        return f"({differs})"
    same = f"CAST({field.said} AS VARCHAR) = CAST(o.{column.name} AS VARCHAR)"
    return f"(CASE WHEN {same} THEN FALSE ELSE {differs} END)"


def insert_created(session: WriteSession, target: Target) -> None:
    keys = entities.key_columns(target.entity)
    values = [f"l.{name} AS {name}" for name in keys]
    values += [f'{_filled(field)} AS "{name}"' for name, field in target.fields.items() if name not in keys]
    Sql(session).temp_table(
        "created_rows",
        f"SELECT {', '.join(values)} FROM {target.origin} JOIN fate f ON f.line = l.line AND f.fate = 'created'",
    )
    bulk.insert(session, target.entity, "created_rows", [*keys, *(name for name in target.fields if name not in keys)])
    Sql(session).drop("created_rows")


def update_changed(session: WriteSession, target: Target) -> None:
    sql = Sql(session)
    columns = list(target.changing)
    if not columns:
        return
    values = [f"o.{name}" for name in entities.key_columns(target.entity)]
    values += [f'{target.new_value(name)} AS "{name}"' for name in columns]
    sql.temp_table(
        "changed_rows",
        f"""SELECT {", ".join(values)} FROM {target.origin} JOIN fate f ON f.line = l.line AND f.fate = 'changed'
            JOIN {target.entity.name} o ON {target.same_key}""",
    )
    bulk.update(session, target.entity, "changed_rows", columns)
    sql.drop("changed_rows")


def _filled(field: Field) -> str:
    if field.fresh:
        return field.fresh
    if field.said == "NULL":
        return field.default
    return field.said if field.default == "NULL" else f"coalesce({field.said}, {field.default})"
