"""The routes in and out, asked as a browser asks them."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from crm import db
from crm.app import app, first_link
from crm.ground import clock
from crm.people import links, passwords, sign_in
from crm.web.edge import headers, options
from crm.web.edge.plain_pages import inside
from tests.cast import DESK, Cast
from tests.conftest import NOON

GOOD = "copper lantern tide"


@pytest.fixture
def browser(cast_on_duckdb: Cast) -> TestClient:
    """A browser at the door; Mei has a password. The lifespan, with its background work, is not started."""
    with db.write(by=DESK) as session:
        passwords.choose(session, cast_on_duckdb.mei.id, GOOD)
    return TestClient(app, base_url="http://testserver", follow_redirects=False, raise_server_exceptions=False)


def token(browser: TestClient, path: str = "/login") -> str:
    found = re.search(r'name="token" value="([^"]+)"', browser.get(path).text)
    assert found
    return found.group(1)


def log_in(browser: TestClient, password: str = GOOD, **fields: str) -> int:
    form = {"token": token(browser), "email": "mei@desk.example", "password": password, **fields}
    answer = browser.post("/login", data=form)
    return int(answer.status_code)


def test_a_page_asks_to_sign_in_and_remembers_where_one_wanted_to_go(browser: TestClient) -> None:
    answer = browser.get("/clients?text=har&page=2")

    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/clients%3Ftext%3Dhar%26page%3D2")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/media/abc.png"),
        ("PUT", "/_stcore/upload_file/a/b"),
        ("GET", "/_stcore/metrics"),
        ("POST", "/anything"),
        ("GET", "/_stcore/script-health-check"),
        ("GET", "/component/x/y.js"),
    ],
)
def test_machinery_is_closed_to_strangers(browser: TestClient, method: str, path: str) -> None:
    assert browser.request(method, path).status_code == 401


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/login", "/healthz"])
def test_health_and_the_sign_in_page_are_open(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code in (200, 503)  # Streamlit's own health waits for its start


@pytest.mark.parametrize("path", ["/api/v2/clients", "/api/"])
def test_an_interface_that_is_not_there_is_not_found(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_our_health_asks_the_database(browser: TestClient) -> None:
    assert browser.get("/healthz").json() == {"status": "ok"}


def test_the_right_password_sets_a_cookie_that_scripts_cannot_read(browser: TestClient) -> None:
    answer = browser.post("/login", data={"token": token(browser), "email": "MEI@desk.example", "password": GOOD})

    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("vip_desk="))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert browser.get("/").status_code == 200


def test_behind_https_the_cookie_is_secure_and_bound_to_this_host(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.base_url = "https://testserver"
    answer = browser.post("/login", data={"token": token(browser), "email": "mei@desk.example", "password": GOOD})

    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-vip_desk="))
    assert "Secure" in cookie
    assert answer.headers["strict-transport-security"]


def test_wrong_password_and_unknown_account_look_the_same(browser: TestClient) -> None:
    wrong = browser.post("/login", data={"token": token(browser), "email": "mei@desk.example", "password": "x"})
    unknown = browser.post("/login", data={"token": token(browser), "email": "who@desk.example", "password": "x"})

    same = [re.sub(r'value="[^"]*"', "", answer.text) for answer in (wrong, unknown)]
    assert wrong.status_code == unknown.status_code == 400
    assert same[0] == same[1]


def test_guessing_is_slowed_even_for_the_right_password(browser: TestClient) -> None:
    assert [log_in(browser, "wrong") for _ in range(6)] == [400] * 5 + [429]
    assert log_in(browser) == 429

    with clock.stopped_at(NOON + timedelta(seconds=10)):
        assert log_in(browser) == 303


def test_a_form_of_another_site_is_refused(browser: TestClient) -> None:
    without = browser.post("/login", data={"email": "mei@desk.example", "password": GOOD})
    forged = browser.post("/login", data={"token": "guess", "email": "mei@desk.example", "password": GOOD})

    assert (without.status_code, forged.status_code) == (400, 400)
    assert "vip_desk=" not in str(without.headers) + str(forged.headers)


def test_signing_out_needs_our_own_form_and_ends_the_session(browser: TestClient) -> None:
    log_in(browser)
    assert browser.post("/logout").status_code == 400
    assert browser.get("/").status_code == 200

    kept = browser.cookies["vip_desk"]
    assert browser.post("/logout", data={"token": token(browser, "/logout")}).status_code == 303
    browser.cookies.set("vip_desk", kept)

    assert browser.get("/").status_code == 303


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/clients?x=1", "/clients?x=1"),
        ("/log", "/log"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/login?next=/login", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_stays_on_our_site(wanted: str, place: str) -> None:
    assert inside(wanted) == place


@pytest.mark.parametrize("path", ["/login", "/", "/nowhere", "/welcome/wrong", "/media/x", "/healthz"])
def test_every_answer_carries_the_headers(browser: TestClient, path: str) -> None:
    answer = browser.get(path)

    for name, value in headers.common().items():
        assert answer.headers[name] == value
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert answer.headers["cache-control"] == "no-store"


def test_the_page_itself_is_never_stored_but_its_scripts_are(browser: TestClient) -> None:
    log_in(browser)
    index = browser.get("/")
    script = re.search(r'src="\.?(/static/js/[^"]+)"', index.text)
    assert script

    assert index.headers["cache-control"] == "no-store"
    assert "max-age" in browser.get(script.group(1)).headers["cache-control"]


def test_an_error_page_carries_the_headers_too_and_tells_nothing(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.web.edge.auth_routes.listen", lambda _request: 1 / 0)
    answer = browser.get("/login")

    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == headers.policy()
    assert "division" not in answer.text


@pytest.mark.parametrize("path", ["/", "/clients", "/log?client=1"])
def test_a_page_is_ours_from_the_first_byte_and_knows_where_its_server_is(browser: TestClient, path: str) -> None:
    log_in(browser)

    shown = browser.get(path)

    assert "<title>VIP Desk</title>" in shown.text
    assert "BACKEND_BASE_URL: location.origin" in shown.text


def test_the_page_where_one_arrives_is_found_under_its_own_name_too(browser: TestClient) -> None:
    log_in(browser)

    answer = browser.get("/my_day?contacts=all")

    assert (answer.status_code, answer.headers["location"]) == (303, "/?contacts=all")


def test_the_policy_allows_only_the_two_inline_scripts_that_stand_in_the_page() -> None:
    assert len(re.findall(r"'sha256-[A-Za-z0-9+/=]{44}'", headers.policy())) == 2
    assert "unsafe-eval" not in headers.policy()
    assert "script-src 'self' 'unsafe-inline'" not in headers.policy()


def test_a_colleague_chooses_a_password_by_link_and_is_in(browser: TestClient, cast_on_duckdb: Cast) -> None:
    with db.write(by=cast_on_duckdb.ada) as session:
        link = f"/welcome/{links.invite(session, cast_on_duckdb.ada, cast_on_duckdb.tomas.id)}"
    form = {"token": token(browser, link), "password": GOOD, "again": GOOD}

    differing = browser.post(link, data={**form, "again": "other"})
    short = browser.post(link, data={**form, "password": "short", "again": "short"})
    assert (differing.status_code, short.status_code) == (400, 400)
    assert "Tomas Berg" in short.text
    assert browser.post(link, data=form).status_code == 303

    assert browser.get("/").status_code == 200
    assert browser.get(link).status_code == 404


def test_the_first_admin_comes_in_by_the_link_of_the_console(duckdb_only: str) -> None:
    browser = TestClient(app, follow_redirects=False)
    assert "Nobody can sign in yet" in browser.get("/login").text
    link = first_link()
    assert link
    form = {"token": token(browser, link), "name": "Ruth", "email": "not an address", "password": GOOD, "again": GOOD}

    assert "is not an e-mail address" in browser.post(link, data=form).text
    assert browser.post(link, data={**form, "email": "ruth@desk.example"}).status_code == 303

    assert browser.get("/").status_code == 200
    assert first_link() is None


def test_no_other_site_may_show_our_pages_and_talk_to_them() -> None:
    assert options.options()["client.allowedOrigins"] == []


def test_the_page_speaks_the_browsers_language_and_the_one_chosen(browser: TestClient) -> None:
    chinese = browser.get("/login", headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"})
    chosen = browser.get("/login?language=en", headers={"accept-language": "zh-CN"})

    assert '<html lang="zh-Hans">' in chinese.text
    assert '<html lang="en">' in chosen.text
    assert '<html lang="en">' in browser.get("/login", headers={"accept-language": "zh-CN"}).text


def test_a_session_lives_by_its_row_not_by_its_cookie(browser: TestClient) -> None:
    log_in(browser)

    with clock.stopped_at(NOON + timedelta(hours=9)):
        assert browser.get("/").status_code == 303
    with db.write() as session:
        found = sign_in.find(session, browser.cookies["vip_desk"])
        assert found
        sign_in.end(session, found.sid)
    assert browser.get("/").status_code == 303


def test_headers_by_which_we_name_the_reader_do_not_work_from_outside(
    browser: TestClient, cast_on_duckdb: Cast
) -> None:
    claimed = {"x-crm-user": str(cast_on_duckdb.mei.id), "X-Crm-Sid": "any"}

    assert browser.get("/", headers=claimed).status_code == 303


def test_a_form_for_a_link_that_never_was_is_told_so(browser: TestClient) -> None:
    assert browser.post("/welcome/never-was", data={"password": GOOD, "again": GOOD}).status_code == 404


def test_the_sign_in_page_has_letters_for_every_latin_name_before_those_of_chinese_fonts(browser: TestClient) -> None:
    page = browser.get("/login").text
    address = re.search(r'src: url\("([^"]+)"\)', page)
    assert address
    font = browser.get(address[1])

    assert (font.status_code, font.content[:4]) == (200, b"wOF2")
    for fonts in (page, options.FILE.read_text(encoding="utf-8")):
        assert 0 < fonts.index("Source Sans", fonts.index("BlinkMacSystemFont")) < fonts.index("PingFang SC")
