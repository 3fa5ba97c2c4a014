"""Signing in with a second factor, as a browser does it."""

import re
from datetime import timedelta

import pyotp
import pytest
from starlette.testclient import TestClient

from crm import db, people
from crm.app import app
from crm.ground import clock
from crm.people import links, passwords, second_factor
from tests.cast import DESK, Cast
from tests.conftest import NOON
from tests.web.edge.test_auth_routes import GOOD, token

LATER = NOON + timedelta(seconds=60)


@pytest.fixture
def phone(cast_on_duckdb: Cast) -> pyotp.TOTP:
    """Mei's app; she has a password and a second factor."""
    mei = cast_on_duckdb.mei
    with db.write(by=DESK) as session:
        passwords.choose(session, mei.id, GOOD)
    with db.write(by=mei) as session:
        app = pyotp.TOTP(second_factor.begin(session, mei).secret)
        second_factor.confirm(session, mei, app.at(NOON))
    return app


@pytest.fixture
def browser(phone: pyotp.TOTP) -> TestClient:
    return TestClient(app, base_url="http://testserver", follow_redirects=False, raise_server_exceptions=False)


def half_in(browser: TestClient, **fields: str) -> str:
    form = {"token": token(browser), "email": "mei@desk.example", "password": GOOD, **fields}
    return str(browser.post("/login", data=form).headers["location"])


def type_in(browser: TestClient, code: str, **fields: str) -> tuple[int, str]:
    answer = browser.post("/login/code", data={"token": token(browser, "/login/code"), "code": code, **fields})
    return answer.status_code, answer.headers.get("location", "")


def test_the_password_leads_to_the_code_and_the_code_to_where_one_wanted(
    browser: TestClient, phone: pyotp.TOTP
) -> None:
    assert half_in(browser, next="/log?client=1") == "/login/code?next=/log%3Fclient%3D1"
    waiting = browser.cookies["vip_desk"]
    assert browser.get("/").status_code == 303

    with clock.stopped_at(LATER):
        assert type_in(browser, "000000")[0] == 400
        assert type_in(browser, phone.at(LATER), next="/log?client=1") == (303, "/log?client=1")

    assert browser.get("/").status_code == 200
    assert browser.cookies["vip_desk"] != waiting
    browser.cookies.set("vip_desk", waiting)
    assert browser.get("/").status_code == 303


def test_what_a_browser_fetches_beside_the_page_does_not_take_the_step_back(
    browser: TestClient, phone: pyotp.TOTP
) -> None:
    half_in(browser)
    browser.get("/favicon.ico", follow_redirects=True)

    with clock.stopped_at(LATER):
        assert type_in(browser, phone.at(LATER)) == (303, "/")


def test_a_code_that_was_used_opens_no_second_browser(browser: TestClient, phone: pyotp.TOTP) -> None:
    other = TestClient(app, follow_redirects=False)
    with clock.stopped_at(LATER):
        half_in(browser)
        half_in(other)
        type_in(browser, phone.at(LATER))

        assert type_in(other, phone.at(LATER))[0] == 400


def test_codes_cannot_be_guessed(browser: TestClient, phone: pyotp.TOTP) -> None:
    half_in(browser)

    assert [type_in(browser, "123456")[0] for _ in range(6)] == [400] * 5 + [429]
    assert type_in(browser, phone.at(NOON + timedelta(seconds=30)))[0] == 429


def test_without_a_password_there_is_no_page_for_a_code(browser: TestClient) -> None:
    answer = browser.get("/login/code")

    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def test_a_link_for_a_new_password_still_asks_for_the_code(
    browser: TestClient, phone: pyotp.TOTP, cast_on_duckdb: Cast
) -> None:
    with db.write(by=cast_on_duckdb.ada) as session:
        link = f"/welcome/{links.invite(session, cast_on_duckdb.ada, cast_on_duckdb.mei.id)}"
    form = {"token": token(browser, link), "password": "ivory harbour nine", "again": "ivory harbour nine"}

    answer = browser.post(link, data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/login/code")
    assert browser.get("/").status_code == 303
    with clock.stopped_at(LATER):
        assert type_in(browser, phone.at(LATER))[0] == 303


def test_the_page_for_the_code_shows_nothing_of_the_person(browser: TestClient, cast_on_duckdb: Cast) -> None:
    half_in(browser)

    shown = browser.get("/login/code").text

    assert not re.search("mei|desk.example", shown.split("</style>")[1], re.IGNORECASE)
    with db.read() as session:
        kinds = [event.kind for event in people.events.recent(session, [cast_on_duckdb.mei.id])]
    assert "signed_in" not in kinds
