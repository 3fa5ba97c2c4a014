"""Empty databases without any table of ours, on both engines."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from crm import db
from crm.ground import clock, config

AFTER = datetime(2027, 1, 4, 4, 0, tzinfo=UTC)  # later than anything in a dump


@pytest.fixture(params=["duckdb", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an empty database that the program uses while the test runs."""
    url = f"duckdb:///{tmp_path / 'crm.duckdb'}"
    if request.param == "postgresql":
        url = _made(request.getfixturevalue("postgresql"))
    monkeypatch.setenv("CRM_DATABASE_URL", url)
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path))
    config.settings.cache_clear()
    db.use(url)
    with clock.stopped_at(AFTER):
        yield url
    db.close()
    config.settings.cache_clear()


def _made(server: str) -> str:
    name = f"bare_{uuid4().hex}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    admin.dispose()
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)
