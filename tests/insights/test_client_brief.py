"""A client in brief: what stands in it, whose it is, and that the client is read once."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import Session

from crm import db, tasks
from crm.ground.errors import NotFoundError
from crm.insights import client_brief
from crm.tasks import NewTask
from tests.cast import Cast


def test_a_brief_holds_the_client_its_numbers_and_the_next_open_tasks(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        for day in (20, 18, 19, 21, 17):
            tasks.add(session, cast.mei, NewTask(title=str(day), client_id=cast.harbour.id, due_on=date(2026, 3, day)))
        ended = tasks.add(
            session, cast.mei, NewTask(title="Ended", client_id=cast.harbour.id, due_on=date(2026, 3, 16))
        )
        tasks.done(session, cast.mei, ended.id, outcome="Done")

    with db.read() as session:
        brief = client_brief.brief_of(session, cast.mei, cast.harbour.id)

    assert (brief.client.name, brief.summary.open_tasks) == ("Harbour Capital", 5)
    assert [task.title for task in brief.tasks] == ["17", "18", "19", "20"]


def test_nobody_is_briefed_about_a_client_of_another_book(cast: Cast) -> None:
    with db.read() as session, pytest.raises(NotFoundError, match="not in your book"):
        client_brief.brief_of(session, cast.tomas, cast.harbour.id)


def test_a_brief_asks_for_its_client_once(cast: Cast) -> None:
    with db.read() as session:
        asked = _loads_of_clients(session)
        client_brief.brief_of(session, cast.mei, cast.harbour.id)

    assert len(asked) == 1


def _loads_of_clients(session: Session) -> list[str]:
    """The statements of a session that read a whole client."""
    found: list[str] = []

    def seen(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT") and "client.search_text" in statement.split("FROM", 1)[0]:
            found.append(statement)

    event.listen(session.connection(), "before_cursor_execute", seen)
    return found
