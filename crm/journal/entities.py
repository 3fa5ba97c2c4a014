"""Which tables are journalled, and how one of their rows is named."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm import rows


def table(entity: str) -> sa.Table:
    return SQLModel.metadata.tables[entity]


def key_columns(entity: sa.Table) -> list[str]:
    return [column.name for column in entity.primary_key.columns]


def key_sql(entity: sa.Table, alias: str) -> str:
    """The key of a row as text: a UUID, or the parts of a fact's key joined by bars."""
    return " || '|' || ".join(f"CAST({alias}.{name} AS VARCHAR)" for name in key_columns(entity))


def key_of(entity: sa.Table, row: object) -> str:
    return "|".join(str(getattr(row, name)) for name in key_columns(entity))


def journalled() -> list[sa.Table]:
    return [entity for entity in SQLModel.metadata.sorted_tables if rows.is_journalled(entity)]


def references_to(entity: sa.Table) -> list[tuple[sa.Table, str, str]]:
    """Every declared foreign key that points at a table: (referring table, its column, the column pointed at)."""
    return [
        (other, key.parent.name, key.column.name)
        for other in SQLModel.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is entity
    ]
