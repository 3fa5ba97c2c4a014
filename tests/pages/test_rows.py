"""The page of the rows behind a number: its total, its rows, and who may look."""

from crm.web.frame import menu
from tests.cast import Cast
from tests.pages.opening import opened
from tests.pages.test_leadership import traded


def test_the_page_of_a_number_sums_to_the_tile(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    traded(cast.harbour, cast.northlight, cast.fjord)

    page = opened("rows", cast.nadia, of="volume", since="2026-02-14", until="2026-03-15")

    assert not page.exception
    assert "207,900,000" in page.title[0].value
    rows = page.dataframe[0].value
    assert rows["name"].tolist() == ["Northlight", "Harbour Capital"]
    assert sum(int(amount.strip("$").replace(",", "")) for amount in rows["volume"]) == 207_900_000


def test_every_number_of_the_desk_can_be_looked_at(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    traded(cast.harbour, cast.northlight)

    for of in ("nrr", "at_risk", "coverage", "falling", "late_tasks", "contraction", "fee"):
        page = opened("rows", cast.nadia, of=of, manager=str(cast.mei.id), since="2026-02-14", until="2026-03-15")

        assert (list(page.exception), list(page.error)) == ([], []), of
        assert page.title[0].value


def test_a_manager_sees_the_days_of_a_client_and_not_the_numbers_of_the_desk(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    traded(cast.harbour)

    own = opened("rows", cast.mei, of="revenue", client=str(cast.harbour.id), since="2026-03-15", until="2026-03-15")
    desk = opened("rows", cast.mei, of="revenue")
    nothing = opened("rows", cast.nadia, of="no such thing")

    assert own.dataframe[0].value["instrument"].tolist() == ["BTC-USDT"]
    assert (len(desk.error), len(nothing.error)) == (1, 1)
    assert not desk.dataframe
    assert "rows" in [entry.file for entry in menu.visible_to(cast.mei)]


def test_the_tiles_of_a_client_lead_to_their_days(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    traded(cast.harbour)

    page = opened("client", cast.mei, id=str(cast.harbour.id), tab="trading")

    asked = [link.proto.query_string for link in page.get("page_link") if "of=" in link.proto.query_string]
    assert {part.split("=")[1] for query in asked for part in query.split("&") if part.startswith("of=")} == {
        "volume",
        "revenue",
        "equity",
        "net_deposits",
        "fee",
        "maker",
    }
