"""Finding anything the desk has written down, in Chinese and English: an index that follows the journal, rights from the database."""

from crm.search import follower, glossary
from crm.search.finding import Hit, find
from crm.search.journalled import written
from crm.search.models import GlossaryEntry, Meaning
from crm.search.sources import Document, Select, Shown, Source, searchable

__all__ = [
    "Document", "GlossaryEntry", "Hit", "Meaning", "Select", "Shown", "Source", "find", "follower", "glossary",
    "searchable", "written",
]  # fmt: skip
