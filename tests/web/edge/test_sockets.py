"""Websockets at the door: whose pages may open one, and what comes through it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from crm.ground.config import settings
from crm.people import sign_in
from crm.web.edge import options, sockets
from crm.web.edge.middleware import is_from_our_page
from tests.cast import Cast
from tests.conftest import NOON


@pytest.mark.parametrize(
    ("origin", "host", "ours"),
    [
        (None, "localhost:8501", True),
        ("http://localhost:8501", "localhost:8501", True),
        ("https://crm.example.com", "10.0.0.7:8501", True),  # the address that people type; a proxy told its own
        ("http://localhost:9999", "localhost:8501", False),
        ("https://evil.example", "crm.example.com", False),
        ("https://crm.example.com.evil.example", "10.0.0.7:8501", False),
        ("null", "localhost:8501", False),
    ],
)
def test_a_websocket_is_opened_by_our_own_pages_only(
    monkeypatch: pytest.MonkeyPatch, origin: str | None, host: str, *, ours: bool
) -> None:
    monkeypatch.setenv("CRM_PUBLIC_URL", "https://crm.example.com/")
    settings.cache_clear()
    headers = [(b"host", host.encode()), *([(b"origin", origin.encode())] if origin else [])]

    assert is_from_our_page({"type": "websocket", "headers": headers}) is ours
    assert options.options()["server.corsAllowedOrigins"] == ["https://crm.example.com"]


def test_a_message_that_is_none_is_left_to_streamlit(cast_on_duckdb: Cast) -> None:
    async def silent() -> dict[str, object]:
        return {}

    async def deaf(_: object) -> None:
        return None

    socket = sockets.Socket(sign_in.SignedIn("sid", cast_on_duckdb.mei, "", NOON), silent, deaf)

    with ThreadPoolExecutor() as aside:  # a browser test of this process may have left its loop running here
        passed = aside.submit(asyncio.run, socket._passed(b"\xff" * 100)).result()
    assert passed == b"\xff" * 100
