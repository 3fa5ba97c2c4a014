"""The store: read() for looking, write() for changing, beside() around the journal; the only room that knows DuckDB from PostgreSQL."""

from crm.db import soundness
from crm.db.engines import allow, close, engine, is_duckdb, use
from crm.db.sessions import Who, beside, moment, once, read, write
from crm.db.sorting import alphabetical

__all__ = [
    "Who", "allow", "alphabetical", "beside", "close", "engine", "is_duckdb", "moment", "once", "read", "soundness", "use", "write",
]  # fmt: skip
