"""Undo puts back what a change set changed, and leaves alone what somebody changed since."""

from uuid import UUID

import pytest

from crm import db, journal
from crm.clients.models import Client, ContactMethod
from tests.cast import Cast
from tests.imports.bringing import bring_in, everything, take_back


def newest() -> journal.ChangeSet:
    with db.read() as session:
        return journal.recent(session, limit=1)[0]


def test_undo_brings_back_the_name_a_client_had_before(cast: Cast) -> None:
    with db.write(by=cast.mei, why="rename") as session:
        session.get_one(Client, cast.harbour.id).name = "Harbor"
    renamed = newest()

    with db.write(by=cast.mei) as session:
        undone = journal.undo(session, renamed.id)

    with db.read() as session:
        assert session.get_one(Client, cast.harbour.id).name == "Harbour Capital"
        assert journal.undone_by(session, renamed.id) is not None
        assert journal.first_broken(session) is None
    assert undone.conflicts == []


def test_undo_leaves_a_field_alone_that_somebody_changed_since(cast: Cast) -> None:
    with db.write(by=cast.mei, why="rename") as session:
        session.get_one(Client, cast.harbour.id).name = "Harbor"
    renamed = newest()
    with db.write(by=cast.nadia) as session:
        session.get_one(Client, cast.harbour.id).name = "Harbour Group"

    with db.write(by=cast.mei) as session:
        undone = journal.undo(session, renamed.id)

    with db.read() as session:
        assert session.get_one(Client, cast.harbour.id).name == "Harbour Group"
    assert [(c.entity, c.reason) for c in undone.conflicts] == [("client", "changed since")]


def test_an_undone_import_names_what_it_took_away_and_its_own_undo_brings_it_back(cast: Cast) -> None:
    with db.write(by=cast.mei, why="new handle") as session:
        session.add(ContactMethod(client_id=cast.harbour.id, kind="telegram", value="harbour"))
    after = everything()

    first = undone_newest(cast)
    with db.read() as session:
        (line,) = journal.changes_of(session, first)
        assert line.before
        assert line.before["value"] == "harbour"
        assert line.after is None
    second = undone_newest(cast)

    assert everything() == after
    with db.read() as session:
        assert journal.get(session, second).undoes == first
        assert journal.first_broken(session) is None


def test_a_row_changed_since_is_taken_away_by_force_as_it_stood(cast: Cast) -> None:
    with db.write(by=cast.mei, why="new handle") as session:
        made = ContactMethod(client_id=cast.harbour.id, kind="telegram", value="harbour")
        session.add(made)
    with db.read() as session:
        added = journal.recent(session, limit=1)[0].id
    with db.write(by=cast.mei) as session:
        session.get_one(ContactMethod, made.id).value = "harbour_new"

    with db.write(by=cast.mei, kind="undo") as session:
        assert [c.reason for c in journal.undo(session, added).conflicts] == ["changed since"]
    with db.write(by=cast.mei, kind="undo") as session:
        journal.undo(session, added, force=True)
    undone_newest(cast)

    with db.read() as session:
        assert session.get_one(ContactMethod, made.id).value == "harbour_new"


def undone_newest(cast: Cast) -> UUID:
    """Undo the newest change set; gives the undo's own."""
    with db.read() as session:
        newest = journal.recent(session, limit=1)[0].id
    with db.write(by=cast.mei, kind="undo") as session:
        undone = journal.undo(session, newest)
    assert undone.conflicts == []
    assert undone.change_set_id
    return undone.change_set_id


@pytest.mark.parametrize(
    ("kind", "head", "line", "changed"),
    [
        ("balances", "uid,date,equity", "2026-03-01,5", "2026-03-01,7"),
        ("daily_activity", "uid,date,product,instrument,volume", "2026-03-01,spot,A|B,5", "2026-03-01,spot,A|B,7"),
        (
            "trades",
            "uid,time,symbol,side,price,quantity,trade id",
            "2026-03-01T10:00:00Z,BTC-USDT,buy,1,1,T|1",
            "2026-03-01T10:00:00Z,BTC-USDT,sell,1,2,T|1",
        ),
    ],
)
def test_facts_that_a_file_changed_are_what_they_were_again(
    cast: Cast, kind: str, head: str, line: str, changed: str
) -> None:
    bring_in(cast.mei, kind, f"{head}\n{cast.harbour.uid},{line}\n")
    before = everything()
    done = bring_in(cast.mei, kind, f"{head}\n{cast.harbour.uid},{changed}\n")
    assert done.counts.changed == 1

    undone = take_back(cast.mei, done)

    assert (undone.rows, undone.conflicts) == (1, [])
    assert everything() == before
