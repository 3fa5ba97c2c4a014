"""What an undo says of itself."""

from crm.journal import Undone
from crm.web import journal_parts


def test_how_far_an_undo_reached_is_said_in_entries_with_separators() -> None:
    assert journal_parts.put_back(Undone(None, 120_000, [])) == "120,000 entries of the journal were put back."
