"""Undo puts back what a change set changed, and leaves alone what somebody changed since."""

from crm import db, journal
from crm.clients.models import Client
from tests.cast import Cast


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
