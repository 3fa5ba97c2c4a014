"""What a page shows of clients whom its reader no longer looks after: what is owed, what was done, and nobody's name."""

from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import clients, db, journal, tasks
from crm.clients import ClientChange
from crm.imports import Batch
from crm.tasks import NewTask, TaskStatus
from tests.cast import Cast, give_alone
from tests.imports.bringing import bring_in
from tests.pages.opening import opened, tick

LOST = "a client you no longer look after"


@pytest.fixture
def cast(cast_on_duckdb: Cast) -> Cast:
    """Tomas owes Northlight a call, and has changed its tier; now it is Mei's."""
    cast = cast_on_duckdb
    with db.write(by=cast.tomas, why="new task") as session:
        new = NewTask(title="Call back", client_id=cast.northlight.id, due_on=date(2026, 3, 16))
        tasks.add(session, cast.tomas, new)
    bring_in(cast.tomas, "clients", f"uid,tier\n{cast.northlight.uid},VIP3\n")
    with db.write(by=cast.tomas, why="client details") as session:
        clients.change(
            session, cast.tomas, cast.northlight.id, ClientChange(version=2, name="Northlight Two", tier="VIP4")
        )
    give_alone(cast.northlight, cast.mei)
    return cast


def table(page: AppTest) -> list[list[object]]:
    assert not page.exception
    found: list[list[object]] = page.dataframe[0].value.values.tolist()
    return found


def test_what_is_still_owed_is_listed_without_a_name_and_leads_nowhere(cast: Cast) -> None:
    page = opened("tasks", cast.tomas)
    assert page.dataframe[0].value[["title", "client"]].values.tolist() == [["Call back", LOST]]

    day = opened("my_day", cast.tomas)
    assert LOST in [caption.value for caption in day.caption]
    assert not [link for link in day.get("page_link") if str(cast.northlight.id) in str(link.proto)]


def test_it_is_told_in_the_readers_language(cast: Cast) -> None:
    cast.tomas.locale = "zh"
    with db.write(by=cast.tomas, why="language") as session:
        session.merge(cast.tomas)

    page = opened("tasks", cast.tomas)

    assert page.dataframe[0].value["client"].tolist() == ["已不由您负责的客户"]


def test_it_is_finished_without_a_conversation_that_nobody_could_log(cast: Cast) -> None:
    page = tick(opened("tasks", cast.tomas), 0)

    page.button(key="bar_done").click().run()
    assert "done_channel" not in [box.key for box in page.selectbox]
    page.text_area(key="done_outcome").set_value("Mei calls them.")
    page.button(key="done_now").click().run()

    assert not page.exception
    assert not page.error
    with db.read() as session:
        [task] = tasks.of_client(session, cast.mei, cast.northlight.id)
    assert (task.status, task.outcome) == (TaskStatus.DONE, "Mei calls them.")
    assert not opened("tasks", cast.tomas, status="done").dataframe


def test_the_journal_shows_that_a_client_was_changed_and_neither_its_name_nor_any_value(cast: Cast) -> None:
    with db.read() as session:
        changed = journal.recent(session, limit=2)[1]
    assert changed.why == "client details"

    lost, seen = (opened("journal", person, set=str(changed.id)) for person in (cast.tomas, cast.nadia))

    assert table(lost) == [["Client", LOST, "Changed", "—", "—", "—"]]
    assert ["Client", "Northlight Two", "Changed", "Name", "Northlight", "Northlight Two"] in table(seen)


def test_so_does_the_certificate_of_an_import(cast: Cast) -> None:
    with db.read() as session:
        brought = next(made for made in journal.recent(session, limit=10) if made.kind == "import")
        [batch] = session.exec(select(Batch.id).where(Batch.change_set_id == brought.id))

    page = opened("imports", cast.tomas, batch=str(batch), show="rows")

    assert [LOST, "Changed", ""] in table(page)
