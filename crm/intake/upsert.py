"""What becomes of each row, and how created and changed rows are written; the same for every table.

A kind leaves a temporary table `linked` (line, the key columns of its table, known, matched_by, duplicate_of, title, value, refusal)
and says for each column of the table what the file says. NULL means that the file says nothing, and never erases.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.texts import BLANKS
from crm.intake.mapping import Lists
from crm.journal import bulk, entities


class Mode(StrEnum):
    """Whether rows may be added, changed, or both."""

    ADD_AND_CHANGE = "add-and-change"
    ADD = "add"
    CHANGE = "change"


@dataclass(frozen=True)
class Field:
    """How a column is filled: `value` of the file, `default` where it says nothing of a new row.

    `counted_by`: the sequence that numbers new rows of which the file says nothing.
    `merged`: what a known row then holds, where that is not just the value of the file; `fresh`: the same for a new row.
    `is_derived`: made of other fields, so that it never differs alone. `holds`: SQL that is true where a known row holds all
    that the file says. `loses`: the value of the file is taken away. `emptied`: SQL that is true where the row erases, leaving `empty`.
    """

    value: str = "NULL"
    default: str = "NULL"
    counted_by: str = ""
    merged: str = ""
    fresh: str = ""
    is_derived: bool = False
    holds: str = ""
    loses: bool = False
    emptied: str = ""
    empty: str = "NULL"


@dataclass(frozen=True)
class Target:
    """A table that rows of a file go into. `also_changed`: SQL that is true where something beside the table changes.

    `unchangeable`: SQL for why whoever imports may not change the known row `o`, NULL where they may.
    `elsewhere`: SELECT of (line, client_id), the rows that are about clients out of view; empty where nobody is.
    """

    entity: sa.Table
    fields: Mapping[str, Field]
    incoming: str
    also_changed: str = "FALSE"
    unchangeable: str = ""
    elsewhere: str = ""

    @property
    def origin(self) -> str:
        return f"{self.incoming} i JOIN linked l ON l.line = i.line"

    @property
    def same_key(self) -> str:
        return " AND ".join(f"o.{name} = l.{name}" for name in entities.key_columns(self.entity))

    @property
    def changing(self) -> dict[str, Field]:
        return {name: field for name, field in self.fields.items() if field.value != "NULL" or field.emptied}

    def new_value(self, name: str) -> str:
        """The value that a known row would hold after the import."""
        field = self.fields[name]
        merged = field.merged or field.value
        erased = f"WHEN {field.emptied} THEN {field.empty} " if field.emptied else ""
        stays = f"{field.value} IS NULL" + (f" OR {field.holds}" if field.holds else "")
        return f'CASE {erased}WHEN {stays} THEN o."{name}" ELSE {merged} END'


def decide(sql: Sql, target: Target, mode: Mode) -> None:
    """Make the temporary table `outcomes` (line, outcome): created, changed, unchanged, refused or duplicate."""
    differs = " OR ".join(
        _differs(sql, field, target.entity.c[name]) for name, field in target.changing.items() if not field.is_derived
    )
    created, changed = (
        ("'refused'" if mode is Mode.CHANGE else "'created'"),
        ("'unchanged'" if mode is Mode.ADD else "'changed'"),
    )
    sql.temp_table(
        "outcomes",
        f"""SELECT line, CASE WHEN refusal IS NOT NULL THEN 'refused' WHEN duplicate_of IS NOT NULL THEN 'duplicate' ELSE {created} END
                AS outcome FROM linked WHERE NOT known OR refusal IS NOT NULL OR duplicate_of IS NOT NULL
            UNION ALL
            SELECT l.line, CASE WHEN ({differs or "FALSE"}) OR {target.also_changed} THEN {changed} ELSE 'unchanged' END
            FROM {target.origin} JOIN {target.entity.name} o ON {target.same_key}
            WHERE l.known AND l.refusal IS NULL AND l.duplicate_of IS NULL""",
    )
    if target.unchangeable:
        _keep_unchangeable(sql, target)


def _keep_unchangeable(sql: Sql, target: Target) -> None:
    """A known row that would differ, and is not theirs to change, is refused."""
    sql.run(
        f"""UPDATE linked AS l SET refusal = {target.unchangeable}, title = 'Manager' FROM {target.entity.name} o, outcomes f
            WHERE {target.same_key} AND f.line = l.line AND f.outcome = 'changed'"""
    )
    sql.run(
        "UPDATE outcomes SET outcome = 'refused' WHERE outcome = 'changed' AND line IN (SELECT line FROM linked WHERE refusal IS NOT NULL)"
    )


def hold_elsewhere(sql: Sql, target: Target) -> None:
    """`held` (line, client_id): the rows that would be written about clients out of view wait for a lead who sees them."""
    sql.drop("held")
    if not target.elsewhere:
        return
    sql.temp_table(
        "held",
        f"""SELECT e.line, e.client_id FROM ({target.elsewhere}) e JOIN outcomes f ON f.line = e.line
            WHERE f.outcome IN ('created', 'changed')""",
    )
    if sql.scalar("SELECT 1 FROM held LIMIT 1") is None:
        sql.drop("held")
        return
    sql.run("UPDATE outcomes SET outcome = 'held' WHERE line IN (SELECT line FROM held)")


def _differs(sql: Sql, field: Field, column: sa.Column[Any]) -> str:
    """The file says something else than stands there. A list or an object that says the very same is not merged to see it."""
    same = field.holds or sql.same(f"o.{column.name}", field.merged or field.value, column)
    is_text = isinstance(getattr(column.type, "impl", column.type), sa.String)
    if is_text and not (field.merged or field.holds):  # what a file says never has blanks around it
        same = f"{same} OR trim(o.{column.name}, '{BLANKS}') IS NOT DISTINCT FROM {field.value}"
    differs = f"({field.value} IS NOT NULL AND NOT ({same}))"
    if field.merged and not field.loses and isinstance(column.type, sa.JSON):
        identical = f"CAST({field.value} AS VARCHAR) = CAST(o.{column.name} AS VARCHAR)"
        differs = f"(CASE WHEN {identical} THEN FALSE ELSE {differs} END)"
    if not field.emptied:
        return differs
    is_empty = sql.same(f"o.{column.name}", field.empty, column)
    return f"(CASE WHEN {field.emptied} THEN NOT ({is_empty}) ELSE {differs} END)"


def several(sql: Sql, name: str, how: str) -> Field:
    """A list of texts, to which those of the file are added, whose place they take, or from which they go."""
    value, nothing = f"i.{name}", "CAST('[]' AS JSON)"
    if how == Lists.REPLACE:
        return Field(value, default=nothing)
    ways = sql.list_without if how == Lists.REMOVE else sql.list_joined
    return Field(
        value, default=nothing, merged=ways(f"o.{name}", f"coalesce({value}, {nothing})"), loses=how == Lists.REMOVE
    )


def with_erasing(target: Target, erased: Collection[str], stored_as: Mapping[str, str]) -> Target:
    """The same target where empty cells of some fields erase; `stored_as`: how a field is called in the table, if not so."""
    fields = dict(target.fields)
    for field in erased:
        name = stored_as.get(field) or field
        if name in fields:
            nothing = "NULL" if target.entity.c[name].nullable else fields[name].default
            fields[name] = replace(fields[name], emptied=f'i."erases_{field}"', empty=nothing)
    return replace(target, fields=fields)


def insert_created(session: WriteSession, target: Target) -> None:
    sql, keys = Sql(session), entities.key_columns(target.entity)
    if not _any(sql, "created"):
        return
    numbered = {name: sql.nextval(field.counted_by) for name, field in target.fields.items() if field.counted_by}
    numbers = "".join(f', {number} AS "{name}"' for name, number in numbered.items())
    # Apart from the rest, because a sequence has DuckDB do all of a statement on one core.
    sql.temp_table("created", f"SELECT line{numbers} FROM outcomes WHERE outcome = 'created'")
    values = [f"l.{name} AS {name}" for name in keys]
    fields = {**target.fields, **{name: replace(target.fields[name], default=f'f."{name}"') for name in numbered}}
    values += [f'{_filled(field)} AS "{name}"' for name, field in fields.items() if name not in keys]
    sql.temp_table("created_rows", f"SELECT {', '.join(values)} FROM {target.origin} JOIN created f ON f.line = l.line")
    bulk.insert(session, target.entity, "created_rows", [*keys, *(name for name in fields if name not in keys)])
    sql.drop("created", "created_rows")


def update_changed(session: WriteSession, target: Target) -> None:
    sql = Sql(session)
    columns = list(target.changing)
    if not (columns and _any(sql, "changed")):
        return
    values = [f"o.{name}" for name in entities.key_columns(target.entity)]
    values += [f'{target.new_value(name)} AS "{name}"' for name in columns]
    sql.temp_table(
        "changed_rows",
        f"""SELECT {", ".join(values)} FROM {target.origin} JOIN outcomes f ON f.line = l.line AND f.outcome = 'changed'
            JOIN {target.entity.name} o ON {target.same_key}""",
    )
    bulk.update(session, target.entity, "changed_rows", columns)
    sql.drop("changed_rows")


def _any(sql: Sql, outcome: str) -> bool:
    return sql.scalar(f"SELECT 1 FROM outcomes WHERE outcome = '{outcome}' LIMIT 1") is not None


def _filled(field: Field) -> str:
    if field.fresh:
        return field.fresh
    if field.value == "NULL":
        return field.default
    return field.value if field.default == "NULL" else f"coalesce({field.value}, {field.default})"
