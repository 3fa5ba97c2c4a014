"""Everything about one client, newest first: what was said, what was owed and done, what was changed, what was imported."""

import crm.timeline.journalled  # noqa: F401 -- it tells what the journal knows
from crm.timeline.entries import Asked, Entry, EntryKind, entries
from crm.timeline.queries import kinds, of_client

__all__ = ["Asked", "Entry", "EntryKind", "entries", "kinds", "of_client"]
