"""The database reaches no file but ours, and a server elsewhere is asked who it is."""

import tempfile
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from crm import db, upkeep
from crm.db import engines
from crm.ground import config


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO '/var/vip-desk-out.csv'",
        "ATTACH '/var/vip-desk.duckdb' AS outside",
        "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
        "SET GLOBAL enable_external_access = true",
        "SET GLOBAL allowed_directories = ['/']",
    ],
)
def test_no_statement_reaches_outside_the_data_folder(duckdb_only: str, statement: str) -> None:
    with db.engine().connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql(statement)


def test_files_of_ours_are_read_and_attached(duckdb_only: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n")

    with db.engine().connect() as connection:
        found = connection.exec_driver_sql(f"SELECT x FROM read_csv('{tmp_path}/a.csv')").scalar()
    assert found == 1
    assert upkeep.backup(tmp_path / "elsewhere" / "a.duckdb").rows


def test_a_backup_may_go_to_a_folder_that_somebody_names(
    duckdb_only: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: "/nonexistent")  # tests' own folders lie in it
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path / "data"))
    config.settings.cache_clear()
    db.close()

    assert upkeep.backup(tmp_path / "named" / "a.duckdb").rows


@pytest.mark.parametrize(
    ("url", "ends"),
    [
        ("postgresql+psycopg://u:p@db.example/desk", "?sslmode=verify-full&sslrootcert=system"),
        ("postgresql+psycopg://u:p@db.example/desk?sslrootcert=/ca.pem", "?sslmode=verify-full&sslrootcert=%2Fca.pem"),
        ("postgresql+psycopg://u:p@db.example/desk?sslmode=require", "?sslmode=require"),
        ("postgresql+psycopg://u:p@localhost/desk", "/desk"),
        ("postgresql+psycopg://u:p@/desk?host=/run/postgresql", "?host=/run/postgresql"),
    ],
)
def test_a_server_elsewhere_is_asked_who_it_is_unless_the_url_says_otherwise(url: str, ends: str) -> None:
    assert engines.encrypted(url).endswith(ends)
    assert ":p@" in engines.encrypted(url)


def test_threads_that_begin_at_once_open_one_database(duckdb_only: str) -> None:
    assert duckdb_only
    for _ in range(5):
        db.close()
        together, found = threading.Barrier(8), list[object]()

        def ask(together: threading.Barrier = together, found: list[object] = found) -> None:
            together.wait(timeout=30)
            with db.engine().connect() as connection:
                connection.exec_driver_sql("SELECT 1")
            found.append(db.engine())

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert found == [db.engine()] * 8
