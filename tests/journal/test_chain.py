"""The journal notes every change by itself, and shows when somebody edits it."""

import pytest
import sqlalchemy as sa

from crm import db, journal
from crm.clients.models import Client, ContactMethod
from crm.ground.errors import ConflictError
from crm.journal import bulk, entities
from tests.cast import Cast


def test_an_insert_an_update_and_a_delete_each_leave_what_was_and_what_is(cast: Cast) -> None:
    with db.write(by=cast.mei, why="a phone") as session:
        handle = ContactMethod(client_id=cast.harbour.id, kind="phone", value="+85212345678")
        session.add(handle)
    with db.write(by=cast.mei) as session:
        session.get_one(ContactMethod, handle.id).label = "office"
    with db.write(by=cast.mei) as session:
        session.delete(session.get_one(ContactMethod, handle.id))

    with db.read() as session:
        lines = journal.history_of(session, "handle", handle.id)
    said = [
        (made.made_by, line.before and line.before.get("label"), line.after and line.after.get("label"))
        for made, line in lines
    ]
    assert said == [(cast.mei.id, "office", None), (cast.mei.id, "", "office"), (cast.mei.id, None, "")]


def test_two_saves_of_one_row_in_a_write_are_one_change(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        client = session.get_one(Client, cast.harbour.id)
        client.name = "Draft"
        session.flush()
        client.name = "Final"

    with db.read() as session:
        newest = journal.recent(session, limit=1)[0]
        (line,) = journal.changes_of(session, newest.id)
    assert (line.before, line.after) == ({"name": "Harbour Capital", "version": 1}, {"name": "Final", "version": 3})


def test_a_write_that_fails_leaves_no_trace(cast: Cast) -> None:
    with db.read() as session:
        before = journal.data_version(session)

    def rename_and_fail() -> None:
        with db.write(by=cast.mei) as session:
            session.get_one(Client, cast.harbour.id).name = "Lost"
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rename_and_fail()

    with db.read() as session:
        assert journal.data_version(session) == before
        assert session.get_one(Client, cast.harbour.id).name == "Harbour Capital"


def test_the_second_of_two_people_saving_one_client_is_told(cast: Cast) -> None:
    with db.read() as session:
        seen_by_nadia = session.get_one(Client, cast.harbour.id)
    with db.write(by=cast.mei) as session:
        session.get_one(Client, cast.harbour.id).name = "Mei's"

    seen_by_nadia.name = "Nadia's"
    with pytest.raises(ConflictError), db.write(by=cast.nadia) as session:
        session.add(seen_by_nadia)

    with db.read() as session:
        assert session.get_one(Client, cast.harbour.id).name == "Mei's"


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE change SET after = replace(CAST(after AS VARCHAR), 'Harbor', 'Harbur')::JSON WHERE change_set_id = '{id}'",
        "UPDATE change_set SET why = 'nothing to see' WHERE id = '{id}'",
        "DELETE FROM change WHERE change_set_id = '{id}'",
    ],
)
def test_whoever_edits_the_journal_is_found_out(cast: Cast, edit: str) -> None:
    with db.write(by=cast.mei, why="rename") as session:
        session.get_one(Client, cast.harbour.id).name = "Harbor"
    with db.write(by=cast.mei) as session:
        session.get_one(Client, cast.lotus.id).tier = "VIP2"
    with db.read() as session:
        renamed = journal.recent(session, limit=2)[1]
        assert journal.first_broken(session) is None

    with db.engine().begin() as connection:
        connection.execute(sa.text(edit.replace("{id}", str(renamed.id))))

    with db.read() as session:
        broken = journal.first_broken(session)
    assert broken is not None
    assert broken.id == renamed.id


def test_many_rows_are_journalled_by_one_statement(cast: Cast) -> None:
    clients = entities.of(Client)
    with db.write(by=cast.nadia, why="all to VIP8") as session:
        changed = bulk.update(
            session, clients, "(SELECT id, 'VIP8' AS tier FROM client WHERE tier <> 'VIP4')", ["tier"]
        )

    with db.read() as session:
        newest = journal.recent(session, limit=1)[0]
        lines = journal.changes_of(session, newest.id)
    assert changed == len(lines) == newest.changes == 3
    assert {line.after["tier"] for line in lines if line.after} == {"VIP8"}
    assert all(set(line.before or {}) == {"tier", "version"} for line in lines)
