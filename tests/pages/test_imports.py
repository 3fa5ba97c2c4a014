"""Imports as a person meets them: dropped, understood, previewed, applied, taken back."""

from streamlit.testing.v1 import AppTest

from crm import clients, db, imports, jobs, journal
from crm.imports import BatchStatus
from crm.people import Person
from tests.cast import Cast
from tests.pages.opening import opened
from tests.pages.test_people import submit

LIST = (
    "UID,Name,VIP Level,Country\n"
    "743072917935893797,Northlight,VIP5,NO\n"
    "900000000000000001,Juniper Desk,VIP1,SG\n"
    "7.43073E+17,Broken Excel,VIP1,SG\n"
)

PREVIEW = "Show what would happen"


def dropped(who: Person, content: str = LIST, name: str = "list.csv") -> AppTest:
    page = opened("imports", who)
    page.file_uploader(key="import_file").upload(name, content.encode(), "text/csv")
    return page.run()


def back_to_columns(page: AppTest) -> AppTest:
    """A file whose columns are certain stands in its preview at once."""
    return page.button(key="back").click().run()


def northlights_tier(cast: Cast) -> str | None:
    with db.read() as session:
        return clients.get(session, cast.tomas, cast.northlight.id).tier


def applied(cast: Cast) -> AppTest:
    page = dropped(cast.tomas)
    page.button(key="apply").click().run()
    jobs.run_waiting()
    return page.run()


def test_a_dropped_file_is_recognised_and_its_columns_are_shown(cast_on_duckdb: Cast) -> None:
    page = back_to_columns(dropped(cast_on_duckdb.tomas))

    assert not page.exception
    assert not page.error
    assert page.dataframe[0].value["field"].tolist() == ["uid", "name", "tier", "country"]
    with db.read() as session:
        [batch] = imports.recent(session, cast_on_duckdb.tomas)
    assert (batch.kind, batch.status) == ("clients", BatchStatus.STAGED)
    assert page.query_params["batch"] == str(batch.id)


def test_a_file_whose_columns_are_certain_stands_in_its_preview_with_what_is_kept_as_it_is(
    cast_on_duckdb: Cast,
) -> None:
    certain = dropped(cast_on_duckdb.tomas, "UID,Name,VIP Level,Locker\n0777,Juniper,VIP1,7\n")
    unknown = dropped(cast_on_duckdb.tomas, "UID,Name,Locker,Shelf,Drawer\n0778,Larch,7,8,9\n")

    assert not certain.button(key="apply").disabled
    assert "Not understood, kept as extra fields: Locker." in [caption.value for caption in certain.caption]
    assert [button.key for button in unknown.button if button.key == "apply"] == []
    assert unknown.dataframe[0].value["header"].tolist() == ["UID", "Name", "Locker", "Shelf", "Drawer"]


def test_the_preview_says_what_would_happen_and_writes_nothing(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb

    page = dropped(cast.tomas)

    assert not page.exception
    lines = page.dataframe[0].value
    assert ["Northlight", "VIP2", "VIP5"] in lines[["name", "now", "then"]].values.tolist()
    assert northlights_tier(cast) == "VIP2"


def test_an_applied_file_gets_a_certificate_whose_rows_add_up(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb

    page = applied(cast)

    assert not page.exception
    assert northlights_tier(cast) == "VIP5"
    with db.read() as session:
        [batch] = imports.recent(session, cast.tomas)
        counts = imports.certificate_of(session, cast.tomas, batch.id).counts
        name, refused = imports.refused_file(session, cast.tomas, batch.id)
        assert batch.change_set_id is not None
        assert journal.get(session, batch.change_set_id).made_by == cast.tomas.id
    assert (counts.rows, counts.created, counts.changed, counts.refused) == (3, 1, 1, 1)
    assert "Broken Excel" in refused.decode("utf-8-sig")
    assert name == "list-refused.csv"


def test_an_import_is_taken_back_from_its_certificate(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = applied(cast)

    page.button(key="undo_import").click().run()

    assert not page.exception
    assert northlights_tier(cast) == "VIP2"
    with db.read() as session:
        [batch] = imports.recent(session, cast.tomas)
        assert clients.find(session, cast.tomas, "OKX", "900000000000000001") is None
    assert batch.status == BatchStatus.UNDONE


def test_the_same_file_again_says_so_and_has_nothing_to_apply(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    applied(cast)

    page = dropped(cast.tomas)

    assert page.button(key="apply").disabled
    assert len(page.info) == 2


def test_a_file_that_is_none_gets_a_sentence_in_a_red_box(cast_on_duckdb: Cast) -> None:
    page = dropped(cast_on_duckdb.tomas, "", "empty.csv")

    assert len(page.error) == 1
    assert not page.exception
    with db.read() as session:
        assert not imports.recent(session, cast_on_duckdb.tomas)


def test_a_column_can_be_corrected_before_the_preview(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = back_to_columns(dropped(cast.tomas, "UID,Who,VIP Level\n0777,Juniper,VIP1\n", "odd.csv"))
    with db.read() as session:
        [batch] = imports.recent(session, cast.tomas)
    page.session_state[f"mapping.{batch.id}.{batch.version}"] = {
        "edited_rows": {1: {"field": "name"}},
        "added_rows": [],
        "deleted_rows": [],
    }

    submit(page, PREVIEW)

    assert not page.exception
    with db.read() as session:
        fields = {column.header: column.field for column in imports.columns_of(session, cast.tomas, batch.id)}
    assert fields["Who"] == "name"


def test_somebody_elses_import_is_as_if_it_were_not_there(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    dropped(cast.tomas)
    with db.read() as session:
        [batch] = imports.recent(session, cast.tomas)

    page = opened("imports", cast.mei, batch=str(batch.id))

    assert page.error


def test_dates_that_can_be_read_both_ways_are_asked_about_and_then_read_as_said(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = dropped(cast.tomas, "UID,Name,Birthday\n0777,Juniper,03/04/1980\n", "odd.csv")
    submit(page, PREVIEW)
    assert "day first or month first" in page.error[0].value
    with db.read() as session:
        [batch] = imports.recent(session, cast.tomas)
    page.selectbox(key=f"order.{batch.id}.{batch.version}").select("dmy")

    submit(page, PREVIEW)

    assert not page.error
    assert ["Birthday", "3 Apr 1980"] in page.dataframe[0].value[["field", "then"]].values.tolist()


def test_a_row_for_somebody_elses_book_looks_new_and_waits_for_a_lead(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = dropped(cast.tomas, "UID,Name,VIP Level\n743072917935893796,Somebody,VIP1\n", "theirs.csv")
    looked = page.dataframe[0].value
    page.button(key="apply").click().run()
    jobs.run_waiting()
    page.run()

    assert "Harbour" not in looked.to_csv()
    assert page.dataframe[0].value["why"].tolist() == ["waits for a lead"]
    assert any("**1** Waiting for a lead" in text.value for text in page.markdown)
