"""Whatever was done, its undo gives back exactly what was there."""

import random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from crm import db, journal
from crm.clients.models import Client, ContactMethod
from crm.ground.keys import uuid7
from tests.cast import Cast
from tests.imports.bringing import everything
from tests.share import examples

STEPS = ("rename", "tag", "add handle", "drop handle", "add client", "move")


@pytest.fixture(scope="module")
def steps() -> st.SearchStrategy[list[tuple[str, int]]]:
    return st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 10**6)), min_size=1, max_size=12)


def act(session: db.sessions.WriteSession, cast: Cast, step: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test's dice
    client = chance.choice(session.exec(select(Client).order_by(Client.uid)).all())
    match step:
        case "rename":
            client.name = f"Name {seed}"
        case "tag":
            client.tags, client.attributes = [*client.tags, str(seed)], {"desk": str(seed)}
        case "move":
            client.manager_id = chance.choice([cast.mei.id, cast.tomas.id])
        case "add handle":
            session.add(ContactMethod(client_id=client.id, kind="telegram", value=f"t{seed}"))
        case "drop handle":
            for handle in session.exec(select(ContactMethod).where(ContactMethod.client_id == client.id)).all():
                session.delete(handle)
        case "add client":
            session.add(Client(id=uuid7(), number=100 + seed, venue="OKX", uid=f"u{seed}", name=str(seed)))
    session.flush()


@given(data=st.data())
@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_of_anything_gives_equal_rows(
    cast: Cast, steps: st.SearchStrategy[list[tuple[str, int]]], data: st.DataObject
) -> None:
    before = everything()
    done: list[UUID] = []
    met: set[int] = set()  # a seed names what it adds, so each is used once
    for step in data.draw(st.lists(steps, min_size=1, max_size=3)):
        with db.write(by=cast.nadia) as session:
            for name, seed in step:
                if seed not in met:
                    met.add(seed)
                    act(session, cast, name, seed)
        with db.read() as session:
            newest = journal.recent(session, limit=1)[0]
        if (
            newest.made_by == cast.nadia.id and newest.kind != "undo" and newest.id not in done
        ):  # a step may change nothing
            done.append(newest.id)

    for change_set_id in reversed(done):
        with db.write(by=cast.nadia, kind="undo") as session:
            undone = journal.undo(session, change_set_id)
        assert undone.conflicts == []

    assert everything() == before
    with db.read() as session:
        assert journal.first_broken(session) is None
