"""What Alembic runs: our tables, on the connection it was handed."""

from typing import Any

import duckdb_sqlalchemy.alembic_impl  # noqa: F401 -- teaches Alembic the dialect
from alembic import context

from crm.ground import rows
from crm.tables import metadata


def included(_object: object, _name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:  # noqa: ANN401, FBT001
    """DuckDB has neither foreign keys nor indexes of ours."""
    return context.get_context().dialect.name != "duckdb" or kind not in ("foreign_key_constraint", "index")


rows.defer_foreign_keys(metadata)
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=included,
    compare_type=False,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
