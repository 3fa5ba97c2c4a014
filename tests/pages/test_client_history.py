"""A client's history: what was undone is told of this client, not of all that one change touched."""

from uuid import UUID

from streamlit.testing.v1 import AppTest

from crm import clients, db, journal, tasks
from crm.clients.models import Client
from tests.cast import Cast
from tests.pages.opening import opened


def raised_both(cast: Cast) -> UUID:
    """One change of two clients."""
    with db.write(by=cast.nadia, why="raised both") as session:
        for one in (cast.harbour.id, cast.lotus.id):
            session.get_one(Client, one).tier = "VIP6"
    with db.read() as session:
        return journal.recent(session, limit=1)[0].id


def history(cast: Cast, client_id: UUID) -> AppTest:
    return opened("client", cast.nadia, id=str(client_id), tab="history")


def is_offered(page: AppTest, made: UUID) -> bool:
    return any(button.key == f"history_undo_{made}" for button in page.button)


def says_undone(page: AppTest) -> bool:
    return any("undone" in one.value for one in page.markdown)


def said(page: AppTest) -> str:
    return " ".join(one.value for one in page.markdown).replace("\\", "")


def test_an_undo_that_left_a_client_alone_is_none_of_its_own(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    made = raised_both(cast)
    with db.write(by=cast.nadia, why="later") as session:
        session.get_one(Client, cast.harbour.id).tier = "VIP9"
    with db.write(by=cast.nadia, kind="undo") as session:
        undone = journal.undo(session, made)
    assert len(undone.conflicts) == 1

    alone, put_back = history(cast, cast.harbour.id), history(cast, cast.lotus.id)

    assert (says_undone(alone), is_offered(alone, made)) == (False, True)
    assert (says_undone(put_back), is_offered(put_back, made)) == (True, False)


def test_an_undo_that_was_undone_counts_no_longer(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    made = raised_both(cast)
    for _ in range(2):
        with db.read() as session:
            last = journal.recent(session, limit=1)[0].id
        with db.write(by=cast.nadia, kind="undo") as session:
            journal.undo(session, last)

    assert is_offered(history(cast, cast.lotus.id), made)


def test_an_undo_says_how_far_it_reached(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    made = raised_both(cast)
    with db.write(by=cast.nadia, why="later") as session:
        session.get_one(Client, cast.harbour.id).tier = "VIP9"
    page = history(cast, cast.lotus.id)

    page.button(key=f"history_undo_{made}").click().run()
    first = said(page)
    with db.write(by=cast.nadia, why="later still") as session:
        session.get_one(Client, cast.lotus.id).tier = "VIP8"
    again = history(cast, cast.harbour.id)
    again.button(key=f"history_undo_{made}").click().run()

    assert "Taken back, except 1 that somebody changed since." in first
    assert "Nothing was taken back: somebody changed it since." in said(again)
    assert not [button.key for button in again.button if str(button.key).startswith("undo.")]


def test_an_undo_of_what_is_in_use_does_not_say_that_it_was_changed(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.nadia, why="a new client") as session:
        new = clients.add(session, cast.nadia, clients.NewClient(name="Alder", uid="880011"))
    with db.read() as session:
        made = journal.recent(session, limit=1)[0].id
    with db.write(by=cast.nadia) as session:
        tasks.add(session, cast.nadia, tasks.NewTask(client_id=new.id, title="Call"))
    page = history(cast, new.id)

    page.button(key=f"history_undo_{made}").click().run()

    assert "Nothing was taken back: it was changed since or is in use." in said(page)
