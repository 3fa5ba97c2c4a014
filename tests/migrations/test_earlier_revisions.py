"""A desk of every earlier revision is brought to the newest with all that stood in it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from crm import db, history, people, upkeep
from crm.clients.models import Client, ContactMethod
from crm.ground import clock
from crm.journal.models import ChangeSet
from crm.migrations import runner
from crm.people import Person
from crm.upkeep import places
from tests.migrations import dumped
from tests.migrations.conftest import AFTER
from tests.migrations.dumped import Dumped


@pytest.fixture(params=dumped.revisions())
def earlier(request: pytest.FixtureRequest, bare: str) -> Dumped:
    """What stood in a database of an earlier revision, which was opened by the program of today."""
    found = dumped.read(request.param)
    dumped.load(db.engine(), found)
    dumped.seal(db.engine(), found)
    upkeep.open_store(bare)
    return found


def test_every_revision_but_the_newest_has_its_dump() -> None:
    assert [one for one in runner.revisions()[:-1] if one not in dumped.revisions()] == []


def test_nothing_is_lost_on_the_way(earlier: Dumped, bare: str) -> None:
    found = upkeep.doctor(bare)

    assert [(one.check, one.sentence) for one in found if not one.ok] == []
    with db.read() as session:
        counts = {
            name: session.connection().exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar()
            for name in earlier.rows
        }
        names = session.exec(select(Client.name)).all()
    assert counts == {name: len(rows) for name, rows in earlier.rows.items()}
    assert {"Harbour Capital", "莲花资本", "Straße & Söhne", "Southwind"} <= set(names)


def test_what_somebody_changed_before_can_be_taken_back(earlier: Dumped) -> None:
    mei = _mei()

    with db.write(by=mei) as session:
        history.undo(session, mei, _made("Mei corrects a note"))

    lotus = _client("莲花资本")
    assert (lotus.notes, lotus.tier) == ("每周二通话。", "VIP1")


def test_an_import_of_before_can_be_taken_back(earlier: Dumped, bare: str) -> None:
    with db.write(by=people.machine()) as session:
        history.undo(session, people.machine(), _made("Import of later.csv"))

    with db.read() as session:
        known = session.exec(select(Client.name).where(Client.name == "Southwind")).all()
    assert known == []
    assert _client("Harbour Capital").tier == "VIP4"
    assert [one.sentence for one in upkeep.doctor(bare) if not one.ok] == []


@pytest.mark.parametrize("earlier", [one for one in dumped.revisions() if one >= "0002"], indirect=True)
def test_clients_that_were_merged_before_can_be_taken_apart(earlier: Dumped) -> None:
    mei = _mei()

    with db.write(by=mei) as session:
        history.undo(session, mei, _made("Mei merges"))

    second = _client("Harbour Capital Limited")
    with db.read() as session:
        reached = session.exec(select(ContactMethod.value).where(ContactMethod.client_id == second.id)).all()
    assert reached == ["second@harbour.example"]


@pytest.mark.parametrize("earlier", runner.revisions()[:-1], indirect=True)
def test_the_backup_that_was_made_first_can_be_brought_back(earlier: Dumped, bare: str) -> None:
    (before,) = places.folder().glob("before-migration-*")
    db.close()

    with clock.stopped_at(AFTER + timedelta(hours=1)):
        restored = upkeep.restore(before, bare)

    assert restored.change_sets == len(earlier.rows["change_set"])
    assert [(one.check, one.sentence) for one in upkeep.doctor(bare) if not one.ok] == []


def _mei() -> Person:
    with db.read() as session:
        return session.exec(select(Person).where(Person.name == "Mei Lin")).one()


def _made(why: str) -> UUID:
    with db.read() as session:
        (found,) = [made.id for made in session.exec(select(ChangeSet)) if str(made.reason).endswith(why)]
        return found


def _client(name: str) -> Client:
    with db.read() as session:
        return session.exec(select(Client).where(Client.name == name)).one()
