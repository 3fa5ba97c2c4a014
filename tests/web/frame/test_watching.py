"""What the frame asks and tells before any page: a proof, a second factor, what happened to an account."""

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from streamlit.testing.v1 import AppTest

from crm import db, people
from crm.ground import clock, config
from crm.people import Person, links, passwords, tokens
from tests.cast import DESK, Cast
from tests.conftest import NOON
from tests.pages.opening import opened

GOOD = "copper lantern tide"
LATER = NOON + timedelta(minutes=16)


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def with_password(person: Person) -> None:
    with db.write(by=DESK) as session:
        passwords.choose(session, person.id, GOOD)


def texts(page: AppTest) -> str:
    found: Any = [*page.markdown, *page.success, *page.info, *page.error]
    return " ".join(str(one.value) for one in found).replace("\\", "")


def test_a_token_asks_for_the_password_after_a_while_and_is_made_then(cast_on_duckdb: Cast) -> None:
    tomas = cast_on_duckdb.tomas
    with_password(tomas)
    page = opened("profile", tomas)
    with clock.stopped_at(LATER):
        page.text_input(key="token_name").input("nightly export")
        press(page, "Make a token")
        assert not page.code
        page.text_input(key="step_up_typed").input("wrong")
        press(page, "Confirm")
        assert "not your password" in texts(page)

        page.text_input(key="step_up_typed").input(GOOD)
        press(page, "Confirm")
        assert "Confirmed" in texts(page)
        assert page.text_input(key="token_name").value == "nightly export"
        press(page, "Make a token")

    with db.read() as session:
        [token] = tokens.tokens_of(session, tomas)
    assert page.code
    assert tokens.scopes_of(token) == {"read"}


@pytest.mark.parametrize("label", ["New sign-in link", "Take the second factor off"])
def test_an_open_screen_of_an_admin_makes_no_link(cast_on_duckdb: Cast, label: str) -> None:
    with_password(cast_on_duckdb.ada)
    page = opened("people", cast_on_duckdb.ada, person=str(cast_on_duckdb.mei.id))

    with clock.stopped_at(LATER):
        press(page, label)

    assert not page.code
    assert page.text_input(key="step_up_typed")
    with db.read() as session:
        assert people.notices.unseen(session, cast_on_duckdb.mei) == []


def test_an_export_asks_first(cast_on_duckdb: Cast) -> None:
    with_password(cast_on_duckdb.mei)
    page = opened("clients", cast_on_duckdb.mei)
    assert page.get("download_button")

    with clock.stopped_at(LATER):
        page.run()
        assert page.get("download_button") == []
        page.button(key="export_confirm").click().run()
        page.text_input(key="step_up_typed").input(GOOD)
        press(page, "确认")
        assert page.get("download_button")


def test_a_link_stands_on_the_screen_of_person_and_lead_until_they_have_seen_it(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write(by=cast.ada) as session:
        links.invite(session, cast.ada, cast.tomas.id)

    for who in (cast.tomas, cast.nadia):
        page = opened("tasks", who)
        assert "Ada Admin made a sign-in link for Tomas Berg." in texts(page)
        press(page, "I have seen it")
        assert "sign-in link" not in texts(page)
    assert "sign-in link" not in texts(opened("tasks", cast.oskar))


def test_a_role_that_needs_a_second_factor_gets_no_page_before_it_has_one(
    cast_on_duckdb: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_SECOND_FACTOR_ROLES", "manager")
    config.settings.cache_clear()
    page = opened("clients", cast_on_duckdb.tomas)
    assert [title.value for title in page.title] == ["Second factor"]

    page.text_input(key="factor_code").input(pyotp.TOTP(page.code[0].value).at(clock.now()))
    press(page, "Switch it on")
    assert len(page.code[0].value.split("\n")) == 10
    assert [title.value for title in page.title] == ["Second factor"]
    page.button(key="codes_kept").click().run()

    assert [title.value for title in page.title] == ["Clients"]
    with db.read() as session:
        assert people.second_factor.is_on(session, cast_on_duckdb.tomas.id)


def test_one_switches_it_on_and_off_in_the_profile(cast_on_duckdb: Cast) -> None:
    page = opened("profile", cast_on_duckdb.tomas)
    page.button(key="factor_begin").click().run()
    secret = page.code[0].value
    page.text_input(key="factor_code").input(pyotp.TOTP(secret).at(clock.now()))
    press(page, "Switch it on")
    page.button(key="codes_kept").click().run()
    page = opened("profile", cast_on_duckdb.tomas)

    page.button(key="factor_off").click().run()

    with db.read() as session:
        assert not people.second_factor.is_on(session, cast_on_duckdb.tomas.id)


def test_a_lead_sees_and_lifts_a_lock(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    with db.write() as session:
        for _ in range(5):
            people.sign_in.attempt(session, cast.mei.email, "10.0.0.1")
    page = opened("sign_ins", cast.nadia)
    assert "Mei Lin" in texts(page)

    press(page, "Lift the lock")

    assert [one.label for one in page.button if one.label == "Lift the lock"] == []
    with db.write() as session:
        people.sign_in.attempt(session, cast.mei.email, "10.0.0.1")
    assert "lock lifted" in str(page.dataframe[0].value)


def test_every_other_browser_is_signed_out_at_once(cast_on_duckdb: Cast) -> None:
    tomas = cast_on_duckdb.tomas
    with db.write() as session:
        for _ in range(3):
            people.sign_in.start(session, tomas.id)
    page = opened("profile", tomas)

    page.button(key="end_others").click().run()

    with db.read() as session:
        assert len(people.sign_in.sessions_of(session, tomas)) == 1
    assert not page.exception
