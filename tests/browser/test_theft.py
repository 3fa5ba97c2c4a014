"""A signed-in colleague, or nobody at all, tries to get at somebody else's open page."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.browser.conftest import Server, sign_in
from tests.browser.server import PASSWORD


def cookie_of(server: Server, login: str) -> str:
    with httpx.Client(base_url=server.url) as browser:
        token = re.search(r'name="token" value="([^"]+)"', browser.get("/login").text)
        assert token
        form = {"token": token.group(1), "email": f"{login}@desk.example", "password": PASSWORD}
        answer = browser.post("/login", data=form)
        assert answer.status_code == 303
        return f"vip_desk={browser.cookies['vip_desk']}"


def opened(server: Server, protocols: list[str], headers: dict[str, str]) -> ClientConnection:
    address = server.url.replace("http:", "ws:") + "/_stcore/stream"
    return connect(address, subprotocols=protocols, additional_headers=headers, max_size=None)  # type: ignore[arg-type]


def rerun(**state: str) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = state.get("query", "")
    message.rerun_script.page_script_hash = ""
    return bytes(message.SerializeToString())


def heard(socket: ClientConnection, seconds: float = 2) -> Iterator[ForwardMsg]:
    """What the server says until its script has ended, or it hangs up, or falls silent."""
    while True:
        try:
            raw = socket.recv(timeout=seconds)
        except (TimeoutError, ConnectionClosed):
            return
        message = ForwardMsg()
        message.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
        yield message
        if message.WhichOneof("type") == "script_finished":
            return


def all_text(messages: list[ForwardMsg]) -> str:
    return " ".join(str(message) for message in messages)


def session_id_of(messages: list[ForwardMsg]) -> str:
    return next(m.new_session.initialize.session_id for m in messages if m.WhichOneof("type") == "new_session")


def test_a_colleague_who_knows_the_id_of_an_open_page_does_not_get_it(server: Server) -> None:
    server.ask("forgive")
    mei, tomas = cookie_of(server, "mei"), cookie_of(server, "tomas")
    with opened(server, ["streamlit"], {"Cookie": mei}) as victim:
        victim.send(rerun())
        shown = list(heard(victim))
        assert "Only for Mei Lin" in all_text(shown)
        victims_id = session_id_of(shown)
    for claimed in ({}, {"x-crm-user": "somebody", "X-CRM-SID": "else"}):
        with opened(server, ["streamlit", "none", victims_id], {"Cookie": tomas, **claimed}) as thief:
            thief.send(rerun())
            seen = list(heard(thief))

        assert "Only for Tomas Berg" in all_text(seen)
        assert "Mei" not in all_text(seen)
        assert session_id_of(seen) != victims_id


def test_the_same_person_in_another_browser_gets_a_page_of_their_own(server: Server) -> None:
    server.ask("forgive")
    here, there = cookie_of(server, "mei"), cookie_of(server, "mei")
    with opened(server, ["streamlit"], {"Cookie": here}) as first:
        first.send(rerun())
        first_id = session_id_of(list(heard(first)))

    with opened(server, ["streamlit", "none", first_id], {"Cookie": there}) as second:
        second.send(rerun())
        assert session_id_of(list(heard(second))) != first_id


def test_the_reader_gets_their_own_page_back_after_a_lost_connection(server: Server) -> None:
    server.ask("forgive")
    mei = cookie_of(server, "mei")
    with opened(server, ["streamlit"], {"Cookie": mei}) as first:
        first.send(rerun())
        first_id = session_id_of(list(heard(first)))

    with opened(server, ["streamlit", "none", first_id], {"Cookie": mei}) as again:
        again.send(rerun())
        assert session_id_of(list(heard(again))) == first_id


@pytest.mark.parametrize("headers", [{}, {"Cookie": "vip_desk=guessed"}, {"x-crm-user": "somebody", "x-crm-sid": "x"}])
def test_nobody_gets_a_redirect_and_is_hung_up_on(server: Server, headers: dict[str, str]) -> None:
    with opened(server, ["streamlit"], headers) as socket:
        told = list(heard(socket))

    assert [message.auth_redirect.url for message in told] == ["/login?ended=1"]
    assert socket.close_code == 4401


def test_another_site_cannot_open_a_socket_with_the_readers_cookie(server: Server) -> None:
    server.ask("forgive")
    mei = cookie_of(server, "mei")

    with (
        pytest.raises(Exception, match="403"),
        opened(server, ["streamlit"], {"Cookie": mei, "Origin": "https://evil.example"}) as socket,
    ):
        socket.send(rerun())


def test_an_expired_page_hears_nothing_from_fragments_or_timers(server: Server) -> None:
    server.ask("forgive")
    mei = cookie_of(server, "mei")
    with opened(server, ["streamlit"], {"Cookie": mei}) as socket:
        socket.send(rerun())
        list(heard(socket))
        server.ask("expire", "mei")
        timer = BackMsg()
        timer.rerun_script.is_auto_rerun = True
        socket.send(timer.SerializeToString())
        assert "new_session" not in {message.WhichOneof("type") for message in heard(socket, 0.7)}
        fragment = BackMsg()
        fragment.rerun_script.fragment_id = "any"
        socket.send(fragment.SerializeToString())
        told = all_text(list(heard(socket)))

    assert "Only for" not in told
    assert "Your session has ended" in told


def test_a_page_is_a_page_again_after_the_theft_was_tried(page: Page, server: Server) -> None:
    server.ask("forgive")
    sign_in(page, "mei")
    expect(page.get_by_text("Only for Mei Lin")).to_be_visible()
