"""Which tables are journalled, and how one of their rows is named."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm.ground import rows


def table(entity: str) -> sa.Table:
    return SQLModel.metadata.tables[entity]


def of(model: type[SQLModel]) -> sa.Table:
    mapped: sa.Table = sa.inspect(model).local_table
    return mapped


def key_columns(entity: sa.Table) -> list[str]:
    return [column.name for column in entity.primary_key.columns]


def key_sql(entity: sa.Table, alias: str) -> str:
    """The key of a row as text: a UUID, or the parts of a fact's key joined by bars."""
    return " || '|' || ".join(f"CAST({alias}.{name} AS VARCHAR)" for name in key_columns(entity))


def key_parts_sql(entity: sa.Table, key: str) -> dict[str, str]:
    """The texts of which a key is made, by their columns; only the last of them may hold a bar itself."""
    *first, last = key_columns(entity)
    parts = {name: f"split_part({key}, '|', {place})" for place, name in enumerate(first, start=1)}
    before = " + ".join([*(f"length({part})" for part in parts.values()), str(len(parts) + 1)])
    return {**parts, last: f"substr({key}, {before})" if parts else key}


def key_of(entity: sa.Table, row: object) -> str:
    return "|".join(str(getattr(row, name)) for name in key_columns(entity))


def journalled() -> list[sa.Table]:
    return [entity for entity in SQLModel.metadata.sorted_tables if rows.is_journalled(entity)]


def unique_keys(entity: sa.Table) -> list[list[sa.Column[Any]]]:
    """The columns of every unique key beside the primary one, whether the engine keeps it or only we do."""
    constraints = [list(c.columns) for c in entity.constraints if isinstance(c, sa.UniqueConstraint)]
    return constraints + [list(index.columns) for index in entity.indexes if index.unique]


@dataclass(frozen=True)
class Pointer:
    """A column of a table that points at another's, by a foreign key or without one; `counts` is SQL for rows that matter."""

    table: sa.Table
    column: str
    target: str
    counts: str = "TRUE"


def pointers_to(entity: sa.Table) -> list[Pointer]:
    tables = SQLModel.metadata.sorted_tables
    keys = [
        Pointer(other, key.parent.name, key.column.name)
        for other in tables
        for key in other.foreign_keys
        if key.column.table is entity
    ]
    loose = [
        Pointer(other, name, target.split(".")[1], counts)
        for other in tables
        for name, (target, counts) in other.info.get("points_at", {}).items()
        if target.split(".")[0] == entity.name
    ]
    return keys + loose
