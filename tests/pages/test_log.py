"""Logging a conversation from the screen."""

from sqlmodel import select

from crm import db, journal, people
from crm.interactions import Interaction
from crm.tasks import Task, TaskKind
from tests.cast import Cast
from tests.pages.opening import opened


def test_a_manager_logs_with_two_fields(cast_on_duckdb: Cast) -> None:
    app = opened("log", cast_on_duckdb.mei)

    app.selectbox(key="log.0.client").set_value(cast_on_duckdb.harbour.id)
    app.text_area(key="log.0.summary").set_value("Asked about the fee of perpetuals.")
    app.button(key="log_it").click().run()

    with db.read() as session:
        said = session.exec(select(Interaction)).one()
        [made] = journal.recent(session, limit=1)
    assert not app.exception
    assert (said.client_id, said.person_id) == (cast_on_duckdb.harbour.id, cast_on_duckdb.mei.id)
    assert said.summary == "Asked about the fee of perpetuals."
    assert made.made_by == cast_on_duckdb.mei.id
