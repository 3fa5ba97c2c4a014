"""The table of a preview: the reason beside the name, no column that says nothing, no duplicate that seems to be written."""

from streamlit.testing.v1 import AppTest

from crm import clients, db
from tests.cast import Cast
from tests.pages.opening import opened
from tests.pages.test_import_choices import latest
from tests.pages.test_imports import PREVIEW, back_to_columns, dropped
from tests.pages.test_people import submit

TWICE = "UID,Name,VIP Level\n0777,Juniper,VIP1\n0777,Juniper,VIP1\n7.43073E+17,Broken Excel,VIP1\n"


def previewed(cast: Cast, content: str, outcome: str = "") -> AppTest:
    page = dropped(cast.tomas, content, "odd.csv")
    if not outcome:
        return page
    return opened("imports", cast.tomas, batch=str(latest(cast.tomas).id), step="preview", fate=outcome)


def titles(page: AppTest) -> list[str]:
    return list(page.dataframe[0].value.columns)


def test_the_reason_stands_beside_the_name_and_what_says_nothing_is_left_out(cast_on_duckdb: Cast) -> None:
    page = previewed(cast_on_duckdb, TWICE)

    assert titles(page) == ["line", "outcome", "name", "why", "field", "now", "then"]


def test_an_outcome_that_was_chosen_or_is_the_only_one_needs_no_column(cast_on_duckdb: Cast) -> None:
    page = previewed(cast_on_duckdb, TWICE, "refused")
    alike = previewed(cast_on_duckdb, "UID,Name\n0778,Larch\n0779,Alder\n")

    assert "outcome" not in titles(page)
    assert "outcome" not in titles(alike)
    assert page.dataframe[0].value["then"].tolist() == ["7.43073E+17"]


def test_by_what_a_row_is_known_is_told_where_it_is_weaker_than_a_uid(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.tomas) as session:
        new = clients.NewContactMethod(kind=clients.ContactKind.EMAIL, value="desk@northlight.no")
        clients.contact_methods.add(session, cast.tomas, cast.northlight.id, new)

    by_mail = previewed(cast, "E-mail,Name,VIP Level\ndesk@northlight.no,Northlight,VIP6\n")
    by_uid = previewed(cast, f"UID,Name,VIP Level\n{cast.northlight.uid},Northlight,VIP7\n")

    assert (titles(by_mail)[-1], set(by_mail.dataframe[0].value["by"])) == ("by", {"E-mail"})
    assert "by" not in titles(by_uid)


def test_a_duplicate_alone_on_its_page_lists_no_field_as_if_it_were_written(cast_on_duckdb: Cast) -> None:
    page = previewed(cast_on_duckdb, TWICE, "duplicate")

    lines = page.dataframe[0].value
    assert len(lines) == 1
    assert "is the same as line" in lines["why"][0]


def test_known_rows_are_not_called_the_same_where_only_new_ones_were_to_be_added(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    file = f"UID,Name,VIP Level\n{cast.northlight.uid},Northlight,VIP7\n"
    page = back_to_columns(dropped(cast.tomas, file, "odd.csv"))
    mode = next(box for box in page.selectbox if str(box.key).startswith("mode."))
    mode.select("add")
    submit(page, PREVIEW)

    assert [one.value for one in page.info] == [
        "There is nothing to apply: every row is here already, and only new rows were to be added."
    ]


def test_contacts_and_cells_kept_as_text_are_called_in_the_reader_s_language(cast_on_duckdb: Cast) -> None:
    page = dropped(cast_on_duckdb.mei, "UID,Name,Phone,Country\n880001,Alder,+4930123456,Atlantis\n880002,Birch,,DE\n")

    lines = page.dataframe[0].value
    assert {"电话", "国家或地区"} <= set(lines["field"][lines["now"] == "—"])


def test_figures_of_a_day_say_whose_day_it_is_and_of_what_and_are_written_as_people_write_them(
    cast_on_duckdb: Cast,
) -> None:
    cast = cast_on_duckdb
    file = f"UID,Date,Product,Volume (USD)\n{cast.northlight.uid},2026-03-02,spot,1234567.5\n"

    lines = previewed(cast, file).dataframe[0].value

    assert set(lines["name"]) == {f"{cast.northlight.name} · 2026-03-02 · spot"}
    assert lines["then"][lines["field"] == "Volume, USD"].tolist() == ["1,234,567.5"]
