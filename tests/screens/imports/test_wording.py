"""Words of imports: zones as people write them, and what is to be decided about days and times."""

from datetime import UTC, date, datetime

import pytest

from crm.imports import Conversion
from crm.imports.preview import HIDDEN
from crm.screens.imports import columns_step, outcome, wording
from crm.tables import metadata
from crm.web.kit import words


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Etc/GMT-3", "UTC+3"),
        ("Etc/GMT+11", "UTC-11"),
        ("GMT+05:30", "UTC+5:30"),
        ("UTC", "UTC"),
        ("Europe/Berlin", "Europe/Berlin"),
    ],
)
def test_an_offset_is_told_by_its_distance_from_utc(name: str, shown: str) -> None:
    assert wording.zone(name) == shown


@pytest.mark.parametrize(
    ("raw", "at", "is_open"),
    [
        ("2026-03-01", False, False),
        ("20260301", False, True),
        ("01/03/2026", False, True),
        ("2026-03-01 10:00:00", True, True),
        ("2026-03-01", True, True),
        ("2026-03-01T10:00:00Z", True, False),
        ("2026-03-01 10:00:00+08:00", True, False),
        ("1772359200000", True, False),
    ],
)
def test_only_what_could_be_read_otherwise_is_open(raw: str, *, at: bool, is_open: bool) -> None:
    moment = datetime(2026, 3, 1, 10, tzinfo=UTC) if at else None

    assert columns_step._is_open(Conversion("When", raw, moment, date(2026, 3, 1))) is is_open


def test_what_is_not_understood_is_always_open() -> None:
    assert columns_step._is_open(Conversion("When", "soon", None, None))


def test_all_of_a_preview_stands_within_the_page() -> None:
    assert sum(outcome.WIDTHS.values()) <= 1008
    assert sum(outcome.WIDTHS_WITH_KEY.values()) <= 1008


@pytest.mark.parametrize("table", ["client", "person", "fill", "daily_activity", "balance", "interaction", "task"])
def test_whatever_a_preview_can_show_has_a_name(table: str) -> None:
    own = {"origin", "origin_id", "created_by", "password_hash"}
    shown = {column.name for column in metadata.tables[table].columns} - HIDDEN - own

    assert [name for name in sorted(shown) if words.field(name) == name] == []
