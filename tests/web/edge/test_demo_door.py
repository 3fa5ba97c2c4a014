"""The door of the demo: its people come in by one click, and nobody else does."""

import re
import threading

import pytest
from starlette.testclient import TestClient

from crm import db, people
from crm.app import app
from crm.people import NewPerson, passwords
from crm.web.edge import auth_routes
from tests.cast import Cast


@pytest.fixture
def browser(cast_on_duckdb: Cast) -> TestClient:
    assert cast_on_duckdb.mei
    return TestClient(app, base_url="http://testserver", follow_redirects=False, raise_server_exceptions=False)


def token(browser: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', browser.get("/login").text)
    assert found
    return found.group(1)


def test_the_demo_offers_its_people_by_one_click_and_says_what_it_is(browser: TestClient, cast_on_duckdb: Cast) -> None:
    assert "demo" not in browser.get("/login").text.split("</style>")[1]
    with db.write(by=cast_on_duckdb.ada) as session:
        may = people.invite(session, cast_on_duckdb.ada, NewPerson(email="may@demo.example", name="May <b>"))
        passwords.choose(session, may.id, passwords.DEMO_PASSWORD)

    page = browser.get("/login").text
    assert "This is a demo" in page
    assert "May &lt;b&gt;" in page
    answer = browser.post("/login/demo", data={"token": token(browser), "person": str(may.id), "next": "/log"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/log")


def test_a_desk_of_ones_own_has_no_door_by_one_click(
    browser: TestClient, cast_on_duckdb: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = threading.Event()
    monkeypatch.setattr(auth_routes, "_demo_is_shut", shut)
    with db.write(by=cast_on_duckdb.ada) as session:
        may = people.invite(session, cast_on_duckdb.ada, NewPerson(email="may@demo.example", name="May"))
        passwords.choose(session, may.id, passwords.DEMO_PASSWORD)
    auth_routes.shut_demo()

    assert "This is a demo" not in browser.get("/login").text
    assert browser.post("/login/demo", data={"token": token(browser), "person": str(may.id)}).status_code == 400


def test_one_click_works_for_nobody_outside_the_demo(browser: TestClient, cast_on_duckdb: Cast) -> None:
    form = {"token": token(browser), "person": str(cast_on_duckdb.mei.id)}

    assert browser.post("/login/demo", data=form).status_code == 400
