"""One table under every list: how it is sorted, turned over, ticked, and what of it stands in the address."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crm.web import locale
from crm.web.kit import columns
from crm.web.kit.table import Column, Order, Table, arranged, drawn, turned
from tests.screen import ROOT

Row = tuple[str, int | None]
ROWS: list[Row] = [("b", 2), ("A", None), ("c", 10), ("", 9)]
COLUMNS: list[Column[Row]] = [
    Column("name", columns.text("Name"), lambda row: row[0], by=lambda row: row[0]),
    Column("amount", columns.text("Amount"), lambda row: f"${row[1]}", by=lambda row: row[1]),
    Column("note", columns.text("Note"), lambda _: ""),
]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    locale.use("en")
    yield
    locale.use("en")


def names(order: Order) -> list[str]:
    return [name for name, _ in arranged(ROWS, COLUMNS, order)]


def test_a_list_is_sorted_by_what_a_cell_means_with_empty_ones_last_both_ways() -> None:
    assert names(Order("amount")) == ["b", "", "c", "A"]
    assert names(Order("amount", descending=True)) == ["c", "", "b", "A"]


def test_names_are_sorted_whatever_their_case() -> None:
    assert names(Order("name")) == ["A", "b", "c", ""]
    assert names(Order("name", descending=True)) == ["c", "b", "A", ""]


@pytest.mark.parametrize("order", [Order(""), Order("note"), Order("id; DROP TABLE client")])
def test_what_no_head_sorts_by_leaves_a_list_as_it_came(order: Order) -> None:
    assert names(order) == ["b", "A", "c", ""]


def test_days_that_nobody_knows_come_last() -> None:
    days = [date(2026, 12, 4), None, date(2026, 11, 30)]
    by_day = [Column[date | None]("day", columns.day("Day"), lambda one: one, by=lambda one: one)]

    assert arranged(days, by_day, Order("day")) == [date(2026, 11, 30), date(2026, 12, 4), None]
    assert arranged(days, by_day, Order("day", descending=True)) == [date(2026, 12, 4), date(2026, 11, 30), None]


def test_a_second_click_on_a_head_turns_the_list_round() -> None:
    once = turned(Order("name"), "amount")
    twice = turned(once, "amount")

    assert (once, twice) == (Order("amount"), Order("amount", descending=True))
    assert turned(twice, "amount") == once
    assert turned(twice, "name") == Order("name")


@dataclass
class Click:
    row: int


def test_a_click_in_a_cell_opens_its_row_and_nothing_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    clicked: list[Row] = []

    for row in (0, 2, 99):
        monkeypatch.setattr(st, "session_state", {"list.name": Click(row)})
        drawn._open("list.name", ROWS, clicked.append)

    assert clicked == [ROWS[0], ROWS[2]]


@dataclass
class Chosen:
    columns: list[str]
    rows: list[int]


@dataclass
class Event:
    selection: Chosen


def test_a_click_on_a_head_asks_for_its_order_and_begins_at_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    address = {"page": "2"}
    monkeypatch.setattr(st, "query_params", address)
    monkeypatch.setattr(st, "session_state", {"list": Event(Chosen(["amount"], []))})

    shown, told = Table("list", COLUMNS, usual=Order("name")), []
    for _ in range(2):
        drawn._select("list", shown)
        told.append(dict(address))
    monkeypatch.setattr(st, "session_state", {"list": Event(Chosen(["name"], []))})
    drawn._select("list", shown)

    assert told == [{"sort": "amount", "way": "up"}, {"sort": "amount", "way": "down"}]
    assert address == {}, "the usual order needs no words"


def test_a_click_on_a_head_that_sorts_nothing_leaves_the_ticks_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    address: dict[str, str] = {}
    state: dict[str, object] = {"list": Event(Chosen(["note"], [1, 3]))}
    monkeypatch.setattr(st, "query_params", address)
    monkeypatch.setattr(st, "session_state", state)

    drawn._select("list", Table("list", COLUMNS))

    assert address == {}
    assert state["list"] == {"selection": {"rows": [1, 3], "columns": [], "cells": []}}


def page() -> None:
    import streamlit as st

    from crm.web.kit import columns, table
    from crm.web.kit.table import Column, Order, Table

    rows = [(f"row {number:03}", 1000 - number) for number in range(120)]
    described = Table[tuple[str, int]](
        "rows",
        [
            Column("name", columns.text("Name"), lambda row: row[0], by=lambda row: row[0], is_fixed=True),
            Column("amount", columns.count("Amount"), lambda row: row[1], by=lambda row: row[1]),
            Column("seldom", columns.text("Seldom"), lambda row: row[0], is_usual=False),
        ],
        usual=Order("name"),
        row_id=lambda row: row[0],
        is_ticked=True,
    )
    table.view(described)
    chosen = table.show_all(described, rows)
    st.markdown(f"ticked: {[name for name, _ in chosen]}")


def opened(**address: str) -> AppTest:
    app = AppTest.from_function(page)
    app.query_params.update(address)
    return app.run()


def first(app: AppTest) -> str:
    return str(app.dataframe[0].value["name"].iloc[0])


def heads(app: AppTest) -> str:
    return str(app.dataframe[0].proto.columns)


def tick(app: AppTest, *rows: int) -> str:
    app.session_state[str(app.dataframe[0].key)] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return str(app.run().markdown[-1].value)


def test_the_address_sorts_the_whole_list_and_the_head_shows_it() -> None:
    usual, down, upwards = opened(), opened(sort="name", way="down"), opened(sort="amount")

    assert (first(usual), first(down), first(upwards)) == ("row 000", "row 119", "row 119")
    assert '"\\u2191 Name"' in heads(usual) or '"↑ Name"' in heads(usual)
    assert '"\\u2193 Name"' in heads(down) or '"↓ Name"' in heads(down)


def test_an_address_that_nobody_understands_shows_the_list_as_usual() -> None:
    wrong = opened(sort="id; DROP TABLE client", way="sideways", page="-1", column="secret")

    assert not wrong.exception
    assert first(wrong) == "row 000"
    assert list(wrong.dataframe[0].value.columns) == ["name", "amount"]


def test_pages_and_columns_stand_in_the_address() -> None:
    second = opened(page="2", column="seldom")

    assert first(second) == "row 050"
    assert list(second.dataframe[0].value.columns) == ["name", "seldom"]
    assert second.caption[0].value == "51 to 100 of 120"


def test_a_page_that_is_no_longer_there_shows_the_last_one() -> None:
    assert first(opened(page="9")) == "row 100"


def test_what_is_ticked_never_slips_to_another_row() -> None:
    app = opened()

    assert tick(app, 1) == "ticked: ['row 001']"
    app.query_params["page"] = "2"
    assert app.run().markdown[-1].value == "ticked: []"


def test_a_head_is_clicked_on_the_server_only() -> None:
    assert opened().dataframe[0].proto.selection_mode == [1, 2]


# A sum, a sample, a matrix, the numbers under a chart: all of it is in sight, nothing is opened, ticked or turned.
PLAIN = {
    "crm/screens/exports/numbers_table.py": 1,
    "crm/screens/imports/certificate.py": 1,
    "crm/screens/imports/columns_step.py": 1,
    "crm/screens/journal/journal_view.py": 1,
    "crm/screens/people/account_forms.py": 2,
}


def test_every_list_is_drawn_by_the_one_table() -> None:
    drawn_elsewhere = {
        path.relative_to(ROOT).as_posix(): count
        for top in ("crm/screens", "pages")
        for path in sorted((ROOT / top).rglob("*.py"))
        if (count := path.read_text(encoding="utf-8").count("st.dataframe("))
    }

    assert drawn_elsewhere == PLAIN
