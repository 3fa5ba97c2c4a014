"""A database may be called anything that a file may be called."""

from pathlib import Path

import pytest

from crm import db, upkeep
from crm.ground import config
from tests.cast import Cast, enter
from tests.imports.bringing import bring_in


@pytest.mark.parametrize("name", ['9 "desk"', "2026-vip", "select"])
def test_a_list_goes_in_and_comes_out_of_a_database_of_any_name(
    empty_duckdb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file = tmp_path / f"{name}.duckdb"
    file.write_bytes(empty_duckdb.read_bytes())
    monkeypatch.setenv("CRM_DATABASE_URL", f"duckdb:///{file}")
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path))
    config.settings.cache_clear()
    db.use(f"duckdb:///{file}")

    cast: Cast = enter()
    done = bring_in(cast.mei, "clients", "uid,name\n0801,Ana\n")
    again = bring_in(cast.mei, "clients", "uid,name\n0801,Ana\n")
    kept = upkeep.backup(tmp_path / "kept.duckdb").path.exists()
    db.close()
    config.settings.cache_clear()

    assert (done.counts.created, again.counts.unchanged) == (1, 1)
    assert kept
