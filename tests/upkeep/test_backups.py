"""A backup holds everything, is read through, and comes back; what it replaces is kept."""

import shutil
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from crm import db, journal, upkeep
from crm.clients.models import Client
from crm.ground import clock, config
from crm.ground.errors import BusyError, CrmError, DamagedError, InvalidError
from crm.upkeep import copies, places
from tests.cast import Cast
from tests.conftest import NOON


def rename(cast: Cast, name: str) -> None:
    with db.write(by=cast.mei, why="rename") as session:
        session.get_one(Client, cast.harbour.id).name = name


def name_of(cast: Cast) -> str:
    with db.read() as session:
        assert journal.first_broken(session) is None
        return session.get_one(Client, cast.harbour.id).name


def file_for(tmp_path: Path) -> Path:
    return tmp_path / f"saved{places.suffix()}"


def next_number() -> int:
    with db.engine().begin() as connection:
        return int(connection.exec_driver_sql("SELECT nextval('client_number')").scalar_one())


def test_a_backup_brings_back_what_stood_there_and_keeps_what_stood_there_since(
    cast: Cast, database: str, tmp_path: Path
) -> None:
    made = upkeep.backup(file_for(tmp_path))
    rename(cast, "Harbor")
    db.close()

    restored = upkeep.restore(made.path, database)

    assert name_of(cast) == "Harbour Capital"
    assert (restored.rows, restored.change_sets) == (made.rows, made.change_sets)
    assert restored.kept
    assert next_number() == 5
    assert all(finding.ok for finding in upkeep.doctor(database))


def test_what_a_restore_replaced_can_be_brought_back_too(
    cast_on_duckdb: Cast, duckdb_only: str, tmp_path: Path
) -> None:
    made = upkeep.backup(tmp_path / "saved.duckdb")
    rename(cast_on_duckdb, "Harbor")
    kept = Path(upkeep.restore(made.path, duckdb_only).kept)

    with clock.stopped_at(NOON.replace(hour=5)):
        upkeep.restore(kept, duckdb_only)

    assert name_of(cast_on_duckdb) == "Harbor"


def test_people_go_on_writing_while_a_backup_is_made(cast: Cast, tmp_path: Path) -> None:
    with db.write(by=cast.mei, why="meanwhile") as session:
        session.get_one(Client, cast.harbour.id).name = "Harbor"
        session.flush()
        made = upkeep.backup(file_for(tmp_path))

    assert name_of(cast) == "Harbor"
    with db.read() as session:
        assert journal.data_version(session) == made.change_sets + 1


def test_a_backup_never_replaces_a_file(cast: Cast, tmp_path: Path) -> None:
    file_for(tmp_path).write_text("mine")

    with pytest.raises(InvalidError, match="there already"):
        upkeep.backup(file_for(tmp_path))

    assert file_for(tmp_path).read_text() == "mine"


def test_a_folder_that_is_a_file_is_told_and_leaves_nothing(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file")

    with pytest.raises(CrmError, match="cannot be made"):
        upkeep.backup(tmp_path / "folder" / "saved.duckdb")


def test_a_night_keeps_as_many_backups_as_the_settings_say(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_BACKUPS_KEPT", "2")
    config.settings.cache_clear()
    by_hand = upkeep.backup(places.folder() / f"by-hand{places.suffix()}")

    for day in (16, 17, 18):
        with clock.stopped_at(NOON.replace(day=day)):
            upkeep.nightly()

    kept = sorted(path.name for path in places.folder().iterdir())
    assert [name[:18] for name in kept[1:]] == ["nightly-2026-03-17", "nightly-2026-03-18"]
    assert kept[0] == by_hand.path.name


def test_a_damaged_backup_is_refused_and_the_database_stays(cast: Cast, database: str, tmp_path: Path) -> None:
    made = upkeep.backup(file_for(tmp_path))
    content = bytearray(made.path.read_bytes())
    for place in range(len(content) // 4, len(content) * 3 // 4):
        content[place] ^= 0x5A
    made.path.write_bytes(content)
    db.close()

    with pytest.raises(DamagedError, match=r"try an older|damaged"):
        upkeep.restore(made.path, database)

    assert name_of(cast) == "Harbour Capital"


def test_files_that_are_no_backup_are_refused(cast: Cast, database: str, tmp_path: Path) -> None:
    picture, foreign, packed = tmp_path / "picture.duckdb", tmp_path / "foreign.duckdb", tmp_path / "packed.zip"
    picture.write_bytes(b"\x89PNG" + bytes(5000))
    other = sa.create_engine(f"duckdb:///{foreign}")
    with other.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (i INTEGER)")
    other.dispose()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "a")

    for path in (picture, foreign, packed, tmp_path / "missing"):
        with pytest.raises(CrmError):
            upkeep.restore(path, database)

    assert name_of(cast) == "Harbour Capital"


def test_a_postgresql_database_in_use_is_not_replaced(cast: Cast, database: str, tmp_path: Path) -> None:
    if database.startswith("duckdb"):
        pytest.skip("a DuckDB file is locked by its process, which tests/cli tries")
    made = upkeep.backup(file_for(tmp_path))
    other = sa.create_engine(database)

    with other.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        with pytest.raises(BusyError, match="stop VIP Desk"):
            upkeep.restore(made.path, database)

    other.dispose()
    assert name_of(cast) == "Harbour Capital"


def test_a_database_whose_file_is_damaged_can_be_restored(
    cast_on_duckdb: Cast, duckdb_only: str, tmp_path: Path
) -> None:
    made = upkeep.backup(tmp_path / "saved.duckdb")
    db.close()
    live = Path(str(sa.make_url(duckdb_only).database))
    live.write_bytes(b"rubbish" * 1000)
    with pytest.raises(DamagedError):
        db.engine()

    upkeep.restore(made.path, duckdb_only)

    assert name_of(cast_on_duckdb) == "Harbour Capital"


def test_a_copy_is_compared_row_by_row(cast_on_duckdb: Cast, tmp_path: Path) -> None:
    contents = copies.copy(tmp_path / "copy.duckdb")

    shutil.copy(tmp_path / "copy.duckdb", tmp_path / "again.duckdb")
    assert copies.read_through(tmp_path / "again.duckdb") == contents
    assert contents.prints["client"][0] == 4
