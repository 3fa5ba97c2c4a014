"""The few SQL expressions that DuckDB and PostgreSQL write differently."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Session

from crm.ground import keys

STREAMED_ROWS = 100_000
OWN_BITS = (1 << 76) - 1  # of a UUID, below its time and its version
SHARED_OUT = "PRAGMA verify_parallelism"

if TYPE_CHECKING:
    import pyarrow as pa


class Sql:
    """Expressions for the dialect of a session, as text to be put into larger statements."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.bind: Connection = session.connection()
        self.duckdb = self.bind.dialect.name == "duckdb"

    def type_of(self, column: sa.Column[Any]) -> str:
        return str(column.type.compile(self.bind.dialect))

    def row_json(self, alias: str) -> str:
        """All columns of a row as one JSON object."""
        return f"to_json({alias})" if self.duckdb else f"row_to_json({alias})"

    def object_json(self, fields: Mapping[str, str]) -> str:
        if self.duckdb:  # a struct becomes JSON in two thirds of the time that json_object takes
            return "to_json({" + ", ".join(f"'{name}': {expression}" for name, expression in fields.items()) + "})"
        return "json_build_object(" + ", ".join(f"'{name}', {expression}" for name, expression in fields.items()) + ")"

    def from_json(self, document: str, column: sa.Column[Any]) -> str:
        """One field of a JSON object, in the type of its column."""
        if isinstance(column.type, sa.JSON):
            kept = f"CAST(({document}->'{column.name}') AS JSON)"
            return f"(CASE WHEN CAST({kept} AS VARCHAR) = 'null' THEN NULL ELSE {kept} END)"
        return f"CAST(({document}->>'{column.name}') AS {self.type_of(column)})"

    def parsed_json(self, document: str) -> str:
        """A document that is looked into many times: PostgreSQL parses its binary form once."""
        return document if self.duckdb else f"CAST({document} AS jsonb)"

    def has_key(self, document: str, key: str) -> str:
        return f"json_exists({document}, '$.\"{key}\"')" if self.duckdb else f"jsonb_exists({document}::jsonb, '{key}')"

    def same(self, left: str, right: str, column: sa.Column[Any]) -> str:
        if isinstance(column.type, sa.JSON):
            minified = "CAST(json({}) AS VARCHAR)" if self.duckdb else "CAST({} AS jsonb)"
            left, right = minified.format(left), minified.format(right)
        return f"{left} IS NOT DISTINCT FROM {right}"

    def json_merged(self, old: str, new: str) -> str:
        """An object with the keys of `new` laid over those of `old`."""
        if self.duckdb:
            return f"json_merge_patch({old}, {new})"
        return f"CAST(CAST({old} AS jsonb) || CAST({new} AS jsonb) AS json)"

    def json_holds(self, old: str, part: str) -> str:
        """The object `old` has every key of `part`, with the same value."""
        if self.duckdb:
            return f"json_contains({old}, {part})"
        return f"CAST({old} AS jsonb) @> CAST({part} AS jsonb)"

    def json_without(self, old: str, keys: str) -> str:
        """An object without the keys of another, whose values are all null; NULL has none."""
        if self.duckdb:
            return f"json_merge_patch({old}, coalesce({keys}, CAST('{{}}' AS JSON)))"
        return f"CAST(CAST({old} AS jsonb) - ARRAY(SELECT json_object_keys({keys})) AS json)"

    def json_lacks(self, old: str, keys: str) -> str:
        """The object `old` has none of the keys of another."""
        if self.duckdb:
            return f"NOT coalesce(list_has_any(json_keys({old}), json_keys({keys})), FALSE)"
        return f"NOT jsonb_exists_any(CAST({old} AS jsonb), ARRAY(SELECT json_object_keys({keys})))"

    def list_without(self, old: str, gone: str) -> str:
        """A JSON list of texts without those of `gone`."""
        if self.duckdb:
            was, going = (f"from_json({side}, '[\"VARCHAR\"]')" for side in (old, gone))
            return f"to_json(list_filter({was}, lambda x: NOT list_contains({going}, x)))"
        every = f"jsonb_array_elements(CAST({old} AS jsonb)) WITH ORDINALITY AS t(e, n)"
        return f"""(SELECT CAST(coalesce(jsonb_agg(e ORDER BY n), '[]') AS json) FROM {every}
                    WHERE NOT (CAST({gone} AS jsonb) @> jsonb_build_array(e)))"""

    def list_joined(self, old: str, new: str) -> str:
        """A JSON list of texts with those of `new` that it lacks added at its end."""
        if self.duckdb:
            was, added = (f"from_json({side}, '[\"VARCHAR\"]')" for side in (old, new))
            return f"to_json(list_concat({was}, list_filter({added}, lambda x: NOT list_contains({was}, x))))"
        every = f"jsonb_array_elements(CAST({old} AS jsonb) || CAST({new} AS jsonb)) WITH ORDINALITY AS t(e, n)"
        return f"""(SELECT CAST(coalesce(jsonb_agg(e ORDER BY n), '[]') AS json)
                    FROM (SELECT e, min(n) AS n FROM {every} GROUP BY e) d)"""

    def list_text(self, document: str) -> str:
        """The texts of a JSON list, one below the other."""
        if self.duckdb:
            return f"array_to_string(from_json({document}, '[\"VARCHAR\"]'), chr(10))"
        return f"(SELECT string_agg(t, chr(10)) FROM json_array_elements_text({document}) t)"

    def comparable(self, key: str) -> str:
        """A UUID as min and max take it; those of PostgreSQL take none."""
        return key if self.duckdb else f"CAST({key} AS VARCHAR)"

    def uuid7(self) -> str:
        """A key of its own for each row. On DuckDB all those of a statement have its time.

        Keys that rise with the rows cost it five times as much to delete, for the index is taken down row by row.
        """
        if not self.duckdb:
            return "crm_uuid7()"
        time = keys.uuid7().int & ~OWN_BITS
        return f"CAST({time}::UHUGEINT | (CAST(uuid() AS UHUGEINT) & {OWN_BITS}::UHUGEINT) AS UUID)"

    def sha256(self, text: str) -> str:
        return f"sha256({text})" if self.duckdb else f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"

    def places(self, origin: str) -> str:
        """0, 1, 2, ... for the rows of what a FROM says. A window would have DuckDB do all else on one core as well."""
        table, _, alias = origin.partition(" ")
        if not (self.duckdb and alias.isidentifier() and table.isidentifier() and self.has_temporary(table)):
            return "row_number() OVER () - 1"
        # Rows that this transaction wrote are counted from far above 0.
        first = self.scalar(f"SELECT coalesce(min(rowid), 0) FROM {table}")
        return f"{alias}.rowid - {first}"

    def has_temporary(self, table: str) -> bool:
        """Whether this session has made a temporary table of this name."""
        if not self.duckdb:
            return self.scalar("SELECT to_regclass('pg_temp.' || :name)", {"name": table}) is not None
        found = "SELECT count(*) FROM duckdb_tables() WHERE table_name = :name AND temporary"
        return bool(self.scalar(found, {"name": table}))

    def nextval(self, sequence: str) -> str:
        return f"nextval('{sequence}')"

    @contextmanager
    def shared_out(self) -> Iterator[None]:
        """Let small tables keep every processor busy for a while.

        DuckDB gives a thread 122,880 rows at a time, so that fewer would keep all but one idle.
        """
        if not self.duckdb:
            yield
            return
        self.bind.exec_driver_sql(SHARED_OUT)
        try:
            yield
        finally:
            with suppress(sa.exc.DBAPIError):  # after a failure the connection may take no further statement
                self.bind.exec_driver_sql("PRAGMA disable_verify_parallelism")

    def temp_table(self, name: str, select: str, parameters: Mapping[str, object] | None = None) -> None:
        """Make a table that only this session sees; one of the same name is replaced."""
        self.bind.execute(sa.text(f"DROP TABLE IF EXISTS {name}"))
        kept = "" if self.duckdb else "ON COMMIT DROP"
        self.bind.execute(sa.text(f"CREATE TEMP TABLE {name} {kept} AS {select}"), dict(parameters or {}))
        if not self.duckdb:
            self.bind.execute(sa.text(f"ANALYZE {name}"))

    def rows(self, statement: str, parameters: Mapping[str, object] | None = None) -> list[Any]:
        return list(self.run(statement, parameters).all())

    def arrow(self, statement: str) -> "pa.Table":
        """What a SELECT gives, as columns: without a Python object for each cell where the engine can."""
        if self.duckdb:
            return self.bind.connection.driver_connection.sql(statement).to_arrow_table()  # type: ignore[union-attr]
        import pyarrow as pa  # noqa: PLC0415 -- half a second that the start does not wait for

        result = self.run(statement)
        names = list(result.keys())
        columns = list(zip(*result.all(), strict=True)) or [()] * len(names)
        return pa.table({name: list(column) for name, column in zip(names, columns, strict=True)})

    def text_blocks(self, statement: str) -> Iterator[bytes | memoryview]:
        """The one text column of a SELECT, as UTF-8, in blocks of any size: for hashing more than Python could look at."""
        if not self.duckdb:
            for (text,) in self.bind.execute(sa.text(statement), execution_options={"yield_per": 5000}):
                yield text.encode()
            return
        native = self.bind.connection.driver_connection
        for batch in native.sql(statement).to_arrow_reader(STREAMED_ROWS):  # type: ignore[union-attr]
            column = batch.column(0)
            _, offsets, text = column.buffers()
            places = memoryview(offsets).cast("q" if column.type == "large_string" else "i")
            yield memoryview(text)[places[column.offset] : places[column.offset + len(column)]]

    def drop(self, *names: str) -> None:
        for name in names:
            self.bind.execute(sa.text(f"DROP TABLE IF EXISTS {name}"))

    def run(self, statement: str, parameters: Mapping[str, object] | None = None) -> sa.CursorResult[Any]:
        return self.bind.execute(sa.text(statement), dict(parameters or {}))

    def scalar(self, statement: str, parameters: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401 -- any cell
        found = self.rows(statement, parameters)  # to the end: an unfinished result would hold DuckDB's connection
        return found[0][0] if found else None
