"""Copies of a DuckDB database: made while it is in use, and read through before they are trusted."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from crm import db
from crm.ground.errors import CrmError, DamagedError, InvalidError

OURS = {"alembic_version", "change_set", "client", "person"}
# Of a table: how many rows, and a sum over all of them that does not depend on their order.
Prints = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Contents:
    """What stands in a copy: its revision, its tables, and the newest link of its journal."""

    revision: str
    prints: Prints
    head: tuple[int, str]

    @property
    def rows(self) -> int:
        return sum(rows for rows, _ in self.prints.values())


def copy(target: Path) -> Contents:
    """Write the open database as it stands at this moment into a new file; others may go on writing meanwhile."""
    connection = _own_connection()
    try:
        name = connection.execute("SELECT current_database()").fetchone()
        connection.execute("BEGIN")
        connection.execute(f"ATTACH '{_quoted(target)}' AS backup_copy")
        main = str(name[0] if name else "crm").replace('"', '""')
        connection.execute(f'COPY FROM DATABASE "{main}" TO backup_copy')
        contents = _contents(connection)
        connection.execute("COMMIT")
        connection.execute("DETACH backup_copy")
    except duckdb.Error as error:
        raise CrmError("The copy could not be made: {splitlines}", splitlines=str(error).splitlines()[0]) from error
    finally:
        connection.close()
    if read_through(target) != contents:
        raise CrmError("The copy differs from the database and was thrown away; try again.")
    return contents


def _own_connection() -> duckdb.DuckDBPyConnection:
    fairy = db.engine().raw_connection()
    native: duckdb.DuckDBPyConnection = fairy.driver_connection.duplicate()  # type: ignore[union-attr]
    fairy.close()
    return native


def read_through(path: Path) -> Contents:
    """Read every row of a DuckDB file.

    Raises:
        InvalidError: it is a DuckDB file, but not one of ours.
        DamagedError: it cannot be read.
    """
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            if not _tables(connection) >= OURS:
                raise InvalidError("{path} is a DuckDB database, but not one of VIP Desk.", path=path)
            return _contents(connection)
    except duckdb.Error as error:
        raise DamagedError("{path} is not a backup that can be read; try an older one.", path=path) from error


def _contents(connection: duckdb.DuckDBPyConnection) -> Contents:
    prints = {}
    for table in sorted(_tables(connection)):
        query = f'SELECT count(*), coalesce(bit_xor(hash(t)), 0) FROM (SELECT * FROM "{table}") t'
        rows, print_ = connection.execute(query).fetchall()[0]
        prints[table] = (int(rows), int(print_))
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    head = connection.execute("SELECT seq, hash FROM change_set ORDER BY seq DESC LIMIT 1").fetchall()
    return Contents(revision[0][0] if revision else "", prints, head[0] if head else (0, ""))


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    query = """SELECT table_name FROM duckdb_tables()
        WHERE database_name = current_database() AND NOT internal AND NOT temporary"""
    return {name for (name,) in connection.execute(query).fetchall()}


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
