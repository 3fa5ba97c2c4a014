"""What an undo says of itself."""

from datetime import UTC, date, datetime

import pytest

from crm.journal import Undone
from crm.screens.journal import journal_view


def test_how_far_an_undo_reached_is_said_in_entries_with_separators() -> None:
    assert journal_view.put_back(Undone(None, 120_000, [])) == "120,000 entries of the journal were put back."


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("2026-09-06", "6 Sep 2026"),
        (date(2026, 9, 6), "6 Sep 2026"),
        ("2026-09-06T20:30:00+00:00", "7 Sep 2026 04:30"),
        (datetime(2026, 9, 6, 20, 30, tzinfo=UTC), "7 Sep 2026 04:30"),
        ("2026-09-31", "2026-09-31"),
        ("2026-09", "2026-09"),
    ],
)
def test_days_and_moments_of_the_journal_are_shown_as_everywhere(kept: object, shown: str) -> None:
    assert journal_view.shown(kept, "Asia/Shanghai") == shown
