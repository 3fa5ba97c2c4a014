"""Choices on the way in, as a person makes them: tables, zones, lists, values, rows to take back, kept mappings."""

from uuid import UUID

from streamlit.testing.v1 import AppTest

from crm import clients, db, imports, jobs
from crm.clients.models import Client
from crm.imports import BatchStatus
from crm.intake import KINDS
from crm.people import Person
from crm.screens.imports import columns_step
from tests.cast import Cast
from tests.imports.bringing import zipped
from tests.pages.opening import opened
from tests.pages.test_imports import LIST, PREVIEW, applied, back_to_columns, dropped, northlights_tier
from tests.pages.test_people import submit


def latest(who: Person) -> imports.Batch:
    with db.read() as session:
        return imports.recent(session, who)[0]


def fill(page: AppTest, editor: str, **cells: dict[int, dict[str, object]]) -> None:
    """Write into a table, by row and column."""
    page.session_state[editor] = {"edited_rows": cells["rows"], "added_rows": [], "deleted_rows": []}


def words_of(page: AppTest) -> str:
    return " ".join(str(one.value) for one in [*page.markdown, *page.caption, *page.warning, *page.info]).replace(
        "\\", ""
    )


def test_three_times_are_shown_in_the_zone_that_is_chosen(cast_on_duckdb: Cast) -> None:
    times = "".join(f"0001,2026-03-0{n} 23:30:00,1,1,{n}\n" for n in range(1, 6))
    page = dropped(cast_on_duckdb.tomas, f"uid,time,price,quantity,trade id\n{times}", "fills.csv")
    batch = latest(cast_on_duckdb.tomas)
    before = page.dataframe[0].value.values.tolist()

    page.selectbox(key=f"zone.{batch.id}.{batch.version}").select("Asia/Shanghai").run()

    assert before[0] == ["2026-03-01 23:30:00", "2026-03-01 23:30:00", "2026-03-02"]
    assert page.dataframe[0].value.values.tolist()[0] == ["2026-03-01 23:30:00", "2026-03-01 15:30:00", "2026-03-01"]


def test_another_table_of_a_zip_is_chosen_on_the_page_and_the_rest_is_offered_afterwards(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = opened("imports", cast.tomas)
    content = zipped(clients="uid,name\n11,Alder\n", tasks="title\nCall\n")
    page.file_uploader(key="import_file").upload("all.zip", content, "application/zip").run()
    batch = latest(cast.tomas)
    assert "Not read with it: tasks.csv" in words_of(page)
    page.selectbox(key=f"table.{batch.id}.{batch.version}").select("tasks.csv").run()
    chosen = latest(cast.tomas)
    submit(page, PREVIEW)
    page.button(key="apply").click().run()
    jobs.run_waiting()
    page.run()
    page.button(key="table.clients.csv").click().run()

    assert not page.exception
    with db.read() as session:
        other = imports.get(session, cast.tomas, UUID(page.query_params["batch"]))
    assert [(one.kind, one.mapping["table"]) for one in (chosen, other)] == [
        ("tasks", "tasks.csv"),
        ("clients", "clients.csv"),
    ]


def test_lists_that_replace_cells_that_erase_and_values_for_all_rows_are_chosen_on_the_page(
    cast_on_duckdb: Cast,
) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.tomas) as session:
        session.get_one(Client, cast.northlight.id).tags = ["old"]
    page = back_to_columns(dropped(cast.tomas, f"UID,Tags,VIP Level\n{cast.northlight.uid},new,\n", "odd.csv"))
    batch = latest(cast.tomas)
    at = f"{batch.id}.{batch.version}"
    of_all = [c.field for c in KINDS["clients"].of_all if c.field not in columns_step.ASKED_APART]
    page.selectbox(key=f"lists.{at}").select("replace")
    fill(page, f"mapping.{at}", rows={2: {"erases": True}})
    fill(page, f"values.{at}", rows={of_all.index("country"): {"value": "Sweden"}})

    submit(page, PREVIEW)

    assert not page.exception
    assert not page.error
    shown = page.dataframe[0].value[["name", "field", "now", "then"]].values.tolist()
    assert ["Northlight", "Tags", "old", "new"] in shown
    assert ["Northlight", "Tier", "VIP2", "—"] in shown
    assert ["Northlight", "Country", "NO", "SE"] in shown


def test_a_closed_client_is_marked_on_its_row(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.tomas) as session:
        session.get_one(Client, cast.northlight.id).status = "closed"

    page = dropped(cast.tomas)

    assert "closed: 1" in page.warning[0].value
    assert "Only noted: is a client who is closed" in page.dataframe[0].value["why"].tolist()


def test_chosen_rows_of_an_import_are_taken_back_on_the_page(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = applied(cast)
    page.query_params["show"] = "rows"
    page.run()
    table = next(one for one in page.dataframe if str(one.key).startswith("rows."))
    place = table.value["name"].tolist().index("Juniper Desk")
    page.session_state[str(table.key)] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    page.run()

    page.button(key="undo_chosen").click().run()

    assert not page.exception
    with db.read() as session:
        assert clients.find(session, cast.tomas, "OKX", "900000000000000001") is None
    assert northlights_tier(cast) == "VIP5"
    assert latest(cast.tomas).status == BatchStatus.APPLIED


def test_what_an_undo_left_alone_is_told_by_name_and_taken_back_if_one_insists(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = applied(cast)
    with db.write(by=cast.tomas) as session:
        session.get_one(Client, cast.northlight.id).tier = "VIP9"

    page.button(key="undo_import").click().run()
    told = [row for one in page.dataframe for row in one.value.values.tolist()]
    left = northlights_tier(cast)
    page.checkbox(key="undo_force").check()
    page.button(key="undo_import").click().run()

    assert any("Northlight" in row for row in told)
    assert (left, northlights_tier(cast)) == ("VIP9", "VIP2")
    assert latest(cast.tomas).status == BatchStatus.UNDONE


def test_only_the_changed_rows_are_taken_back(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = applied(cast)

    page.selectbox(key="undo_outcome").select("changed")
    page.button(key="undo_import").click().run()

    assert northlights_tier(cast) == "VIP2"
    with db.read() as session:
        assert clients.find(session, cast.tomas, "OKX", "900000000000000001") is not None


def test_a_mapping_is_kept_known_again_renamed_and_forgotten(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = back_to_columns(dropped(cast.tomas))
    batch = latest(cast.tomas)
    page.text_input(key=f"keep.{batch.id}.{batch.version}").input("Weekly list")
    submit(page, PREVIEW)
    again = dropped(cast.tomas, LIST.replace("VIP5", "VIP6"))
    assert "kept them under “Weekly list”" in words_of(again)
    with db.read() as session:
        [kept] = imports.kept_mappings(session, cast.tomas)

    page = opened("imports", cast.tomas)
    page.text_input(key=f"kept_name.{kept.id}.{kept.version}").input("Monthly list")
    page.button(key="kept_rename").click().run()
    with db.read() as session:
        names = [one.name for one in imports.kept_mappings(session, cast.tomas)]
    page.button(key="kept_forget").click().run()

    assert names == ["Monthly list"]
    with db.read() as session:
        assert not imports.kept_mappings(session, cast.tomas)


def test_first_values_are_those_at_the_top_of_the_file(cast_on_duckdb: Cast) -> None:
    names = "".join(f"0{100 + place},Client {place % 7}\n" for place in range(900, 0, -1))
    dropped(cast_on_duckdb.tomas, f"UID,Name\n{names}", "many.csv")

    with db.read() as session:
        columns = imports.columns_of(session, cast_on_duckdb.tomas, latest(cast_on_duckdb.tomas).id)

    assert [column.samples for column in columns] == [("01000", "0999", "0998"), ("Client 4", "Client 3", "Client 2")]
