"""The leadership page: the numbers of the team, what is at risk, and what leaves as a file."""

import pandas as pd
from streamlit.testing.v1 import AppTest

from crm import db, exports, journal
from crm.clients.models import Client
from crm.screens.exports import export_button
from crm.web.frame import menu
from tests.cast import Cast
from tests.pages.opening import opened
from tests.trading.make import ago, day, put


def traded(*clients: Client, days: int = 75) -> None:
    facts = []
    for place, client in enumerate(clients, start=1):
        for back in range(days):
            volume = 4_000_000 * place if back > 12 else 100_000 * place
            facts.append(day(client, ago(back), str(volume), fees=str(volume // 2000)))
    put(*facts, policies=True)


def test_a_lead_sees_the_headline_of_the_team(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    traded(cast.harbour, cast.northlight, cast.fjord)

    page = opened("leadership", cast.nadia)

    assert not page.exception
    volumes = {metric.label: metric.value for metric in page.metric}
    expected = 3 * (17 * 4_000_000 + 13 * 100_000)
    assert expected == 207_900_000
    assert volumes["Volume"] == "$208M"


def test_another_period_stands_in_the_address(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    traded(cast.harbour)

    page = opened("leadership", cast.nadia, span="7")

    assert {metric.label: metric.value for metric in page.metric}["Volume"] == "$700K"
    assert "9 Mar 2026 – 15 Mar 2026" in page.caption[0].value


def test_without_trading_the_page_says_what_to_do(cast_on_duckdb: Cast) -> None:
    page = opened("leadership", cast_on_duckdb.nadia)

    assert not page.exception
    assert "Import" in page.info[0].value
    assert not page.metric


def test_the_page_is_not_there_for_a_manager(cast_on_duckdb: Cast) -> None:
    assert "leadership" not in [entry.file for entry in menu.visible_to(cast_on_duckdb.tomas)]


def test_the_two_lists_are_sorted_each_by_its_own_part_of_the_address(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    traded(cast.harbour, cast.northlight)

    usual = opened("leadership", cast.nadia)
    turned = opened("leadership", cast.nadia, call_sort="name", call_way="down", falling_sort="fees", falling_way="up")

    assert not turned.exception
    assert (column("name", usual), column("client", usual)) == (
        ["Tomas Berg", "Mei Lin"],
        ["Northlight", "Harbour Capital"],
    )
    assert (column("name", turned), column("client", turned)) == (
        ["Tomas Berg", "Mei Lin"],
        ["Harbour Capital", "Northlight"],
    )
    assert column("name", opened("leadership", cast.nadia, call_sort="fees")) == ["Mei Lin", "Tomas Berg"]


def column(name: str, page: AppTest) -> list[str]:
    """A column of the list that has one of this name."""
    return next(list(table.value[name]) for table in page.dataframe if name in table.value)


def test_taking_the_numbers_is_journalled_as_an_export(cast_on_duckdb: Cast) -> None:
    frame = pd.DataFrame({"Manager": ["=cmd()"], "Clients": [2]})

    taken = exports.hand_out(cast_on_duckdb.nadia, export_button._sheet("coverage", frame), exports.Layout.CSV)

    assert b"=cmd" not in taken.replace(b"'=cmd", b"")
    with db.read() as session:
        [made] = journal.recent(session, limit=1)
    assert (made.kind, made.made_by) == ("export", cast_on_duckdb.nadia.id)
