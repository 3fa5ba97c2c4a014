"""What other sites, neighbouring ports and the next person at the same browser do not get."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from crm import db, people
from crm.app import app
from crm.ground import clock
from crm.people import events, passwords
from crm.web.edge import sockets
from tests.cast import DESK, Cast
from tests.conftest import NOON
from tests.web.edge.test_auth_routes import GOOD, token


@pytest.fixture
def browser(cast_on_duckdb: Cast) -> TestClient:
    """Mei and Tomas have passwords."""
    with db.write(by=DESK) as session:
        for who in (cast_on_duckdb.mei, cast_on_duckdb.tomas):
            passwords.choose(session, who.id, GOOD)
    return TestClient(app, base_url="http://testserver", follow_redirects=False, raise_server_exceptions=False)


def log_in(browser: TestClient, who: str = "mei") -> int:
    form = {"token": token(browser), "email": f"{who}@desk.example", "password": GOOD}
    return int(browser.post("/login", data=form).status_code)


ELSEWHERE = [
    {"origin": "http://testserver:9999"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
@pytest.mark.parametrize(
    "path", ["/login", "/login/demo", "/login/code", "/logout", "/welcome/x", "/_stcore/upload_file/a/b"]
)
def test_no_other_page_can_post_here_even_with_our_cookies_and_token(
    browser: TestClient, headers: dict[str, str], path: str
) -> None:
    form = {"token": token(browser), "email": "mei@desk.example", "password": GOOD}

    answer = browser.post(path, data=form, headers=headers)

    assert answer.status_code == 403
    assert "vip_desk=" not in str(answer.headers)


@pytest.mark.parametrize("headers", [{"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}, {}])
def test_our_own_page_can(browser: TestClient, headers: dict[str, str]) -> None:
    form = {"token": token(browser), "email": "mei@desk.example", "password": GOOD}

    assert browser.post("/login", data=form, headers=headers).status_code == 303


def test_a_token_of_another_browser_or_of_before_signing_in_does_not_fit(browser: TestClient) -> None:
    other = TestClient(app, base_url="http://testserver", follow_redirects=False)
    theirs = token(other, "/logout")
    before = token(browser, "/logout")
    log_in(browser)

    assert browser.post("/logout", data={"token": theirs}).status_code == 400
    assert browser.post("/logout", data={"token": before}).status_code == 400
    assert browser.get("/").status_code == 200


def test_behind_https_every_cookie_is_bound_to_the_host(browser: TestClient) -> None:
    browser.base_url = "https://testserver"
    browser.get("/login?language=zh")
    answers = [browser.get("/login?language=zh"), browser.post("/login", data={})]
    form = {"token": token(browser), "email": "mei@desk.example", "password": GOOD}
    answers.append(browser.post("/login", data=form))

    set_ = [cookie for answer in answers for cookie in answer.headers.get_list("set-cookie")]
    assert {cookie.split("=")[0] for cookie in set_} == {
        f"__Host-vip_desk{what}" for what in ("", "_form", "_language", "_device")
    }
    assert all("Secure" in cookie and "HttpOnly" in cookie and "Path=/" in cookie for cookie in set_)
    assert "includeSubDomains" in answers[0].headers["strict-transport-security"]


def test_who_signs_in_anew_ends_what_was_open_in_this_browser(browser: TestClient, cast_on_duckdb: Cast) -> None:
    log_in(browser)
    with db.read() as session:
        first = people.sign_in.find(session, browser.cookies["vip_desk"])
    assert first
    kept = browser.cookies["vip_desk"]
    form = {"token": token(browser, "/logout"), "email": "tomas@desk.example", "password": GOOD}

    assert browser.post("/login", data=form).status_code == 303

    with db.read() as session:
        assert people.sign_in.find(session, kept) is None
        assert len(people.sign_in.sessions_of(session, cast_on_duckdb.tomas)) == 1


def test_signing_out_clears_what_the_browser_holds(browser: TestClient) -> None:
    log_in(browser)

    answer = browser.post("/logout", data={"token": token(browser, "/logout")})

    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert browser.cookies.get("vip_desk") is None


def test_a_cookie_of_a_session_that_is_over_goes_and_the_next_sign_in_works(browser: TestClient) -> None:
    log_in(browser)
    with clock.stopped_at(NOON + timedelta(hours=9)):
        assert "clear-site-data" in browser.get("/login").headers
        assert log_in(browser) == 303


def test_an_ended_session_is_told_and_leads_back(browser: TestClient) -> None:
    assert sockets.login_url("/log?client=1") == "/login?ended=1&next=/log%3Fclient%3D1"
    shown = browser.get(sockets.login_url("/log?client=1")).text

    assert "what you typed is kept" in shown
    assert 'name="next" value="/log?client=1"' in shown
    assert "what you typed is kept" not in browser.get("/login").text


def test_a_file_opens_only_for_the_session_whose_page_was_told_of_it(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(browser)
    with db.read() as session:
        mine = people.sign_in.find(session, browser.cookies["vip_desk"])
    assert mine
    monkeypatch.setitem(sockets._files, mine.sid, {b"abc.csv"})
    other = TestClient(app, base_url="http://testserver", follow_redirects=False)
    log_in(other, "tomas")

    assert other.get("/media/abc.csv").text == browser.get("/media/def.csv").text == "There is no such file."
    assert browser.get("/media/abc.csv").text != "There is no such file."


@pytest.mark.parametrize("path", ["/login", "/", "/media/abc.csv", "/healthz", "/favicon.png", "/_stcore/health"])
def test_nothing_but_what_is_the_same_for_everybody_is_stored(browser: TestClient, path: str) -> None:
    assert browser.get(path).headers["cache-control"] == "no-store"


def test_sign_ins_leave_evidence_without_passwords_or_addresses_typed(
    browser: TestClient, cast_on_duckdb: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "crm.security")
    browser.post("/login", data={"token": token(browser), "email": "mei@desk.example", "password": "hunter22"})
    log_in(browser)

    with db.read() as session:
        kept = [(event.kind, event.address) for event in events.recent(session, [cast_on_duckdb.mei.id])]
    assert kept[:2] == [("signed_in", "testclient"), ("sign_in_failed", "testclient")]
    assert "hunter22" not in caplog.text
    assert "mei@" not in caplog.text


def test_a_lock_by_strangers_does_not_reach_a_browser_that_was_here(browser: TestClient) -> None:
    log_in(browser)
    browser.post("/logout", data={"token": token(browser, "/logout")})
    with db.write() as session:
        for _ in range(5):
            people.sign_in.attempt(session, "mei@desk.example", "testclient")

    assert log_in(browser) == 303
    stranger = TestClient(app, base_url="http://testserver", follow_redirects=False)
    assert log_in(stranger) == 429
