"""A certificate: why rows were refused, what was only noted, its sums, and what was taken back since."""

import json

from streamlit.testing.v1 import AppTest

from crm import jobs
from tests.cast import Cast
from tests.pages.opening import opened
from tests.pages.test_import_choices import latest
from tests.pages.test_imports import LIST, PREVIEW, applied, dropped, northlights_tier
from tests.pages.test_people import submit

WIDTH = 1008  # is what a page of 1440 pixels leaves for a table
NOTED = "900000000000000001,Juniper Desk,VIP1,SG\n"


def certified(cast: Cast, content: str) -> AppTest:
    page = dropped(cast.tomas, content)
    if "step" not in page.query_params:  # its columns need a look
        submit(page, PREVIEW)
    page.button(key="apply").click().run()
    jobs.run_waiting()
    return page.run()


def beneath(cast: Cast, show: str) -> AppTest:
    return opened("imports", cast.tomas, batch=str(latest(cast.tomas).id), show=show)


def test_refused_rows_come_first_and_apart_from_what_was_only_noted(cast_on_duckdb: Cast) -> None:
    page = certified(cast_on_duckdb, LIST.replace("7.43073E+17", NOTED + "7.43073E+17"))
    noted = beneath(cast_on_duckdb, "noted").dataframe[0].value

    assert page.button_group[0].options == ["Refused rows: 1", "Noted: 1", "Went in: 2"]
    refused = page.dataframe[0].value
    assert list(refused.columns) == ["line", "why", "column", "value"]
    assert refused["value"].tolist() == ["7.43073E+17"]
    assert ["is the same as line" in why for why in noted["why"]] == [True]


def test_what_was_done_is_not_called_done(cast_on_duckdb: Cast) -> None:
    applied(cast_on_duckdb)

    table = next(one for one in beneath(cast_on_duckdb, "rows").dataframe if str(one.key).startswith("rows."))

    assert '"What happened"' in table.proto.columns


def test_sums_are_numbers_with_the_same_decimals(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    fills = f"uid,time,symbol,side,price,quantity,fee,trade id\n{cast.northlight.uid},2026-03-01 10:00:00,BTC-USDT,buy,1000,1,0.5,t1\n"

    table = certified(cast, fills).dataframe[0]

    assert {type(amount) for row in table.value.values.tolist() for amount in row[1:]} == {float}
    assert table.proto.columns.count('"%,.2f"') == 4


def test_what_was_taken_back_in_part_is_not_called_applied(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = applied(cast)
    page.selectbox(key="undo_outcome").select("changed")
    page.button(key="undo_import").click().run()
    listed = opened("imports", cast.tomas)

    assert not page.success
    assert "Part of this import was taken back." in page.warning[0].value
    assert f"by {cast.tomas.name}" in page.warning[0].value
    assert "partly taken back" in page.caption[0].value
    assert listed.dataframe[0].value["state"].tolist() == ["partly taken back"]
    assert [one.proto.popover.label for one in page.get("popover")] == ["Take the rest back"]


def test_who_took_all_of_it_back_is_told(cast_on_duckdb: Cast) -> None:
    page = applied(cast_on_duckdb)
    page.button(key="undo_import").click().run()

    assert "This import was taken back." in page.warning[0].value
    assert f"by {cast_on_duckdb.tomas.name}" in page.warning[0].value


def test_an_undo_counts_entries_of_the_journal_and_not_rows_of_the_file(cast_on_duckdb: Cast) -> None:
    page = certified(cast_on_duckdb, "UID,Name,E-mail\n0777,Juniper,desk@juniper.sg\n")

    page.button(key="undo_import").click().run()

    assert any("2 entries of the journal were put back" in one.value for one in page.markdown)


def test_past_imports_tell_their_state_and_their_counts_within_the_page(cast_on_duckdb: Cast) -> None:
    applied(cast_on_duckdb)

    table = opened("imports", cast_on_duckdb.tomas).dataframe[0]

    columns = table.value.columns.tolist()
    assert columns[:3] == ["file", "when", "state"]
    widths = {name: one.get("width", 0) for name, one in json.loads(table.proto.columns).items()}
    assert sum(widths[name] for name in columns) <= WIDTH


def test_the_undo_of_an_import_is_undone_from_its_page(cast_on_duckdb: Cast) -> None:
    page = applied(cast_on_duckdb)
    page.button(key="undo_import").click().run()
    assert northlights_tier(cast_on_duckdb) == "VIP2"

    page.button(key="redo_import").click().run()

    assert northlights_tier(cast_on_duckdb) == "VIP5"
    assert page.success[0].value.startswith("Applied on")
    page.button(key="undo_import").click().run()
    assert northlights_tier(cast_on_duckdb) == "VIP2"
    assert latest(cast_on_duckdb.tomas).status == "undone"


def test_what_was_taken_back_in_part_is_put_back_in_part(cast_on_duckdb: Cast) -> None:
    page = applied(cast_on_duckdb)
    page.selectbox(key="undo_outcome").select("changed")
    page.button(key="undo_import").click().run()
    page.selectbox(key="undo_outcome").select("")
    page.button(key="undo_import").click().run()
    assert latest(cast_on_duckdb.tomas).status == "undone"

    page.button(key="redo_import").click().run()

    batch = latest(cast_on_duckdb.tomas)
    assert (batch.status, northlights_tier(cast_on_duckdb)) == ("applied", "VIP2")
    page.button(key="redo_import").click().run()
    assert (latest(cast_on_duckdb.tomas).undo_change_set_id, northlights_tier(cast_on_duckdb)) == (None, "VIP5")
