"""What goes along when clients change hands goes along by a form and by a file alike."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from crm import clients, db, handover
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.handover import registry
from crm.people import machine
from crm.tasks import Task
from tests.cast import Cast
from tests.imports.bringing import bring_in


def owe(cast: Cast) -> None:
    """At one in the night of Shanghai it is still the day before in Berlin."""
    with db.write(by=machine()) as session:
        at = datetime(2026, 3, 19, 17, 0, tzinfo=UTC)
        session.add(
            Task(title="Call", client_id=cast.harbour.id, owner_id=cast.mei.id, due_at=at, due_on=date(2026, 3, 20))
        )


def by_form(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        assert handover.reassign(session, cast.nadia, [cast.harbour.id], to=cast.tomas.id) == 1


def by_file(cast: Cast) -> None:
    assert bring_in(cast.nadia, "clients", f"uid,manager\n{cast.harbour.uid},tomas@desk.example\n").counts.changed == 1


@pytest.mark.parametrize("move", [by_form, by_file])
def test_an_open_task_goes_along_and_is_due_on_the_receivers_day(cast: Cast, move: object) -> None:
    owe(cast)

    move(cast)  # type: ignore[operator]

    with db.read() as session:
        task = session.exec(select(Task)).one()
        held = clients.assignments_of(session, cast.nadia, cast.harbour.id)
    assert (task.owner_id, task.due_on) == (cast.tomas.id, date(2026, 3, 19))
    assert [one.person_id for one in held] == [cast.tomas.id, cast.mei.id]


@pytest.mark.parametrize("move", [by_form, by_file])
def test_a_room_that_registers_a_step_takes_part_in_both(
    cast: Cast, move: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[object, object]] = []

    def step(session: WriteSession) -> None:
        told.extend((row[0], row[1]) for row in Sql(session).rows("SELECT from_id, to_id FROM moving"))

    monkeypatch.setattr(registry, "moves", [*registry.moves, step])
    move(cast)  # type: ignore[operator]

    assert [(str(old), str(new)) for old, new in told] == [(str(cast.mei.id), str(cast.tomas.id))]
