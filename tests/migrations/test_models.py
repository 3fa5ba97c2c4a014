"""What the migrations make is what the models say."""

from pathlib import Path
from typing import Any

import duckdb_sqlalchemy.alembic_impl  # noqa: F401 -- teaches Alembic the dialect
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Engine

from crm import db, migrations
from crm.db import engines
from crm.ground import rows
from crm.tables import metadata
from tests.migrations import dumped

NOT_ON_DUCKDB = ("add_fk", "add_index")  # it has neither, by our choice (`crm.ground.rows`)
COLUMNS = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default FROM duckdb_columns() WHERE NOT internal"
)
KEYS = """SELECT table_name, constraint_type, list_sort(constraint_column_names) FROM duckdb_constraints()
    WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'CHECK', 'FOREIGN KEY')"""


def test_alembic_finds_nothing_to_migrate(database: str) -> None:
    rows.defer_foreign_keys(metadata)

    with db.engine().connect() as connection:
        seen = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        found: list[Any] = compare_metadata(seen, metadata)

    assert [str(one) for one in found if not (db.is_duckdb() and one[0] in NOT_ON_DUCKDB)] == []


def test_duckdb_has_the_columns_and_keys_that_the_models_make(duckdb_only: str, tmp_path: Path) -> None:
    made = _made_of_models(tmp_path)

    assert _asked(db.engine(), COLUMNS) == _asked(made, COLUMNS)
    assert _asked(db.engine(), KEYS) == _asked(made, KEYS)


def test_duckdb_files_of_earlier_revisions_get_the_columns_of_the_models(tmp_path: Path) -> None:
    # Their keys may be more: a table that was made with one keeps it.
    wanted = _asked(_made_of_models(tmp_path), COLUMNS)

    for revision in dumped.revisions():
        earlier = engines.open_engine(f"duckdb:///{tmp_path / revision}.duckdb")
        dumped.load(earlier, dumped.read(revision))
        migrations.upgrade(earlier)

        assert _asked(earlier, COLUMNS) == wanted


def _made_of_models(tmp_path: Path) -> Engine:
    made = engines.open_engine(f"duckdb:///{tmp_path / 'models.duckdb'}")
    metadata.create_all(made)
    return made


def _asked(engine: Engine, query: str) -> set[tuple[str, ...]]:
    with engine.connect() as connection:
        found = connection.execute(sa.text(query)).all()
    return {tuple(map(str, row)) for row in found if row[0] != "alembic_version"}
