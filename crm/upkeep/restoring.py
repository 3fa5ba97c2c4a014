"""Bringing a backup back: it is read through first, and what stood there before is kept beside it."""

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine

from crm import db, migrations
from crm.ground.errors import BusyError, CrmError, InvalidError
from crm.migrations import runner
from crm.upkeep import copies, dumps, files, heads, places, store


@dataclass(frozen=True)
class Restored:
    """What stands in the database now, and where the old one is kept ("" if there was none)."""

    rows: int
    change_sets: int
    kept: str


def restore(path: Path, url: str | None = None) -> Restored:
    """Put a backup in the place of the database, and open it.

    Raises:
        InvalidError: that is no backup of ours, or of the other engine.
        DamagedError: it cannot be read.
        BusyError: somebody works in the database.
    """
    target = places.choose(url)
    if not path.is_file():
        raise InvalidError("There is no file {path}.", path=path)
    db.close()
    restored = _file(path, target) if places.is_file(target) else _dump(path)
    store.open_store(target.render_as_string(hide_password=False))
    heads.forget()
    return restored


def _file(path: Path, target: URL) -> Restored:
    live = Path(target.database or "")
    if zipfile.is_zipfile(path):
        raise InvalidError("{path} is a backup of PostgreSQL; name that database with --database.", path=path)
    if live.exists() and live.samefile(path):
        raise InvalidError("{path} is the database itself; name one of its backups.", path=path)
    contents = copies.read_through(path)
    _check_revision(contents.revision)
    if live.exists():
        _check_free()
    files.check_room(live, path.stat().st_size)
    return Restored(contents.rows, contents.head[0], _swap(path, live))


def _check_revision(revision: str) -> None:
    if revision not in runner.revisions():
        raise CrmError("This backup was made by a newer version of VIP Desk; restore it with that version.")


def _check_free() -> None:
    """Nobody may have the file open; whether it can be read does not matter, it is about to be replaced."""
    try:
        db.engine()
    except BusyError:
        raise
    except CrmError:
        return
    finally:
        db.close()


def _swap(path: Path, live: Path) -> str:
    coming = live.with_name(f".{live.name}.coming")
    shutil.copyfile(path, coming)
    files.settle(coming)
    kept = _set_aside(live)
    coming.replace(live)  # at every moment there is one under the name: the old one, or the new
    files.settle(live.parent)
    return kept


def _set_aside(live: Path) -> str:
    if not live.exists():
        return ""
    kept = live.with_name(f"{live.stem}.before-restore-{places.stamp()}{live.suffix}")
    try:
        kept.hardlink_to(live)
    except OSError:  # a disk that knows no second name
        shutil.copyfile(live, kept)
        files.settle(kept)
    waiting = live.with_name(live.name + ".wal")
    if waiting.exists():  # only of a database that could not be opened
        waiting.rename(kept.with_name(kept.name + ".wal"))
    return str(kept)


def _dump(path: Path) -> Restored:
    if not zipfile.is_zipfile(path):
        raise InvalidError("{path} is not a backup of PostgreSQL, which would be a ZIP file.", path=path)
    manifest = dumps.read_through(path)
    _check_revision(manifest.revision)
    engine = db.engine()
    store.check_ours(engine)
    with engine.begin() as connection:
        _check_alone(connection)
        kept = _rename_schema(connection, engine)
        runner.run(connection, manifest.revision)
        dumps.load(connection, path, manifest)
    engine.dispose()
    return Restored(manifest.rows, manifest.head[0], kept)


def _check_alone(connection: sa.Connection) -> None:
    others = connection.scalar(
        sa.text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    )
    if others:
        raise BusyError(
            "{others} other connections are open to this database; stop VIP Desk everywhere first.", others=others
        )


def _rename_schema(connection: sa.Connection, engine: Engine) -> str:
    if migrations.pending(engine).current is None:
        return ""
    kept = f"before_restore_{places.stamp().lower().replace('-', '_')}"
    connection.exec_driver_sql(f'ALTER SCHEMA public RENAME TO "{kept}"')
    connection.exec_driver_sql("CREATE SCHEMA public")
    return f"schema {kept}"
