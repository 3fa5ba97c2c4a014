"""Dumps of a PostgreSQL database: a ZIP of one CSV for each table, and a list of what is in it."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from crm import db
from crm.ground import clock
from crm.ground.errors import DamagedError, InvalidError

if TYPE_CHECKING:
    import psycopg

FORMAT = "vip-desk-dump-1"
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Part:
    """One table of a dump."""

    rows: int
    sha256: str
    columns: list[str]


@dataclass(frozen=True)
class Manifest:
    """What is in a dump."""

    revision: str
    made_at: str
    next_number: int
    head: tuple[int, str]
    format: str = FORMAT
    tables: dict[str, Part] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.tables.values())


def dump(target: Path) -> Manifest:
    """Write the database as it stands at this moment; others may go on writing meanwhile."""
    isolated = db.engine().execution_options(isolation_level="REPEATABLE READ")
    with (
        isolated.connect() as connection,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
    ):
        driver = driver_of(connection)
        tables = {name: _write(driver, archive, name, columns) for name, columns in _tables(connection).items()}
        manifest = _manifest(connection, tables)
        archive.writestr("manifest.json", json.dumps(asdict(manifest), indent=1))
    if read_through(target) != manifest:
        raise DamagedError("The dump differs from the database and was thrown away; try again.")
    return manifest


def driver_of(connection: sa.Connection) -> "psycopg.Connection[Any]":
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)


def _tables(connection: sa.Connection) -> dict[str, list[str]]:
    """Every table that is there, with its columns: before a migration these are not yet those of the models."""
    inspector = sa.inspect(connection)
    names = set(inspector.get_table_names()) - {"alembic_version"}
    return {name: [column["name"] for column in inspector.get_columns(name)] for name in sorted(names)}


def _write(driver: "psycopg.Connection[Any]", archive: zipfile.ZipFile, table: str, columns: list[str]) -> Part:
    digest = hashlib.sha256()
    statement = f"COPY {listed(table, columns)} TO STDOUT (FORMAT csv)"
    with archive.open(f"{table}.csv", "w", force_zip64=True) as file, driver.cursor() as cursor:
        with cursor.copy(statement.encode()) as copy:
            for block in copy:
                digest.update(block)
                file.write(block)
        rows = cursor.rowcount
    return Part(rows, digest.hexdigest(), columns)


def listed(table: str, columns: list[str]) -> str:
    return f'"{table}" ({", ".join(f"{chr(34)}{column}{chr(34)}" for column in columns)})'


def _manifest(connection: sa.Connection, tables: dict[str, Part]) -> Manifest:
    revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    number = connection.scalar(sa.text("SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM client_number"))
    head = connection.execute(sa.text("SELECT seq, hash FROM change_set ORDER BY seq DESC LIMIT 1")).first()
    return Manifest(
        str(revision), clock.now().isoformat(), int(number or 1), (head[0], head[1]) if head else (0, ""), tables=tables
    )


def read_through(path: Path) -> Manifest:
    """Read a dump and compare every table with its list.

    Raises:
        InvalidError: it is a ZIP, but not a dump of ours.
        DamagedError: it cannot be read, or something in it was changed.
    """
    with _opened(path) as archive:
        manifest = _listed_in(archive, path)
        for name, part in manifest.tables.items():
            if _digest(archive, name) != part.sha256:
                raise DamagedError(
                    "{path} is damaged: its table {name} is not what was written; try an older backup.",
                    path=path,
                    name=name,
                )
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, KeyError, OSError) as error:
        raise DamagedError("{path} is not a backup that can be read; try an older one.", path=path) from error


def _listed_in(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        written = json.loads(archive.read("manifest.json"))
        tables = {name: Part(**part) for name, part in written.pop("tables").items()}
        manifest = Manifest(**written | {"head": tuple(written["head"])}, tables=tables)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidError("{path} is a ZIP, but not a backup of VIP Desk.", path=path) from error
    if manifest.format != FORMAT:
        raise InvalidError("{path} was made by another version of VIP Desk; restore it with that version.", path=path)
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(f"{name}.csv") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def load(connection: sa.Connection, path: Path, manifest: Manifest) -> None:
    """Fill the empty tables of the dump's revision; foreign keys are checked when the transaction ends."""
    driver = driver_of(connection)
    names = ", ".join(f'"{name}"' for name in manifest.tables)
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending on a table that is emptied
    connection.exec_driver_sql(f"TRUNCATE {names}")
    connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
    with _opened(path) as archive:
        for name, part in manifest.tables.items():
            _read(driver, archive, name, part)
    connection.execute(sa.text("SELECT setval('client_number', :next, false)"), {"next": manifest.next_number})


def _read(driver: "psycopg.Connection[Any]", archive: zipfile.ZipFile, name: str, part: Part) -> None:
    statement = f"COPY {listed(name, part.columns)} FROM STDIN (FORMAT csv)"
    with archive.open(f"{name}.csv") as file, driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        while block := file.read(_BLOCK):
            copy.write(block)
