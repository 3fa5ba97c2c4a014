"""Small parts: what is remembered, what is packed, what is shown as it was written."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import plotly.io as pio
import pytest
from sqlmodel import Session

from crm import db, people
from crm.people import Person
from crm.web.edge import options
from crm.web.kit import cache, drafts, query_params, say, table
from tests.cast import Cast

asked: list[str] = []


def names(session: Session, viewer: Person, start: str) -> list[str]:
    asked.append(viewer.name)
    return [team.name for team in people.teams(session) if team.name.startswith(start)]


def test_an_answer_is_remembered_until_something_changes(cast_on_duckdb: Cast) -> None:
    asked.clear()
    cache.remembered(names, cast_on_duckdb.nadia, "E")
    assert cache.remembered(names, cast_on_duckdb.nadia, "E") == ["East"]
    assert len(asked) == 1

    with db.write(by=cast_on_duckdb.ada) as session:
        people.found_team(session, cast_on_duckdb.ada, "Elbe")

    assert cache.remembered(names, cast_on_duckdb.nadia, "E") == ["East", "Elbe"]


def test_nobody_gets_the_answer_of_somebody_else(cast_on_duckdb: Cast) -> None:
    asked.clear()
    cache.remembered(names, cast_on_duckdb.nadia, "W")
    cache.remembered(names, cast_on_duckdb.mei, "W")
    cache.remembered(names, cast_on_duckdb.mei, start="W")

    assert asked == ["Nadia Haddad", "Mei Lin", "Mei Lin"]


@pytest.mark.parametrize(
    "value",
    [
        "text",
        3,
        1.5,
        True,
        None,
        date(2026, 3, 16),
        datetime(2026, 3, 16, 4, tzinfo=UTC),
        Decimal("1.10"),
        UUID(int=7),
        ["a", UUID(int=8)],
    ],
)
def test_what_a_widget_holds_survives_being_kept(value: object) -> None:
    assert drafts.unpacked(drafts.packed(value)) == value


def test_somebodys_words_are_shown_as_they_were_written() -> None:
    assert say.text("**not bold** [x](http://a) $5$") == "\\*\\*not bold\\*\\* \\[x\\](http:\u2060//a) \\$5\\$"
    assert say.text("<b>") == r"\<b\>"


def test_the_options_of_streamlit_follow_our_settings() -> None:
    found = options.options()

    assert found["server.maxUploadSize"] == 300
    assert found["runner.postScriptGC"] is False
    assert found["browser.gatherUsageStats"] is False
    assert found["theme.dark.primaryColor"]


@pytest.mark.parametrize(
    ("asked", "page"), [("3", 3), ("0", 1), ("-2", 1), ("٣", 1), ("1e3", 1), ("9" * 30, 1), ("", 1)]
)
def test_a_page_number_from_the_address_is_never_trusted(
    monkeypatch: pytest.MonkeyPatch, asked: str, page: int
) -> None:
    monkeypatch.setattr(query_params, "get", lambda _name: asked)

    assert (table.page_number(), table.offset()) == (page, (page - 1) * 50)


def test_a_figure_takes_the_colours_of_the_theme() -> None:
    assert pio.templates.default == "streamlit"
