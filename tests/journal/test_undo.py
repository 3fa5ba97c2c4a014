"""Undo puts back what a change set changed, and leaves alone what somebody changed since."""

from uuid import UUID

from crm import db, journal
from crm.clients.models import Client, Handle
from tests.cast import Cast
from tests.imports.bringing import everything


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
        session.add(Handle(client_id=cast.harbour.id, kind="telegram", value="harbour"))
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
        made = Handle(client_id=cast.harbour.id, kind="telegram", value="harbour")
        session.add(made)
    with db.read() as session:
        added = journal.recent(session, limit=1)[0].id
    with db.write(by=cast.mei) as session:
        session.get_one(Handle, made.id).value = "harbour_new"

    with db.write(by=cast.mei, kind="undo") as session:
        assert [c.reason for c in journal.undo(session, added).conflicts] == ["changed since"]
    with db.write(by=cast.mei, kind="undo") as session:
        journal.undo(session, added, force=True)
    undone_newest(cast)

    with db.read() as session:
        assert session.get_one(Handle, made.id).value == "harbour_new"


def undone_newest(cast: Cast) -> UUID:
    """Undo the newest change set; gives the undo's own."""
    with db.read() as session:
        newest = journal.recent(session, limit=1)[0].id
    with db.write(by=cast.mei, kind="undo") as session:
        undone = journal.undo(session, newest)
    assert undone.conflicts == []
    assert undone.change_set_id
    return undone.change_set_id
