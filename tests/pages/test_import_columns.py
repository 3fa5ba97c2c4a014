"""The columns step asks only what is open, and first what a file cannot say itself."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from crm import db
from crm.screens.imports import columns_step
from crm.screens.imports.columns_step import Understood
from crm.screens.imports.stages import View
from tests.cast import Cast
from tests.imports.test_layouts import OKX
from tests.imports.test_layouts_chosen import BARE
from tests.pages.test_import_choices import latest, words_of
from tests.pages.test_imports import LIST, back_to_columns, dropped

FILLS = f"Account Type:Main,Time Zone:UTC+3\n{BARE}"


def keys(page: AppTest) -> list[str]:
    return [str(one.key) for one in [*page.selectbox, *page.text_input]]


def asks(page: AppTest, what: str, cast: Cast) -> bool:
    batch = latest(cast.tomas)
    return f"{what}.{batch.id}.{batch.version}" in keys(page)


def test_days_that_can_be_read_in_one_way_only_are_not_asked_about(cast_on_duckdb: Cast) -> None:
    page = back_to_columns(dropped(cast_on_duckdb.tomas, "UID,Name,Birthday\n0777,Juniper,1980-04-03\n", "odd.csv"))

    assert not asks(page, "order", cast_on_duckdb)
    assert all("is read as" not in one.value.columns for one in page.dataframe)


def test_days_that_do_not_begin_with_the_year_are_asked_about(cast_on_duckdb: Cast) -> None:
    page = dropped(cast_on_duckdb.tomas, "UID,Name,Birthday\n0777,Juniper,25/12/1980\n", "odd.csv")

    assert asks(page, "order", cast_on_duckdb)
    assert list(page.dataframe[0].value.columns) == ["“Birthday” in the file", "is read as"]


def test_lines_that_were_passed_over_are_told(cast_on_duckdb: Cast) -> None:
    untouched = words_of(back_to_columns(dropped(cast_on_duckdb.tomas)))
    page = words_of(dropped(cast_on_duckdb.tomas, f"Clients of the East desk\nExported by Tomas\n\n{LIST}", "odd.csv"))

    assert "nothing had to be repaired" in untouched
    assert "2 lines above the header were passed over." in page
    assert "nothing had to be repaired" not in page


def test_a_zone_is_told_in_the_preview_as_people_write_it(cast_on_duckdb: Cast) -> None:
    page = dropped(cast_on_duckdb.nadia, OKX, "okx.csv")

    assert page.query_params["step"] == "preview"
    assert "Recognised as “OKX trading history”." in words_of(page)
    assert "Times without a zone are read as UTC+3." in words_of(page)
    told = page.dataframe[0].value
    assert {"Time", "Side", "Fee, USD"} <= set(told["field"])
    assert told["then"][told["field"] == "Time"].tolist()[0] == "10 Mar 2026 19:59"  # in Dubai, where Nadia is


def test_a_file_that_does_not_name_its_account_asks_for_it_first(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    page = dropped(cast.tomas, FILLS, "fills.csv")
    batch = latest(cast.tomas)

    assert page.text_input[0].key == f"uid.{batch.id}.{batch.version}"
    assert sum("does not name its account" in one.value for one in page.markdown) == 1
    assert "read as UTC+3." in words_of(page)
    zone = page.selectbox(key=f"zone.{batch.id}.{batch.version}")
    assert zone.value == "Etc/GMT-3"
    assert "UTC+3" in zone.options


def test_a_file_that_was_taken_for_another_kind_can_be_said_to_be_something_else(cast_on_duckdb: Cast) -> None:
    page = back_to_columns(dropped(cast_on_duckdb.tomas))
    batch = latest(cast_on_duckdb.tomas)

    page.selectbox(key=f"kind.{batch.id}.{batch.version}").select("interactions").run()

    assert latest(cast_on_duckdb.tomas).kind == "interactions"
    assert not page.exception


def test_all_that_the_step_shows_was_read_before_it_is_drawn(
    cast_on_duckdb: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = dropped(cast_on_duckdb.tomas, FILLS, "fills.csv")
    batch, drawing, drawn = latest(cast_on_duckdb.tomas), list[View](), list[View]()
    read, draw = db.read, columns_step.columns

    def watched(view: View) -> Understood | None:
        drawing.append(view)
        try:
            return draw(view)
        finally:
            drawn.append(drawing.pop())

    @contextmanager
    def reading() -> Iterator[Session]:
        assert not drawing
        with read() as session:
            yield session

    monkeypatch.setattr(columns_step, "columns", watched)
    monkeypatch.setattr(db, "read", reading)
    page.selectbox(key=f"zone.{batch.id}.{batch.version}").select("Asia/Shanghai").run()

    assert not page.exception
    assert len(drawn) == 1
