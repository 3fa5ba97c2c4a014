"""Set-based writes: what they say in the journal, and what they keep from the engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from crm import db
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
