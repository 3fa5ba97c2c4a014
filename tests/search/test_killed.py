"""kill -9 while the index follows: nothing that was written is missing from it; two processes find what the other wrote."""

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
import tantivy
from sqlmodel import col, select

from crm import db, people, search
from crm.clients import Client
from crm.search import follower
from tests.cast import Cast
from tests.search.test_finding import titles
from tests.share import LONG

MOMENTS = 25  # on each engine


def acknowledged(database: str, start: int, seconds: float) -> list[int]:
    """Let the process work, kill it that long after its first word, and give what it had said by then."""
    words = [sys.executable, "-m", "tests.search.busy", database, str(start)]
    said: list[int] = []
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as busy:
        assert busy.stdout is not None
        for line in busy.stdout:
            if not said:
                threading.Timer(seconds, busy.kill).start()
            said.append(int(line))
    return said


def missing() -> list[str]:
    """Clients of the database that a search for their name does not find first."""
    with db.read() as session:
        names = session.exec(select(Client.name).where(col(Client.name).like("Quillfeather %"))).all()
        return [
            name
            for name in names
            if [hit.title for hit in search.find(session, people.machine(), name, ["clients"], 1)] != [name]
        ]


def documents(kind: str) -> int:
    """How many of a kind are in the index."""
    found = follower._index(follower.folder())
    found.reload()
    asked = tantivy.Query.term_query(found.schema, "kind", kind)
    return len(found.searcher().search(asked, 100_000).hits)


def test_after_a_kill_everything_is_found_and_nothing_twice(cast: Cast, database: str) -> None:
    start = 1
    for _ in range(MOMENTS if LONG else 1):
        db.close()
        follower.forget()
        start = acknowledged(database, start, random.uniform(0, 1.0))[-1] + 2  # noqa: S311

        assert missing() == []
        with db.read() as session:
            assert documents("clients") == session.scalar(sa.select(sa.func.count()).select_from(Client))


def test_two_processes_find_what_the_other_wrote(cast: Cast, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.is_duckdb():
        return  # one process alone holds its file
    monkeypatch.setattr(follower, "PATIENCE", 30)  # machines of tests are busy
    assert titles(cast.mei, "quillfeather") == []
    words = [sys.executable, "-m", "tests.search.busy", database, "1"]

    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as other:
        assert other.stdout is not None
        for turn in range(1, 6):
            assert int(other.stdout.readline()) == turn
            with db.read() as session:
                hits = search.find(session, people.machine(), f"Q{turn}", ["clients"])
            assert f"Quillfeather Q{turn}" in [hit.title for hit in hits]
        other.kill()
