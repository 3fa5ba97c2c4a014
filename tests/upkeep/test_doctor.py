"""The doctor finds what is wrong, says where, and says what to do."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import duckdb
import pytest
import sqlalchemy as sa

from crm import db, trading, upkeep
from crm.clients.models import Client
from crm.db import soundness
from crm.db.soundness import Check
from crm.ground import clock, config
from crm.ground.registry import Registry
from crm.upkeep import Finding
from tests.cast import DESK, Cast
from tests.conftest import NOON


def wrong(database: str) -> dict[str, str]:
    return {finding.check: finding.sentence for finding in upkeep.doctor(database) if not finding.ok}


def run(statement: str) -> None:
    """Past the store and its journal, as somebody with another program would."""
    with db.engine().begin() as connection:
        connection.exec_driver_sql(statement)


def fill(cast: Cast) -> None:
    day = date(2026, 3, 14)
    with db.write(by=DESK, why="trades") as session:
        session.add(
            trading.Fill(
                number=cast.harbour.number,
                fill_key="1",
                traded_at=datetime(2026, 3, 14, tzinfo=UTC),
                day=day,
                product="spot",
                instrument="BTC-USDT",
                volume_usd=Decimal(10),
            )
        )
        session.flush()
        days = f"SELECT {cast.harbour.number} AS number, DATE '{day}' AS day"
        session.connection().exec_driver_sql(f"CREATE TEMP TABLE touched AS {days}")
        trading.roll_up(session, "touched")


def test_a_sound_database_passes_every_check(cast: Cast, database: str) -> None:
    fill(cast)

    findings = upkeep.doctor(database)

    assert [finding for finding in findings if not finding.ok] == []
    assert {finding.check for finding in findings} >= {
        "settings",
        "folder",
        "database",
        "disk",
        "migrations",
        "references",
        "keys",
        "managers",
        "days",
        "journal",
        "clock",
    }


def test_a_reference_to_nothing_is_found_on_duckdb(cast_on_duckdb: Cast, duckdb_only: str) -> None:
    run(f"UPDATE handle SET client_id = '{uuid4()}'")

    assert wrong(duckdb_only)["references"] == "1 rows of handle name a client in client_id that is not there."


def test_two_facts_with_one_key_are_found_on_duckdb(cast_on_duckdb: Cast, duckdb_only: str) -> None:
    for _ in range(2):
        run("INSERT INTO balance (number, day) VALUES (1, DATE '2026-03-01')")

    assert "balance (number, day)" in wrong(duckdb_only)["keys"]


def test_a_client_of_an_admin_is_found(cast: Cast, database: str) -> None:
    with db.write(by=DESK, why="by mistake") as session:
        session.get_one(Client, cast.harbour.id).manager_id = cast.ada.id

    assert wrong(database) == {"managers": "1 clients stand in the book of nobody who looks after clients."}


def test_a_day_that_differs_from_its_fills_is_found(cast: Cast, database: str) -> None:
    fill(cast)
    run("UPDATE daily_activity SET volume_usd = 11")

    assert wrong(database) == {"days": "1 days of daily_activity differ from their fills."}


def test_an_edited_journal_is_found_and_can_be_looked_at_alone(cast: Cast, database: str) -> None:
    run("UPDATE change SET after = NULL WHERE entity = 'client' AND entity_key = '" + str(cast.lotus.id) + "'")

    findings = upkeep.journal_only(database)

    assert [(f.check, f.ok) for f in findings] == [("journal", False), ("seals", True), ("head", True)]
    assert "broken at entry 1" in findings[0].sentence


@pytest.mark.parametrize(("moment", "well"), [(NOON, True), (NOON.replace(year=2025), False)])
def test_a_clock_that_went_back_is_found(cast: Cast, database: str, moment: datetime, *, well: bool) -> None:
    with clock.stopped_at(moment):
        assert ("clock" not in wrong(database)) is well


def test_a_data_folder_that_is_a_file_and_an_unknown_zone_are_found(
    cast: Cast, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("a file")
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path / "file"))
    monkeypatch.setenv("CRM_EXCHANGE_ZONE", "Mars/Olympus")
    config.settings.cache_clear()

    assert {"folder", "settings"} <= set(wrong(database))


def test_migrations_that_are_missing_are_named_and_run_on_request(tmp_path: Path, duckdb_only: str) -> None:
    path = tmp_path / "empty.duckdb"
    empty = f"duckdb:///{path}"
    missing = wrong(empty)
    duckdb.connect(str(path)).close()

    before, after = upkeep.doctor(empty), upkeep.doctor(empty, migrate=True)

    assert missing == {"database": f"There is no database {path} yet."}
    assert [f.check for f in before if not f.ok] == ["migrations"]
    assert _named(before, "migrations").what_to_do.startswith("Run “crm doctor --migrate”")
    assert all(finding.ok for finding in after)


def test_a_damaged_file_is_one_finding(tmp_path: Path, duckdb_only: str) -> None:
    (tmp_path / "damaged.duckdb").write_bytes(b"rubbish" * 1000)

    found = wrong(f"duckdb:///{tmp_path / 'damaged.duckdb'}")

    assert list(found) == ["database"]
    assert "not a database that can be read" in found["database"]


def test_somebody_elses_database_is_left_alone(tmp_path: Path, duckdb_only: str) -> None:
    url = f"duckdb:///{tmp_path / 'foreign.duckdb'}"
    foreign = sa.create_engine(url)
    with foreign.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (i INTEGER)")
    foreign.dispose()

    assert "another program" in wrong(url)["database"]


def test_opening_puts_the_tier_policies_in_once(cast: Cast, database: str) -> None:
    upkeep.open_store(database)
    with db.read() as session:
        first = session.connection().scalar(sa.text("SELECT count(*) FROM tier_policy"))

    upkeep.open_store(database)

    assert first == 1
    with db.read() as session:
        assert session.connection().scalar(sa.text("SELECT count(*) FROM tier_policy")) == 1


def _named(findings: list[Finding], check: str) -> Finding:
    return next(finding for finding in findings if finding.check == check)


def test_the_doctor_looks_at_whatever_a_room_registers(
    cast: Cast, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered: Registry[Check] = Registry("what the doctor looks for under")
    registered.add("gifts", Check(lambda _: iter(["3 gifts belong to nobody"]), "Gifts are fine.", "Give them away."))
    monkeypatch.setattr(soundness, "CHECKS", registered)

    assert wrong(database) == {"gifts": "3 gifts belong to nobody."}
