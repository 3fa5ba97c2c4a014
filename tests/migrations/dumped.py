"""A dump of an earlier revision, put into an empty database as that revision had it."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from crm import db
from crm.ground import keyring
from crm.migrations import runner
from tests.migrations.make_dump import DUMPS


@dataclass(frozen=True)
class Dumped:
    """What stands in a dump: how DuckDB made the tables then, and of each table its columns and rows, all as text."""

    revision: str
    next_number: int
    duckdb: list[str]
    columns: dict[str, list[str]]
    rows: dict[str, list[list[str | None]]]


def revisions() -> list[str]:
    return sorted(path.name.split(".")[0] for path in DUMPS.glob("*.jsonl.gz"))


def read(revision: str) -> Dumped:
    head, *lines = _lines(revision)
    columns: dict[str, list[str]] = {}
    rows: dict[str, list[list[str | None]]] = {}
    table = ""
    for line in lines:
        if isinstance(line, dict):
            table = line["table"]
            columns[table], rows[table] = line["columns"], []
        else:
            rows[table].append(line)
    return Dumped(**head, columns=columns, rows=rows)


def _lines(revision: str) -> Iterator[Any]:
    text = gzip.decompress((DUMPS / f"{revision}.jsonl.gz").read_bytes()).decode()
    return map(json.loads, text.splitlines())


def seal(engine: Engine, known: Dumped) -> None:
    """The key by which a journal was sealed lies beside no dump: it is sealed by that of whoever opens it."""
    if "seal" not in known.columns["change_set"]:
        return
    with engine.begin() as connection:
        for key, hashed in connection.exec_driver_sql("SELECT CAST(id AS VARCHAR), hash FROM change_set").all():
            written = {"seal": keyring.sealed("journal", hashed), "id": key}
            connection.execute(sa.text("UPDATE change_set SET seal = :seal WHERE CAST(id AS VARCHAR) = :id"), written)


def load(engine: Engine, dumped: Dumped) -> None:
    """On DuckDB into the tables as they were made then; on PostgreSQL into what the migrations up to it make."""
    with engine.begin() as connection:
        if db.is_duckdb(engine):
            for made in (f"CREATE SEQUENCE client_number START {dumped.next_number}", *dumped.duckdb):
                connection.exec_driver_sql(made)
        else:
            runner.run(connection, dumped.revision)
            connection.execute(sa.text("SELECT setval('client_number', :next, false)"), {"next": dumped.next_number})
        for name, rows in dumped.rows.items():
            connection.exec_driver_sql(f'DELETE FROM "{name}"')
            if rows:
                table = sa.table(name, *(sa.column(column) for column in dumped.columns[name]))
                named = [dict(zip(dumped.columns[name], row, strict=True)) for row in rows]
                connection.execute(table.insert(), named)
