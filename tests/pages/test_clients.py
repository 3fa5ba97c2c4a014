"""Finding clients, adding one, and acting on several at once."""

from datetime import date
from uuid import UUID

import pandas as pd
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import clients, db, interactions
from crm.clients import Client, NewClient
from crm.tasks import Task
from tests.cast import Cast
from tests.pages.opening import opened, tick


def names(page: AppTest) -> list[str]:
    return [name for table in page.dataframe for name in table.value["name"]]


def kept(client_id: UUID) -> Client:
    with db.read() as session:
        return session.exec(select(Client).where(Client.id == client_id)).one()


def test_a_client_is_found_by_name_uid_and_e_mail(cast_on_duckdb: Cast) -> None:
    mei = cast_on_duckdb.mei

    assert names(opened("clients", mei)) == ["Harbour Capital", "莲花资本"]
    assert names(opened("clients", mei, q="莲花")) == ["莲花资本"]
    assert names(opened("clients", mei, q="893796")) == ["Harbour Capital"]
    assert names(opened("clients", mei, q="desk@harbour")) == ["Harbour Capital"]


def test_a_lead_sees_the_books_of_the_team_and_narrows_them_by_manager(cast_on_duckdb: Cast) -> None:
    nadia = cast_on_duckdb.nadia

    assert names(opened("clients", nadia, sort="tier")) == ["莲花资本", "Northlight", "Harbour Capital"]
    assert names(opened("clients", nadia, manager=str(cast_on_duckdb.tomas.id))) == ["Northlight"]


def test_the_address_sorts_the_list_either_way_and_a_page_that_is_not_there_is_the_first(cast_on_duckdb: Cast) -> None:
    nadia = cast_on_duckdb.nadia

    assert names(opened("clients", nadia, sort="tier", way="down")) == ["Harbour Capital", "Northlight", "莲花资本"]
    assert names(opened("clients", nadia, sort="number; DROP TABLE client")) == [
        "Harbour Capital",
        "Northlight",
        "莲花资本",
    ]
    assert names(opened("clients", nadia, page="9")) == ["Harbour Capital", "Northlight", "莲花资本"]


def test_columns_that_the_address_names_stand_beside_the_name(cast_on_duckdb: Cast) -> None:
    page = opened("clients", cast_on_duckdb.mei, column="uid", sort="uid", way="down")

    assert list(page.dataframe[0].value.columns) == ["name", "uid"]
    assert page.dataframe[0].value["uid"].tolist() == ["743072917935893796", "0001"]


def test_who_is_not_found_is_said_with_a_way_on(cast_on_duckdb: Cast) -> None:
    page = opened("clients", cast_on_duckdb.tomas, q="Harbour")

    assert names(page) == []
    assert "Nobody is found by" in page.info[0].value


def test_a_new_client_needs_a_venue_a_name_and_a_uid(cast_on_duckdb: Cast) -> None:
    page = opened("clients", cast_on_duckdb.tomas)

    page.button(key="new_client").click().run()
    page.text_input(key="new_client_name").set_value("Juniper Fund")
    page.text_input(key="new_client_uid").set_value("0099")
    page.button(key="new_client_now").click().run()

    with db.read() as session:
        added = clients.find(session, cast_on_duckdb.tomas, "OKX", "0099")
    assert not page.exception
    assert added
    assert (added.name, added.manager_id) == ("Juniper Fund", cast_on_duckdb.tomas.id)


def test_a_uid_that_is_taken_is_refused_in_a_sentence(cast_on_duckdb: Cast) -> None:
    page = opened("clients", cast_on_duckdb.tomas)

    page.button(key="new_client").click().run()
    page.text_input(key="new_client_name").set_value("Northlight again")
    page.text_input(key="new_client_uid").set_value(cast_on_duckdb.northlight.uid)
    page.button(key="new_client_now").click().run()

    assert "Northlight" in page.error[0].value
    with db.read() as session:
        assert clients.page(session, cast_on_duckdb.tomas, clients.ClientFilter()).total == 1


def test_a_lead_moves_chosen_clients_and_their_tasks_to_another_book(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.mei, why="plan") as session:
        session.add(Task(title="Review", client_id=cast.harbour.id, owner_id=cast.mei.id, due_on=date(2026, 3, 20)))
    page = tick(opened("clients", cast.nadia), 0)

    page.button(key="bar_reassign").click().run()
    page.selectbox(key="reassign_to").set_value(cast.tomas.id)
    page.button(key="reassign_now").click().run()

    with db.read() as session:
        [task] = session.exec(select(Task)).all()
    assert kept(cast.harbour.id).manager_id == cast.tomas.id
    assert task.owner_id == cast.tomas.id


def test_chosen_clients_get_tags_and_a_task_each(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = tick(opened("clients", cast.mei), 0, 1)
    page.button(key="bar_tag").click().run()
    page.multiselect(key="tag_tags").set_value(["whale"])
    page.button(key="tag_now").click().run()

    page = tick(opened("clients", cast.mei), 0, 1)
    page.button(key="bar_task").click().run()
    page.text_input(key="new_task_title").set_value("Invite to the dinner")
    page.button(key="new_task_now").click().run()

    with db.read() as session:
        found = session.exec(select(Task)).all()
    assert (kept(cast.harbour.id).tags, kept(cast.lotus.id).tags) == (["whale"], ["whale"])
    assert {task.client_id for task in found} == {cast.harbour.id, cast.lotus.id}


def test_the_view_shows_what_is_on_and_removing_one_column_keeps_the_others(cast_on_duckdb: Cast) -> None:
    page = opened("clients", cast_on_duckdb.mei)
    columns = page.multiselect(key="narrowed_column")

    assert page.selectbox(key="addressed_sort").value == "name"
    assert columns.value == ["tier", "health", "volume", "change", "last_contact", "next_task"]
    columns.select("uid").run()
    assert list(page.dataframe[0].value.columns) == ["name", *columns.value[:-1], "uid"]

    page = opened("clients", cast_on_duckdb.mei, column="-")
    assert (list(page.dataframe[0].value.columns), page.multiselect(key="narrowed_column").value) == (["name"], [])


def test_whoever_was_never_contacted_waits_longest(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.mei) as session:
        interactions.log(session, cast.mei, interactions.NewInteraction(client_id=cast.harbour.id, summary="x"))

    assert names(opened("clients", cast.mei, sort="last_contact"))[0] == "莲花资本"
    assert names(opened("clients", cast.mei, sort="last_contact", way="down"))[0] == "Harbour Capital"


def test_what_is_taken_along_is_the_list_on_the_screen(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.nadia) as session:
        for n in range(60):
            clients.add(session, cast.nadia, NewClient(name=f"C{n:02}", uid=f"9{n:02}", manager_id=cast.mei.id))
    page = opened("clients", cast.mei, column="uid", sort="uid", way="down")
    on_screen = page.dataframe[0].value
    taken: list[pd.DataFrame] = []

    def script(me, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 -- it runs alone
        from crm.clients import ClientFilter
        from crm.ground import clock
        from crm.screens.clients import listing
        from crm.web.kit.table import Order

        shown = listing.described(me, clock.today(me.time_zone))
        out.append(listing.frame(me, ClientFilter(), shown, Order("uid", descending=True)))

    app = AppTest.from_function(script, args=(cast.mei, taken))
    app.query_params["column"] = "uid"
    app.run()

    assert not app.exception
    assert list(taken[0].columns) == ["Name", "UID"]
    assert taken[0]["UID"].tolist()[:50] == on_screen["uid"].tolist()
    assert len(taken[0]) == 62


def test_every_page_of_a_list_is_reached_by_its_number(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.nadia) as session:
        for n in range(177):
            clients.add(session, cast.nadia, NewClient(name=f"C{n:03}", uid=f"9{n:03}", manager_id=cast.mei.id))
    page = opened("clients", cast.mei)

    page.number_input[0].set_value(3).run()

    assert (page.number_input[0].max, page.query_params["page"]) == (4, "3")
    assert names(page)[0] == "C100"
