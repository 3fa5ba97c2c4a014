"""The store: read() for looking, write() for changing; the only room that knows DuckDB from PostgreSQL."""

from crm.db import soundness
from crm.db.engines import close, engine, is_duckdb, use
from crm.db.sessions import Who, moment, once, read, write
from crm.db.sorting import alphabetical

__all__ = ["Who", "alphabetical", "close", "engine", "is_duckdb", "moment", "once", "read", "soundness", "use", "write"]
