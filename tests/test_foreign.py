"""Whoever does not see a client reads nothing of it: through the API, in exports and in the journal every byte is looked at."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any, TypeVar
from uuid import UUID

import pyarrow.parquet
from fastapi.testclient import TestClient
from sqlmodel import Session

from crm import db, exports, history, journal, people, tasks
from crm.exports import EXPORTS, Layout, Selection
from crm.history import SetFilter
from crm.journal import UndoConflict
from crm.people import Person, Right
from crm.tasks import TaskFilter, TaskStatus
from tests.api.conftest import served
from tests.foreign import FURTHER_UID, PHONE, SIGNS, UID, WORD, Foreign, told_in
from tests.share import postgresql_in_long, tenth

pytestmark = postgresql_in_long

T = TypeVar("T")
Question = tuple[str, dict[str, Any]]


# What a parameter of a route can be; a new one needs a line here, or the test says so.
PATHS = {
    "client_id": "client",
    "interaction_id": "interaction",
    "task_id": "task",
    "batch_id": "batch",
    "change_set_id": "change_set",
}
QUERIES: dict[str, list[Any]] = {
    "limit": [200],
    "offset": [0],
    "text": [WORD, UID, PHONE],
    "within": [["clients"], ["interactions", "tasks", "imports"]],
    "status": [["done", "withdrawn"], ["closed"], ["active"]],
    "tier": ["quetzal tier"],
    "country": ["DE"],
    "tag": ["quetzal tag"],
    "venue": ["OKX"],
    "descending": [True],
    "order": ["client", "name", "title", "manager", "done_at"],
    "kind": ["internal"],
    "priority": ["normal"],
    "due_since": ["2026-01-01"],
    "due_until": ["2027-01-01"],
    "awake_on": ["2027-01-01"],
    "before": ["2027-01-01T00:00Z", 1_000_000],
    "after": [0],
    "on": ["2026-03-16"],
    "span": ["30", "custom"],
    "since": ["2026-01-01"],
    "until": ["2026-03-16"],
    "fate": ["created", "changed", "unchanged", "refused"],
    "layout": ["csv", "json"],
}
KEYS = {"by": "person", "manager": "person", "owner": "person", "client": "client", "before_id": "interaction"}


def questions(world: Foreign) -> Iterator[Question]:
    """Every GET route with each key in its place, bare and with each of its parameters."""
    for route, acts in served().openapi()["paths"].items():
        if "get" not in acts:
            continue
        given = acts["get"].get("parameters", [])
        for path in filled(route, [one["name"] for one in given if one["in"] == "path"], world):
            yield path, {}
            for name in (one["name"] for one in given if one["in"] == "query"):
                yield from ((path, {name: value}) for value in values(name, world))


def filled(route: str, names: list[str], world: Foreign) -> list[str]:
    paths = [route]
    for name in names:
        assert name in PATHS or name == "name", f"nothing is known to stand for {name} in {route}"
        keys = list(EXPORTS) if name == "name" else world.keys[PATHS[name]]
        paths = [path.replace(f"{{{name}}}", str(key)) for path in paths for key in keys]
    return paths


def values(name: str, world: Foreign) -> list[Any]:
    assert name in QUERIES or name in KEYS, f"nothing is known to stand for the parameter {name}"
    return QUERIES[name] if name in QUERIES else [str(key) for key in world.keys[KEYS[name]]]


def share_of(who: str, cases: Iterable[T]) -> list[T]:
    """Whoever had the client is asked everything; of the others, who never had it, a share will do."""
    return list(cases) if who in ("former manager", "keeper") else tenth(list(cases))


def answers(who: str, person: Person, asked: list[Question]) -> Iterator[tuple[str, bytes]]:
    with db.write(by=person) as session:
        secret = people.tokens.issue(session, person, "test").secret
    with TestClient(served(), headers={"Authorization": f"Bearer {secret}"}, raise_server_exceptions=False) as program:
        for path, about in share_of(who, asked):
            answer = program.get(path, params=about)
            assert answer.status_code < 500, (path, about, answer.text)
            yield f"{path} {about}", answer.content


def test_no_answer_of_the_api_tells_a_stranger_of_the_client(world: Foreign) -> None:
    asked = list(questions(world))
    for who, person in world.strangers.items():
        for question, content in answers(who, person, asked):
            assert told_in(content) == [], (who, question, content)

    read = b"".join(content for _, content in answers("keeper", world.keeper, asked))
    assert {WORD, UID, PHONE} <= set(told_in(read)), "whoever looks after the client reads all of this"


def lists(world: Foreign) -> Iterator[tuple[str, Layout, Selection]]:
    """Every list in every layout: whole, of the client alone, and tasks of each state sorted by client."""
    each = [TaskFilter(statuses=(status,)) for status in TaskStatus]
    asked = [
        Selection(),
        Selection(client_id=world.client),
        *(Selection(filter=one, order=tasks.ORDERS["client"]) for one in each),
    ]
    for name, layout in product(exports.EXPORTS, Layout):
        yield from ((name, layout, one) for one in (asked if name == "tasks" else asked[:2]))


def takings(who: str, person: Person, world: Foreign) -> Iterator[tuple[str, bytes]]:
    for name, layout, asked in share_of(who, lists(world)):
        yield (
            f"{name} {layout} {asked}",
            plain(layout, exports.download(person, name, layout=layout, selection=asked)[1]),
        )


def plain(layout: Layout, content: bytes) -> bytes:
    """What is packed in a file."""
    if layout is Layout.XLSX:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    if layout is Layout.PARQUET:
        return repr(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()).encode()
    return content


def test_no_export_tells_a_stranger_of_the_client(world: Foreign) -> None:
    for who, person in world.strangers.items():
        if people.may(person, Right.EXPORT):
            for taking, content in takings(who, person, world):
                assert told_in(content) == [], (who, taking)

    taken = b"".join(content for _, content in takings("keeper", world.keeper, world))
    assert {WORD, UID, FURTHER_UID, PHONE} <= set(told_in(taken))


def journal_of(viewer: Person) -> Iterator[tuple[str, str]]:
    """Their page of the journal, the rows of every set there is, and what an undo would say of rows that it left alone."""
    with db.read() as session:
        for line in history.page(session, viewer, SetFilter(), limit=1000):
            yield "page", repr(line)
        for made in journal.recent(session, limit=1000):
            rows = history.described(session, viewer, journal.changes_of(session, made.id, limit=100_000))
            assert len(rows) == made.changes
            yield (
                f"rows of {made.kind} {made.reason}",
                repr([replace(row, key="") for row in rows]),
            )  # by it rows are chosen
            left = [UndoConflict(row.entity, row.key, "changed since") for row in rows[:20]]
            yield f"left alone of {made.reason}", repr(history.names_of(session, viewer, left))


def test_the_journal_tells_a_stranger_that_something_was_done_and_not_to_whom(world: Foreign) -> None:
    for who, person in world.strangers.items():
        for place, text in journal_of(person):
            assert told_in(text.encode()) == [], (who, place, text)

    assert told_in("".join(text for _, text in journal_of(world.keeper)).encode()) == list(SIGNS)


def rows_read(session: Session, viewer: Person, change_set_id: UUID) -> list[tuple[str, str]]:
    lines = journal.changes_of(session, change_set_id, limit=1000)
    return [(row.entity, row.act) for row in history.described(session, viewer, lines)]


def test_what_is_kept_back_is_told_by_its_kind_and_by_what_happened(world: Foreign) -> None:
    with db.read() as session:
        for made in journal.recent(session, limit=1000):
            stranger, keeper = (
                rows_read(session, p, made.id) for p in (world.strangers["former manager"], world.keeper)
            )
            assert stranger == keeper
