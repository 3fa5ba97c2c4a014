"""One engine for the process, on DuckDB or PostgreSQL, and its faults told in sentences."""

import re
import tempfile
import threading
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine, make_url

from crm.ground.config import settings
from crm.ground.errors import BusyError, CrmError, DamagedError

NEAR = ("", "localhost", "127.0.0.1", "::1")  # what is said to these goes over no wire

_engines: dict[str, Engine] = {}
_url: list[str] = []
_allowed: list[Path] = []
_opening = threading.RLock()  # one engine for all threads, which sets up its database once


# Nothing may be fetched while running: what is not in the wheel is not there.
def duckdb_config() -> dict[str, Any]:
    """How every DuckDB of ours is opened."""
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
        "memory_limit": f"{settings().memory_mb}MB",
    }


def use(url: str) -> None:
    """From now on this process works on the database of this URL."""
    _url[:] = [url]


def engine() -> Engine:
    """The engine of the database in use, opened at first call.

    Raises:
        BusyError: another process holds the DuckDB file.
        DamagedError: the file is not a database of ours.
    """
    url = _url[0] if _url else settings().url
    with _opening:
        if url not in _engines:
            _engines[url] = open_engine(url)
        return _engines[url]


def close() -> None:
    """Let go of the database, so that another process may open it."""
    for opened in _engines.values():
        opened.dispose()
    _engines.clear()


def is_duckdb(bind: sa.Connection | Engine | None = None) -> bool:
    return (bind or engine()).dialect.name == "duckdb"


def open_engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "duckdb":
        url = encrypted(url)
        made = sa.create_engine(url, pool_size=16, max_overflow=48, pool_pre_ping=True, hide_parameters=True)
        event.listen(made, "connect", _postgresql_settings)
        return _tried(made, url)
    path = make_url(url).database or ":memory:"
    _folder_of(path)
    made = sa.create_engine(
        url, pool_size=16, max_overflow=48, hide_parameters=True, connect_args={"config": duckdb_config()}
    )
    event.listen(made, "connect", _duckdb_settings)
    event.listen(made, "before_cursor_execute", _complete)
    return _tried(made, path)


def encrypted(url: str) -> str:
    """The URL of a PostgreSQL elsewhere asks for TLS and for whose certificate it is, unless it says otherwise itself."""
    said = make_url(url)
    hosts = [said.host or "", *str(said.query.get("host", "")).split(",")]
    if "sslmode" in said.query or all(host in NEAR or host.startswith("/") for host in hosts):
        return url
    more = {"sslmode": "verify-full"} | ({} if "sslrootcert" in said.query else {"sslrootcert": "system"})
    return said.update_query_dict(more).render_as_string(hide_password=False)


def _tried(made: Engine, place: str) -> Engine:
    try:
        with made.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except (sa.exc.DBAPIError, duckdb.Error) as error:
        made.dispose()
        raise explained(error, place) from error
    return made


def _duckdb_settings(connection: Any, _record: object) -> None:  # noqa: ANN401 -- a driver's connection
    connection.execute("SET TimeZone = 'UTC'")
    # It doubles what a large write costs: a million clients came in 18.3 s with it, in 16.5 s without, for 1.7 GB instead of 0.6.
    connection.execute("SET GLOBAL disabled_compression_methods = 'dict_fsst'")
    # Statements reach no file but ours. Neither can be widened while the database is open. The rest of the configuration is not
    # locked: an import lets small tables keep every processor busy for a while (`Sql.shared_out`).
    with _opening:
        if connection.execute("SELECT current_setting('enable_external_access')").fetchall()[0][0]:
            connection.execute(f"SET GLOBAL allowed_directories = [{', '.join(map(quoted, folders()))}]")
            connection.execute("SET GLOBAL enable_external_access = false")


def folders() -> list[str]:
    """Where DuckDB may read and write: the data folder, the system's for what is unpacked, and what `allow` named."""
    ours = [settings().data_dir, Path(tempfile.gettempdir()), *_allowed]
    return [f"{folder.absolute()}" for folder in dict.fromkeys(ours)]


def allow(folder: Path) -> None:
    """Let the database, once it is opened anew, write into this folder too: somebody names it for a backup."""
    if folder.absolute() not in _allowed:
        _allowed.append(folder.absolute())
        close()


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _complete(connection: sa.Connection, *about: object) -> None:
    """Rows of the last result that nobody fetched would keep DuckDB from taking many at once."""
    *_, is_many = about
    if is_many:
        connection.connection.driver_connection.complete()  # type: ignore[union-attr]


def _postgresql_settings(connection: Any, _record: object) -> None:  # noqa: ANN401 -- a driver's connection
    connection.execute("SET TIME ZONE 'UTC'")
    connection.commit()


def _folder_of(path: str) -> None:
    if path.startswith(":memory:"):
        return
    folder = Path(path).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CrmError(
            "The folder {folder} cannot be made ({why}); choose another with CRM_DATA_DIR.",
            folder=folder,
            why=error.strerror,
        ) from error


def explained(error: Exception, place: str) -> CrmError:
    """What a fault of the driver means, and what to do about it."""
    text = str(getattr(error, "orig", None) or error)
    if "Could not set lock" in text:
        return BusyError(
            "The database {place} is in use by {holder}. Stop that first, or work in its pages.",
            place=place,
            holder=_holder(text),
        )
    if "Permission denied" in text or "Read-only file system" in text or "Cannot open file" in text:
        return CrmError(
            "The database {place} cannot be opened for writing; check the folder's permissions.", place=place
        )
    if isinstance(
        getattr(error, "orig", error),
        (
            duckdb.IOException,
            duckdb.SerializationException,
            duckdb.InternalException,
            duckdb.FatalException,
            duckdb.InvalidInputException,
        ),
    ):
        return DamagedError(
            "The file {place} is not a database that can be read{backup}", place=place, backup=_newest_backup(place)
        )
    if "connect" in text.lower() or "password" in text.lower():
        return BusyError("PostgreSQL does not answer: {why}.", why=text.strip().splitlines()[0])
    return CrmError("The database {place} cannot be opened: {why}.", place=place, why=text.strip().splitlines()[0])


def _holder(text: str) -> str:
    found = re.search(r"PID (\d+)", text)
    if not found:
        return "another process"
    import psutil  # noqa: PLC0415 -- only where somebody is in the way

    pid = int(found.group(1))
    try:
        return f"process {pid} ({psutil.Process(pid).name()})"
    except psutil.Error:
        return f"process {pid}"


def _newest_backup(place: str) -> str:
    folder = Path(place).parent / "backups"
    found = sorted(folder.glob("*.duckdb"), key=lambda p: p.stat().st_mtime) if folder.is_dir() else []
    return (
        f"; the newest backup is {found[-1]}: crm restore {found[-1]}." if found else ", and no backup lies beside it."
    )
