"""The program as a process of its own: its start, a database that another process holds, a port that is taken."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CRM = (sys.executable, "-c", "from crm.cli import process; process()")
HOLDS = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def crm(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "CRM_DATA_DIR": str(folder), "CRM_DATABASE_URL": ""}
    return subprocess.run([*CRM, *words], env=environment, capture_output=True, text=True, check=False, cwd=folder)


@pytest.fixture
def held(tmp_path: Path, empty_duckdb: Path) -> Iterator[Path]:
    """A database that another process has open."""
    path = tmp_path / "crm.duckdb"
    path.write_bytes(empty_duckdb.read_bytes())
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield path
        holder.kill()


def test_help_is_there_without_loading_the_rooms() -> None:
    shown = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from crm.cli import process; process()", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "doctor" in shown.stdout
    for heavy in ("duckdb", "sqlalchemy", "streamlit", "pandas", "pydantic_settings"):
        assert f"| {heavy}\n" not in shown.stderr


def test_a_second_process_is_told_who_holds_the_database(held: Path) -> None:
    refused = crm(held.parent, "user", "list", "--json")

    assert refused.returncode == 1
    assert "is in use by process" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert json.loads(refused.stdout) == {"error": refused.stderr.strip()}


def test_an_import_into_a_database_in_use_is_told_and_keeps_nothing(held: Path) -> None:
    (held.parent / "list.csv").write_text("uid,name\n0801,Ana\n")

    refused = crm(held.parent, "import", "clients", "list.csv", "--json")

    assert refused.returncode == 1
    assert "is in use by process" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not list(held.parent.glob("files/*"))


def test_a_database_in_use_is_not_replaced(held: Path, empty_duckdb: Path) -> None:
    refused = crm(held.parent, "restore", str(empty_duckdb))

    assert refused.returncode == 1
    assert "is in use by process" in refused.stderr
    assert [path.name for path in held.parent.glob("*.duckdb")] == ["crm.duckdb"]


def test_a_port_that_is_taken_is_told_before_anything_else(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = crm(tmp_path, "serve", "--port", str(taken.getsockname()[1]))

    assert refused.returncode == 1
    assert "choose another --port" in refused.stderr
    assert not (tmp_path / "crm.duckdb").exists()
