"""Nobody takes accounts back on a page who may not write them; and who may what stands where everybody can read it."""

import pytest
from streamlit.testing.v1 import AppTest

from crm.journal import policies
from crm.people import Role, rights
from crm.screens.people import policy_map
from crm.web import locale
from tests.cast import Cast
from tests.pages.opening import opened
from tests.people.scenes import SCENES, lead_of_all, sleeper
from tests.people.test_accounts_stay import both_at_once

ONLY_ADMINS = "Only admins can invite, change or disable people."


def told(page: AppTest) -> str:
    assert not page.exception
    return page.error[0].value.replace("\\", "")


@pytest.mark.parametrize("scene", SCENES)
def test_a_staff_list_is_not_taken_back_from_its_certificate(cast_on_duckdb: Cast, scene: str) -> None:
    played = SCENES[scene](cast_on_duckdb)
    page = opened("imports", played.who, batch=str(played.done.batch.id))

    page.button(key="undo_import").click().run()

    assert told(page) == ONLY_ADMINS
    assert sleeper() == Role.MANAGER


@pytest.mark.parametrize("scene", SCENES)
def test_nor_from_the_journal(cast_on_duckdb: Cast, scene: str) -> None:
    played = SCENES[scene](cast_on_duckdb)
    page = opened("journal", played.who, set=str(played.done.batch.change_set_id))

    page.button(key="undo_now").click().run()

    assert told(page) == ONLY_ADMINS
    assert sleeper() == Role.MANAGER


def test_nor_from_the_history_of_a_client_who_changed_with_them(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    lea, made = lead_of_all(cast), both_at_once(cast)
    page = opened("client", lea, id=str(cast.harbour.id), tab="history")

    assert made
    next(button for button in page.button if button.label == "Yes, undo all of it").click().run()

    assert told(page) == ONLY_ADMINS


@pytest.mark.parametrize(("login", "tables"), [("tomas", 2), ("nadia", 2)])
def test_who_may_what_is_there_for_everybody(cast_on_duckdb: Cast, login: str, tables: int) -> None:
    page = opened("profile", getattr(cast_on_duckdb, login))

    assert "Who may what" in [one.label for one in page.expander]
    shown = [one.value for one in page.dataframe if "Account manager" in one.value.columns]
    assert len(shown) == tables
    assert len(shown[1]) == len(policies.every())


def test_who_may_what_says_what_is_checked() -> None:
    lines = {line.iloc[0]: list(line.iloc[1:]) for _, line in policy_map.table().iterrows()}

    assert lines["Client"] == ["all, except Manager, Backup", "✓", ""]
    assert lines["Colleague"][2] == "✓"
    assert lines["Colleague"][0] == "of oneself: Language on the screen, Password changed, Time zone"
    assert lines["API token"] == ["only one's own", "only one's own", "✓"]
    for place, role in enumerate(Role):
        for policy, line in zip(policies.every(), lines.values(), strict=True):
            reached = policies.reach(policy, rights.of(role))
            assert (line[place] == "✓") == (reached.every_row and not reached.but)
            assert (line[place] == "") == (not reached.every_row and not reached.own)


def test_who_may_what_is_there_in_chinese() -> None:
    english = policy_map.table()
    locale.use("zh")
    try:
        chinese = policy_map.table()
    finally:
        locale.use("en")

    same = {cell for name in english for cell in english[name]} & {cell for name in chinese for cell in chinese[name]}
    assert same == {"✓", ""}
