"""Where a file is laid out before anything is written: a DuckDB of its own, whatever the store is.

On a DuckDB store it is an attached in-memory database, so that the store reads it without copying; on PostgreSQL
its tables are copied over into temporary ones.
"""

import tempfile
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb
from sqlmodel import Session

from crm import db
from crm.db.engines import duckdb_config
from crm.db.sql import SHARED_OUT, Sql
from crm.reading import Table

if TYPE_CHECKING:
    import psycopg


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


class Staging:
    """Tables: `raw` (line, c0, c1, ..., ragged), then `incoming` and `problem` once the file is checked.

    `worked_out`: by which layout and for which zone `raw` has columns behind those of the file.
    """

    def __init__(self, table: Table, file_name: str = "") -> None:
        self.file_name = file_name
        self.worked_out: object = None
        self.name = f"staging_{uuid4().hex[:12]}"
        self.table = table
        self.header = list(table.header)
        self.store = db.engine() if db.is_duckdb() else None
        self.duck = self._open()
        self.run(SHARED_OUT)  # files of fewer rows are the most
        self.figures = table.into(self.duck, "raw").figures
        self.rows = int(self.one("SELECT count(*) FROM raw"))
        self._answers: dict[str, list[tuple[Any, ...]]] = {}
        self.only_lines: Collection[int] | None = None
        self.lock = threading.RLock()
        self.lookups: set[str] = set()
        self.is_checked = False
        self.outcome_version: object = None
        self.viewed: object = None  # who saw its preview last, and what
        self.pages: dict[object, Any] = {}  # of the preview, as long as this outcome stands
        self.encoding = ""  # that a person said
        self.tables: list[str] = []  # every table of the file, this one among them
        self.is_closed = False

    def _open(self) -> duckdb.DuckDBPyConnection:
        if not self.store:
            return duckdb.connect(":memory:", config=duckdb_config() | {"temp_directory": tempfile.gettempdir()})
        fairy = self.store.raw_connection()
        native: duckdb.DuckDBPyConnection = fairy.driver_connection.duplicate()  # type: ignore[union-attr]
        fairy.close()
        main = str(native.execute("SELECT current_database()").fetchall()[0][0])
        self._main = main.replace('"', '""')  # the name of its file, whatever that is
        native.execute(f"ATTACH ':memory:' AS {self.name}")
        native.execute(f"USE {self.name}")
        return native

    def close(self) -> None:
        self.is_closed = True
        if self.store and self.store is db.engine():
            self.duck.execute(f'USE "{self._main}"')
            self.duck.execute(f"DETACH {self.name}")
        self.duck.close()

    def run(self, statement: str, parameters: object = None) -> list[tuple[Any, ...]]:
        return self.duck.execute(statement, parameters).fetchall()

    def one(self, statement: str, parameters: object = None) -> Any:  # noqa: ANN401 -- any cell
        found = self.run(statement, parameters)  # to the end: an unfinished result would hold the connection
        return found[0][0] if found else None

    def filled(self, index: int) -> float:
        """The share of rows with anything in this column."""
        return float(self.cached(f"SELECT count(nullif(trim(c{index}), '')) / greatest(count(*), 1) FROM raw")[0][0])

    def cached(self, statement: str) -> list[tuple[Any, ...]]:
        """What `raw` answers, asked once, for every stage of an import asks the same."""
        if statement not in self._answers:
            self._answers[statement] = self.run(statement)
        return self._answers[statement]

    def forget(self) -> None:
        """Whatever was found out about `raw` holds no longer."""
        self._answers.clear()

    def hand_over(self, session: Session, name: str, columns: Mapping[str, str], *, of_rows: bool = True) -> str:
        """Give the store's session a staged table; `columns` are its names and PostgreSQL types. Gives its name there.

        `of_rows`: it has the line of each, so that a page of a preview needs only some.
        """
        if self.store and not of_rows:
            return f"{self.name}.{name}"
        where = (
            "TRUE"
            if not of_rows or self.only_lines is None
            else f"line IN ({', '.join(map(str, self.only_lines)) or 'NULL'})"
        )
        if self.store:
            return (
                f"(SELECT * FROM {self.name}.{name} WHERE {where})"
                if self.only_lines is not None
                else f"{self.name}.{name}"
            )
        return self._copied(session, name, columns, where)

    @contextmanager
    def brought(self, session: Session, name: str, columns: Mapping[str, str]) -> Iterator[str]:
        """As `hand_over`, of a table that was made since the session began and so cannot be seen in it."""
        if not self.store:
            yield self._copied(session, name, columns, "TRUE")
            return
        native: Any = session.connection().connection.driver_connection
        native.register(name, self.duck.sql(f"FROM {name}").to_arrow_table())
        try:
            yield name
        finally:
            native.unregister(name)

    @contextmanager
    def showing(self, lines: Collection[int]) -> Iterator[None]:
        """Hand over only these lines for a while: for the page of a preview."""
        self.only_lines = set(lines)
        try:
            yield
        finally:
            self.only_lines = None

    def _copied(self, session: Session, name: str, columns: Mapping[str, str], where: str) -> str:
        sql = Sql(session)
        sql.drop(name)
        typed = ", ".join(f'"{column}" {type_}' for column, type_ in columns.items())
        sql.run(f"CREATE TEMP TABLE {name} ({typed}) ON COMMIT DROP")
        names = ", ".join(f'"{column}"' for column in columns)
        driver: psycopg.Connection[Any] = session.connection().connection.driver_connection  # type: ignore[assignment]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.csv"
            self.duck.execute(
                f"COPY (SELECT {names} FROM {name} WHERE {where}) TO '{path}' (HEADER false, NULLSTR '\\N')"
            )
            with (
                path.open("rb") as rows,
                driver.cursor() as cursor,
                cursor.copy(f"COPY {name} ({names}) FROM STDIN (FORMAT csv, NULL '\\N')") as copy,
            ):
                while block := rows.read(1 << 20):
                    copy.write(block)
        sql.run(f"ANALYZE {name}")
        return name
