"""Set-based writes: one INSERT, UPDATE or DELETE over many rows, and one INSERT ... SELECT that journals it.

`source` is a table (usually temporary) or a parenthesised select whose columns are named as the table's.
"""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground import rows
from crm.journal import entities, policies
from crm.journal.policies import Act, Rows
from crm.journal.recorder import actor_of, noted, notes

MANY = 5_000  # rows after which a table is another one


def insert(session: WriteSession, entity: sa.Table, source: str, columns: Sequence[str]) -> int:
    """Insert all rows of a source; columns left out take no default, so name every one that must not be null."""
    if _is_empty(session, source):
        return 0
    _ask(session, entity, Act.INSERT, source, columns)
    names = ", ".join(f'"{name}"' for name in columns)
    sql = Sql(session)
    with noted(session):
        written = sql.run(f"INSERT INTO {entity.name} ({names}) SELECT {names} FROM {source} n").rowcount
    _look_again(sql, entity.name, written)
    fields = {name: f'n."{name}"' for name in columns}
    return _note(session, entity, f"{source} n", "n", before="NULL", after=sql.object_json(fields))


def update(session: WriteSession, entity: sa.Table, source: str, columns: Sequence[str]) -> int:
    """Set columns of the rows whose key stands in a source; a versioned row goes up by one version.

    The journal gets only the fields whose value differs, so that an undo never touches what this write did not.
    """
    if _is_empty(session, source):
        return 0
    _ask(session, entity, Act.UPDATE, source, columns)
    sql, matched = Sql(session), _matched(entity)
    versioned = "version" in entity.columns
    before, after = (_differing(sql, entity, columns, side, versioned=versioned) for side in ("o", "n"))
    changed = _note(session, entity, f"{source} n JOIN {entity.name} o ON {matched}", "o", before=before, after=after)
    assignments = [f'"{name}" = n."{name}"' for name in columns] + (["version = o.version + 1"] if versioned else [])
    with noted(session):
        sql.run(f"UPDATE {entity.name} AS o SET {', '.join(assignments)} FROM {source} n WHERE {matched}")
    return changed


def _differing(sql: Sql, entity: sa.Table, columns: Sequence[str], side: str, *, versioned: bool) -> str:
    """A JSON object of the fields in which `o` and `n` differ, with the values of one side."""
    fields = [
        f"""CASE WHEN NOT ({sql.same(f"o.{name}", f"n.{name}", entity.c[name])})
            THEN '"{name}":' || coalesce(CAST(to_json({side}."{name}") AS VARCHAR), 'null') END"""
        for name in columns
    ]
    if versioned:
        fields.append(
            "'\"version\":' || CAST(o.version AS VARCHAR)"
            if side == "o"
            else "'\"version\":' || CAST(o.version + 1 AS VARCHAR)"
        )
    return f"CAST('{{' || concat_ws(',', {', '.join(fields)}) || '}}' AS JSON)"


def delete(session: WriteSession, entity: sa.Table, source: str, *, before: str = "") -> int:
    """Delete the rows whose key stands in a source.

    `before`: SQL for a row as JSON, where each row of the source is known to be there; NULL where an undo takes back what
    the set that it undoes had inserted.
    """
    if _is_empty(session, source):
        return 0
    _ask(session, entity, Act.DELETE, source, ())
    sql, matched = Sql(session), _matched(entity)
    if before:
        deleted = _note(session, entity, f"{source} n", "n", before=before, after="NULL")
    else:
        row = sql.object_json({column.name: f'o."{column.name}"' for column in entity.columns})
        deleted = _note(session, entity, f"{entity.name} o JOIN {source} n ON {matched}", "o", before=row, after="NULL")
    with noted(session):
        sql.run(f"DELETE FROM {entity.name} AS o USING {source} n WHERE {matched}")
    return deleted


def _ask(session: WriteSession, entity: sa.Table, act: Act, source: str, columns: Sequence[str]) -> None:
    """Ask the policy of the table once for all rows; they are only looked at where its answer depends on them."""
    if not rows.is_journalled(entity):
        return
    sql = Sql(session)
    joined = f"{source} n" if act is Act.INSERT else f"{source} n JOIN {entity.name} o ON {_matched(entity)}"
    sides = {Act.INSERT: ("n",), Act.DELETE: ("o",)}.get(act, ("o", "n"))

    def belong_to(owner: str, person: UUID) -> bool:
        said = [side for side in sides if side == "o" or owner in columns]
        others = " OR ".join(f"{side}.{owner} IS DISTINCT FROM CAST(:person AS UUID)" for side in said)
        wanted = f"SELECT 1 FROM {joined} WHERE {others or 'TRUE'} LIMIT 1"
        return sql.scalar(wanted, {"person": str(person)} if others else None) is None

    def change(column: str) -> bool:
        same = sql.same(f"o.{column}", f"n.{column}", entity.c[column])
        return sql.scalar(f"SELECT 1 FROM {joined} WHERE NOT ({same}) LIMIT 1") is not None

    policies.ask(actor_of(session), entity.name, act, columns, Rows(belong_to, change))


def _matched(entity: sa.Table) -> str:
    """That the row `n` of the source is the row `o` of the table."""
    return " AND ".join(f"o.{name} = n.{name}" for name in entities.key_columns(entity))


def _is_empty(session: WriteSession, source: str) -> bool:
    """Nothing may be inserted by a statement that inserts nothing.

    DuckDB 2.0 can leave an empty row group behind a large insert then, and what the transaction inserts next is not seen
    before the next checkpoint: 600,000 lines of a journal were hidden like that.
    """
    return Sql(session).scalar(f"SELECT 1 FROM {source} n LIMIT 1") is None


def _note(session: WriteSession, entity: sa.Table, origin: str, alias: str, *, before: str, after: str) -> int:
    if not rows.is_journalled(entity):
        return int(Sql(session).scalar(f"SELECT count(*) FROM {origin}"))
    kept = notes(session)
    kept.set_based.add(entity.name)
    result = Sql(session).run(
        f"""INSERT INTO change (change_set_id, seq, entity, entity_key, before, after)
            SELECT :set, {Sql(session).places(origin)} + :from_seq, '{entity.name}', {entities.key_sql(entity, alias)}, {before}, {after}
            FROM {origin}""",
        {"set": kept.change_set_id, "from_seq": kept.in_table},
    )
    kept.in_table += result.rowcount
    _look_again(Sql(session), "change", result.rowcount)
    return int(result.rowcount)


def _look_again(sql: Sql, table: str, written: int) -> None:
    """PostgreSQL plans by what a table was before, until it looks at it again a minute later.

    Planned for the few lines of before, the undo of 107,000 trades had not come to an end after three minutes.
    """
    if written >= MANY and not sql.duckdb:
        sql.run(f"ANALYZE (SKIP_LOCKED) {table}")  # whoever else looks at it meanwhile is not waited for
