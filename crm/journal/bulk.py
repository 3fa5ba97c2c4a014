"""Set-based writes: one INSERT, UPDATE or DELETE over many rows, and one INSERT ... SELECT that journals it.

`source` is a table (usually temporary) or a parenthesised select whose columns are named as the table's.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from crm import rows
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.journal import entities
from crm.journal.recorder import notes


def insert(session: WriteSession, entity: sa.Table, source: str, columns: Sequence[str]) -> int:
    """Insert all rows of a source; columns left out take no default, so name every one that must not be null."""
    names = ", ".join(f'"{name}"' for name in columns)
    Sql(session).run(f"INSERT INTO {entity.name} ({names}) SELECT {names} FROM {source} n")
    fields = {name: f'n."{name}"' for name in columns}
    return _note(session, entity, f"{source} n", "n", before="NULL", after=Sql(session).object_json(fields))


def update(session: WriteSession, entity: sa.Table, source: str, columns: Sequence[str]) -> int:
    """Set columns of the rows whose key stands in a source; a versioned row goes up by one version."""
    sql = Sql(session)
    keys = entities.key_columns(entity)
    matched = " AND ".join(f"o.{name} = n.{name}" for name in keys)
    versioned = "version" in entity.columns
    before = {name: f'o."{name}"' for name in columns} | ({"version": "o.version"} if versioned else {})
    after = {name: f'n."{name}"' for name in columns} | ({"version": "o.version + 1"} if versioned else {})
    changed = _note(
        session, entity, f"{source} n JOIN {entity.name} o ON {matched}", "o",
        before=sql.object_json(before), after=sql.object_json(after),
    )
    assignments = ", ".join([f'"{name}" = n."{name}"' for name in columns] + (["version = o.version + 1"] if versioned else []))
    sql.run(f"UPDATE {entity.name} AS o SET {assignments} FROM {source} n WHERE {matched}")
    return changed


def delete(session: WriteSession, entity: sa.Table, source: str) -> int:
    """Delete the rows whose key stands in a source."""
    sql = Sql(session)
    matched = " AND ".join(f"o.{name} = n.{name}" for name in entities.key_columns(entity))
    fields = {column.name: f'o."{column.name}"' for column in entity.columns}
    deleted = _note(
        session, entity, f"{entity.name} o JOIN {source} n ON {matched}", "o",
        before=sql.object_json(fields), after="NULL",
    )
    sql.run(f"DELETE FROM {entity.name} AS o USING {source} n WHERE {matched}")
    return deleted


def _note(session: WriteSession, entity: sa.Table, origin: str, alias: str, *, before: str, after: str) -> int:
    if not rows.is_journalled(entity):
        return int(Sql(session).scalar(f"SELECT count(*) FROM {origin}"))
    kept = notes(session)
    result = Sql(session).run(
        f"""INSERT INTO change (change_set_id, seq, entity, entity_key, before, after)
            SELECT :set, row_number() OVER () - 1 + :from_seq, '{entity.name}', {entities.key_sql(entity, alias)}, {before}, {after}
            FROM {origin}""",
        {"set": kept.change_set_id, "from_seq": kept.in_table},
    )
    kept.in_table += result.rowcount
    return int(result.rowcount)
