"""Undo of a change set: rows go back to what they were, and rows that somebody changed since are left alone.

The undo is itself a change set. A row conflicts when a field that the set wrote holds another value now, when the row is
gone, when something made later still refers to it, or when another row has taken its place.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.errors import InvalidError
from crm.journal import bulk, entities, policies, queries
from crm.journal.models import TOLD, ChangeSet, UndoConflict, Undone
from crm.journal.recorder import actor_of, notes

CONFLICTS_SHOWN = 1000


def undo(
    session: WriteSession, change_set_id: UUID, *, only: Collection[str] | None = None, force: bool = False
) -> Undone:
    """Put back what a change set changed, for all of its rows or only those with the given entity keys.

    `force` also puts back fields that somebody changed since; rows that are gone or still referred to stay as they are.

    Raises:
        NotAllowedError: whoever undoes may not write one of its tables.
    """
    made = queries.get(session, change_set_id)
    kept = notes(session)
    if kept.in_table or kept.rows:
        raise InvalidError("An undo is a write of its own.")
    kept.undoes = change_set_id
    sql = Sql(session)
    touched = queries.touched(session, change_set_id)
    for name in touched if only is None else ():
        policies.ask_at_all(actor_of(session), name)
    undoing = [entities.table(name) for name in touched]
    _note_later(sql, change_set_id, touched)
    for entity in undoing:
        _gather(sql, entity, made, only)
    for entity in undoing:
        _find_changed_since(sql, entity, force=force)
    for entity in undoing:
        _find_still_used(sql, entity, {other.name for other in undoing})
        _find_taken_places(sql, entity)
    for entity in undoing:
        _put_back(session, sql, entity)
    conflicts = [conflict for entity in undoing for conflict in _conflicts(sql, entity)]
    sql.drop("undo_later", *(f"undo_{entity.name}" for entity in undoing))
    return Undone(kept.change_set_id if kept.in_table else None, kept.in_table, conflicts)


def _note_later(sql: Sql, change_set_id: UUID, touched: Sequence[str]) -> None:
    """Which rows a later change set wrote too: every other row stands as this set has left it."""
    sql.temp_table(
        "undo_later",
        """SELECT DISTINCT c.entity, c.entity_key FROM change c JOIN change_set s ON s.id = c.change_set_id
           WHERE s.seq > (SELECT seq FROM change_set WHERE id = :id) AND c.entity = ANY(CAST(:touched AS VARCHAR[]))""",
        {"id": change_set_id, "touched": list(touched)},
    )


def _gather(sql: Sql, entity: sa.Table, made: ChangeSet, only: Collection[str] | None) -> None:
    """One temporary row for each row of the set: its key columns, what it was, what it became, and a reason to stay."""
    keys = entities.key_columns(entity)
    # An update tells no more than the fields that differ, so that a key is only told by its text.
    texts = entities.key_parts_sql(entity, "entity_key")
    parts = [f"CAST({texts[name]} AS {sql.type_of(entity.c[name])}) AS {name}" for name in keys]
    # What it became is not looked at where nobody wrote the row since, unless others refer to it by more than its key.
    by_key = all(pointer.target in keys for pointer in entities.pointers_to(entity))
    after = f"CASE WHEN {'touched OR before IS NOT NULL' if by_key else 'TRUE'} THEN {sql.parsed_json('after')} END"
    chosen = "AND entity_key IN (SELECT unnest(CAST(:only AS VARCHAR[])))" if only is not None else ""
    lines = TOLD if made.undoes else "change"  # only an undo leaves it to another set to say what a row was
    sql.temp_table(
        f"undo_{entity.name}",
        f"""SELECT entity_key, {", ".join(parts)}, {sql.parsed_json("before")} AS before, {after} AS after,
                   CASE WHEN before IS NULL THEN 'insert' WHEN after IS NULL THEN 'delete' ELSE 'update' END AS was,
                   touched, CAST(NULL AS VARCHAR) AS stays
            FROM (SELECT t.*, EXISTS (SELECT 1 FROM undo_later l WHERE l.entity = t.entity AND l.entity_key = t.entity_key)
                         AS touched FROM {lines} t) told
            WHERE change_set_id = :id AND entity = :entity AND NOT (before IS NULL AND after IS NULL) {chosen}""",
        {"id": made.id, "entity": entity.name} | ({"only": list(only)} if only is not None else {}),
    )


def _find_changed_since(sql: Sql, entity: sa.Table, *, force: bool) -> None:
    name = entity.name
    if not sql.scalar(f"SELECT 1 FROM undo_{name} WHERE touched LIMIT 1"):
        return
    matched = _matched(entity, "o", "u")
    sql.run(
        f"""UPDATE undo_{name} AS u SET stays = 'gone' WHERE touched AND was <> 'delete'
            AND NOT EXISTS (SELECT 1 FROM {name} o WHERE {matched})"""
    )
    sql.run(
        f"""UPDATE undo_{name} AS u SET stays = 'there again' WHERE touched AND was = 'delete'
            AND EXISTS (SELECT 1 FROM {name} o WHERE {matched})"""
    )
    if force:
        return
    different = " OR ".join(_moved(sql, column) for column in entity.columns if column.name != "version")
    sql.run(
        f"""UPDATE undo_{name} AS u SET stays = 'changed since' FROM {name} o
            WHERE {matched} AND u.touched AND u.stays IS NULL AND u.was <> 'delete' AND ({different})"""
    )


def _moved(sql: Sql, column: sa.Column[Any]) -> str:
    """The set wrote this field, and it holds another value now."""
    same = sql.same(f'o."{column.name}"', sql.from_json("u.after", column), column)
    return f"({sql.has_key('u.after', column.name)} AND NOT {same})"


def _find_still_used(sql: Sql, entity: sa.Table, undoing: set[str]) -> None:
    """An inserted row stays while a row refers to it that this undo neither takes away nor lets refer to another."""
    for pointer in entities.pointers_to(entity):
        other, is_key = pointer.table, pointer.target in entities.key_columns(entity)
        target = f"u.{pointer.target}" if is_key else sql.from_json("u.after", entity.c[pointer.target])
        going = (
            f"""AND NOT EXISTS (SELECT 1 FROM undo_{other.name} g WHERE g.stays IS NULL AND {_matched(other, "r", "g")}
                AND (g.was = 'insert' OR g.was = 'update' AND {sql.has_key("g.before", pointer.column)}))"""
            if other.name in undoing
            else ""
        )
        sql.run(
            f"""UPDATE undo_{entity.name} AS u SET stays = 'in use' WHERE u.was = 'insert' AND u.stays IS NULL
                AND {target} IN
                    (SELECT r.{pointer.column} FROM {other.name} r WHERE r.{pointer.column} IS NOT NULL AND {pointer.counts} {going})"""
        )


def _find_taken_places(sql: Sql, entity: sa.Table) -> None:
    """A row that would come back stays away while another has its unique key and does not give it back in this undo."""
    if not sql.scalar(f"SELECT 1 FROM undo_{entity.name} WHERE was = 'delete' LIMIT 1"):
        return
    for columns in entities.unique_keys(entity):
        same = " AND ".join(f"o.{c.name} = {sql.from_json('u.before', c)}" for c in columns)
        touched = " OR ".join(sql.has_key("u.before", c.name) for c in columns)
        differs = f"NOT ({_matched(entity, 'o', 'u')})"
        moves = " OR ".join(sql.has_key("g.before", c.name) for c in columns)
        giving_back = f"""SELECT 1 FROM undo_{entity.name} g WHERE {_matched(entity, "o", "g")} AND g.stays IS NULL
            AND (g.was = 'insert' OR g.was = 'update' AND ({moves}))"""
        sql.run(
            f"""UPDATE undo_{entity.name} AS u SET stays = 'place taken' WHERE u.stays IS NULL AND u.was = 'delete' AND ({touched})
                AND EXISTS (SELECT 1 FROM {entity.name} o WHERE {same} AND {differs} AND NOT EXISTS ({giving_back}))"""
        )


def _put_back(session: WriteSession, sql: Sql, entity: sa.Table) -> None:
    name = entity.name
    keys = ", ".join(entities.key_columns(entity))
    for touched, before in (("touched", ""), ("NOT touched", "NULL")):
        going = f"SELECT {keys} FROM undo_{name} WHERE stays IS NULL AND was = 'insert' AND {touched}"
        sql.temp_table("undo_step", going)
        bulk.delete(session, entity, "undo_step", before=before)
    written = _written(sql, entity)
    if written:
        keys = ", ".join(f"o.{key}" for key in entities.key_columns(entity))
        sql.temp_table(
            "undo_step",
            f"""SELECT {keys}, {", ".join(_back(sql, column) for column in written)} FROM undo_{name} u
                JOIN {name} o ON {_matched(entity, "o", "u")} WHERE u.stays IS NULL AND u.was = 'update'""",
        )
        bulk.update(session, entity, "undo_step", [column.name for column in written])
    returning = ", ".join(_old(sql, c) for c in entity.columns)
    sql.temp_table("undo_step", f"SELECT {returning} FROM undo_{name} WHERE stays IS NULL AND was = 'delete'")
    bulk.insert(session, entity, "undo_step", [c.name for c in entity.columns])
    sql.drop("undo_step")


def _old(sql: Sql, column: sa.Column[Any]) -> str:
    return f'{sql.from_json("before", column)} AS "{column.name}"'


def _back(sql: Sql, column: sa.Column[Any]) -> str:
    """The old value where this row's field was written, else the value that stands there."""
    was_written, old = sql.has_key("u.before", column.name), sql.from_json("u.before", column)
    return f'CASE WHEN {was_written} THEN {old} ELSE o."{column.name}" END AS "{column.name}"'


def _written(sql: Sql, entity: sa.Table) -> list[sa.Column[Any]]:
    """The columns that the updates of this set wrote, in any row."""
    names = "unnest(json_keys(before))" if sql.duckdb else "jsonb_object_keys(before)"
    found = sql.run(f"SELECT DISTINCT {names} FROM undo_{entity.name} WHERE stays IS NULL AND was = 'update'").scalars()
    return [entity.c[name] for name in sorted(found) if name != "version"]


def _matched(entity: sa.Table, left: str, right: str) -> str:
    return " AND ".join(f"{left}.{name} = {right}.{name}" for name in entities.key_columns(entity))


def _conflicts(sql: Sql, entity: sa.Table) -> list[UndoConflict]:
    found = sql.rows(
        f"SELECT entity_key, stays FROM undo_{entity.name} WHERE stays IS NOT NULL LIMIT {CONFLICTS_SHOWN}"
    )
    return [UndoConflict(entity.name, key, reason) for key, reason in found]
