"""Which database this process works on, where its backups lie, and how both are called."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from crm import db
from crm.ground import clock
from crm.ground.config import settings
from crm.ground.errors import CrmError, InvalidError

OURS_ALONE = 0o077  # whatever this program makes is for the user who runs it, and nobody else of the machine
_DRIVERS = {"duckdb": "duckdb", "postgresql": "postgresql+psycopg"}


def choose(url: str | None = None) -> URL:
    """From now on this process works on this database, or on the one of the settings; nothing is opened yet.

    Raises:
        InvalidError: that is no URL of DuckDB or PostgreSQL.
    """
    written = url or settings().url
    try:
        chosen = make_url(written)
        chosen = chosen.set(drivername=_DRIVERS[chosen.get_backend_name()])
    except (sa.exc.ArgumentError, KeyError, ValueError) as error:
        raise InvalidError(
            "“{written}” is not a database: write duckdb:///folder/crm.duckdb or postgresql+psycopg://user@host/name.",
            written=_without_password(written),
        ) from error
    db.use(chosen.render_as_string(hide_password=False))
    return chosen


def _without_password(written: str) -> str:
    scheme, _, rest = written.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if rest else written


def is_file(url: URL) -> bool:
    return url.get_backend_name() == "duckdb"


def place_of(url: URL) -> str:
    """A database as people know it: its file, or its URL without the password."""
    return url.database or ":memory:" if is_file(url) else url.render_as_string()


def folder() -> Path:
    return settings().data_dir / "backups"


def suffix() -> str:
    """How backups of the engine in use end."""
    return ".duckdb" if db.is_duckdb() else ".zip"


def stamp() -> str:
    return clock.now().strftime("%Y-%m-%dT%H%M%SZ")


def make_folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CrmError(
            "The folder {path} cannot be made ({strerror}); choose another.", path=path, strerror=error.strerror
        ) from error
    return path
