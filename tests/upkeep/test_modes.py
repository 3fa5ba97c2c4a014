"""What we keep is for the user who runs the program, and what a killed process left is swept away."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from crm import upkeep
from crm.cli import telling
from crm.ground import config
from crm.upkeep import places, surroundings


def test_whatever_a_process_makes_is_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    asked = [
        sys.executable,
        "-c",
        "from crm.cli import process; process()",
        "backup",
        str(folder / "backups" / "a.duckdb"),
    ]
    environment = os.environ | {"CRM_DATA_DIR": str(folder)}
    first = [*asked[:3], "doctor", "--migrate"]
    subprocess.run(first, env=environment, check=False, capture_output=True, umask=0o022)
    subprocess.run(asked, env=environment, check=True, capture_output=True, umask=0o022)

    made = [folder, *folder.rglob("*")]
    assert {path.name for path in made} >= {"crm.duckdb", "a.duckdb"}
    assert [path for path in made if stat.S_IMODE(path.stat().st_mode) & places.OURS_ALONE] == []


def test_the_doctor_names_files_that_others_can_read(duckdb_only: str, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "crm.duckdb").chmod(0o644)
    assert next(surroundings.closed()).startswith("1 files in")

    (tmp_path / "crm.duckdb").chmod(0o600)
    assert not list(surroundings.closed())


def test_details_of_a_bug_are_for_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path))
    config.settings.cache_clear()
    told = telling.sentence(RuntimeError("Hidden Person 900 BTC"))
    config.settings.cache_clear()

    (kept,) = (tmp_path / "failures").iterdir()
    assert str(kept) in told
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_half_made_copies_of_processes_that_are_gone_are_swept(duckdb_only: str, tmp_path: Path) -> None:
    upkeep.open_store(duckdb_only)
    folder = tmp_path / "backups"
    folder.mkdir()
    gone = [
        folder / ".before-migration-x.duckdb.4194999",
        folder / ".a.duckdb.4194999.wal",
        tmp_path / ".crm.duckdb.coming",
    ]
    gone += [folder / f"before-migration-2026-0{month}.duckdb" for month in (1, 2)]
    kept = [folder / f".nightly.duckdb.{os.getpid()}", folder / "nightly-1.duckdb"]
    kept += [folder / f"before-migration-2026-0{month}.duckdb" for month in (3, 4, 5)]
    for path in gone + kept:
        path.touch()

    assert upkeep.sweep() == len(gone)
    assert [path.exists() for path in gone + kept] == [False] * len(gone) + [True] * len(kept)
