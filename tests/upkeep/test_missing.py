"""A database that is gone is never a new desk in silence."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from crm import db, upkeep
from crm.ground.errors import CrmError, DamagedError
from crm.upkeep import files, identity
from crm.upkeep.identity import MissingDeskError
from tests.cast import Cast


def test_an_empty_folder_becomes_a_desk_once(duckdb_only: str, tmp_path: Path) -> None:
    fresh = f"duckdb:///{tmp_path}/new/crm.duckdb"

    assert upkeep.open_store(fresh)
    assert (tmp_path / "new" / identity.FILE).is_file()
    assert not upkeep.open_store(fresh)


def test_a_database_that_is_gone_is_missed_and_nothing_made_in_its_place(duckdb_only: str, tmp_path: Path) -> None:
    upkeep.open_store(duckdb_only)
    db.close()
    live = tmp_path / "crm.duckdb"
    live.unlink()

    for opening in (upkeep.open_store, upkeep.reopen_store):
        with pytest.raises(MissingDeskError, match=r"mounted, and is CRM_DATA_DIR right\? No copy"):
            opening(duckdb_only)
    wrong = [found for found in upkeep.doctor(duckdb_only, migrate=True) if not found.ok]
    assert [found.check for found in wrong] == ["database"]
    assert not live.exists()

    live.touch()  # an empty file is no desk either
    with pytest.raises(DamagedError):
        upkeep.open_store(duckdb_only)


@pytest.mark.parametrize(
    "left", [".crm.duckdb.coming", "crm.before-restore-x.duckdb", "crm.duckdb.wal", "backups/a.duckdb", "files/f.csv"]
)
def test_whatever_a_desk_leaves_behind_tells_that_there_was_one(duckdb_only: str, tmp_path: Path, left: str) -> None:
    place = tmp_path / "old" / left
    place.parent.mkdir(parents=True)
    place.touch()

    with pytest.raises(MissingDeskError, match=place.name):
        upkeep.open_store(f"duckdb:///{tmp_path}/old/crm.duckdb")
    assert not (tmp_path / "old" / "crm.duckdb").exists()


def test_the_newest_copy_is_named_and_comes_back(cast_on_duckdb: Cast, duckdb_only: str, tmp_path: Path) -> None:
    upkeep.open_store(duckdb_only)
    kept = upkeep.backup(tmp_path / "backups" / "a.duckdb")
    db.close()
    (tmp_path / "crm.duckdb").unlink()

    with pytest.raises(MissingDeskError, match=f"crm restore {kept.path}"):
        upkeep.open_store(duckdb_only)
    upkeep.restore(kept.path, duckdb_only)
    assert not upkeep.open_store(duckdb_only)


def test_a_restore_that_is_killed_at_any_step_leaves_one_database_under_the_name(
    cast_on_duckdb: Cast, duckdb_only: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = upkeep.backup(tmp_path / "backups" / "a.duckdb")
    live = tmp_path / "crm.duckdb"
    seen: list[bool] = []

    def watched(step: Callable[..., object]) -> Callable[..., object]:
        def stepping(*names: object) -> object:
            seen.append(live.is_file())
            done = step(*names)
            seen.append(live.is_file())
            return done

        return stepping

    monkeypatch.setattr(files, "settle", watched(files.settle))
    monkeypatch.setattr(os, "replace", watched(os.replace))

    restored = upkeep.restore(kept.path, duckdb_only)

    assert seen
    assert all(seen)
    assert Path(restored.kept).stat().st_ino != live.stat().st_ino


def test_an_emptied_server_is_missed_too(postgresql_only: str) -> None:
    upkeep.open_store(postgresql_only)
    with db.engine().begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    db.close()

    with pytest.raises(CrmError, match="nothing was made in its place"):
        upkeep.open_store(postgresql_only)
