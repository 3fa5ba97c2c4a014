"""Everything about one client, newest first: what was said, what was owed and done, what was changed, what was imported."""

from crm.timeline import journalled  # noqa: F401 -- registers what the journal tells
from crm.timeline.entries import Asked, Entry, EntryKind, FieldChange, entries
from crm.timeline.queries import kinds, of_client

__all__ = ["Asked", "Entry", "EntryKind", "FieldChange", "entries", "kinds", "of_client"]
