"""Set-based writes: what they say in the journal, and what they keep from the engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from crm import db
from crm.journal import bulk
from tests.cast import Cast
from tests.imports.bringing import bring_in, take_back

LIST = "UID,Name,E-mail,Phone,Desk\n" + "".join(
    f"90{n:03},Client {n},c{n}@mail.example,+49301234{n:04},D{n}\n" for n in range(40)
)


@contextmanager
def empty_inserts() -> Iterator[list[str]]:
    """The statements that inserted nothing while this was open."""
    found: list[str] = []

    def look(_conn: Any, cursor: Any, statement: str, *_rest: object) -> None:
        if statement.lstrip().startswith("INSERT INTO") and "SELECT" in statement and cursor.rowcount == 0:
            found.append(statement)

    event.listen(db.engine(), "after_cursor_execute", look)
    try:
        yield found
    finally:
        event.remove(db.engine(), "after_cursor_execute", look)


def places(change_set_id: object) -> list[int]:
    with db.read() as session:
        found = session.connection().execute(
            sa.text("SELECT seq FROM change WHERE change_set_id = :id ORDER BY seq"), {"id": change_set_id}
        )
        return [seq for (seq,) in found]


def test_no_statement_inserts_nothing(cast: Cast) -> None:
    """DuckDB 2.0 hid what was inserted behind such a statement in the same transaction: 600,000 lines of a journal once."""
    with empty_inserts() as found:
        first = bring_in(cast.nadia, "clients", LIST)
        bring_in(cast.nadia, "clients", LIST)
        take_back(cast.nadia, first)

    assert [statement[:60] for statement in found] == []


def test_the_lines_of_a_set_are_counted_from_0_without_a_gap(cast: Cast) -> None:
    first = bring_in(cast.nadia, "clients", LIST)
    changed = bring_in(cast.nadia, "clients", LIST.replace("Client", "House"))
    undone = take_back(cast.nadia, changed)

    clients, handles, attributes = 40, 80, 1
    assert places(first.batch.change_set_id) == list(range(clients + handles + attributes))
    assert places(changed.batch.change_set_id) == list(range(clients))
    assert places(undone.change_set_id) == list(range(clients))


def planned(*tables: str) -> list[int]:
    """How many rows PostgreSQL expects in each."""
    with db.read() as session:
        known = "SELECT reltuples FROM pg_class WHERE relname = :name AND relkind = 'r'"
        return [int(session.connection().execute(sa.text(known), {"name": table}).scalar_one()) for table in tables]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_postgresql_learns_at_once_how_much_an_import_wrote(cast: Cast) -> None:
    """It planned the undo of 100,000 trades for the few lines that the journal had held before, and did not come to an end."""
    with db.write() as session:
        session.connection().exec_driver_sql("ANALYZE change, client, handle")
    many = "UID,Name,E-mail\n" + "".join(f"7{n:05},Client {n},c{n}@mail.example\n" for n in range(bulk.MANY))

    bring_in(cast.nadia, "clients", many)

    clients, handles = bulk.MANY + 4, bulk.MANY + 1
    change, client, handle = planned("change", "client", "handle")
    assert (client, handle) == (clients, handles)
    assert change >= 2 * bulk.MANY
