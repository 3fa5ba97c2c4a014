"""The open pages: each holds a websocket, which ends within a second after its session was ended elsewhere."""

import asyncio
import logging
import re
from collections import defaultdict
from typing import Self
from urllib.parse import quote, urlsplit
from uuid import UUID

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from crm import db
from crm.people import sign_in
from crm.people.sign_in import SignedIn
from crm.web.kit import write_behind

EVERY_SECONDS = 0.25
SIGN_IN_AGAIN = 4401

_MEDIA = b"/media/"
_FILE = re.compile(rb"/media/([0-9A-Za-z]+\.[0-9A-Za-z]+)")

_open: dict[str, set["Socket"]] = defaultdict(set)
_files: dict[str, set[bytes]] = defaultdict(set)  # the names of the files that pages of a session were told of
_log = logging.getLogger(__name__)


def redirect(url: str) -> bytes:
    """What tells Streamlit's page to go elsewhere."""
    message = ForwardMsg()
    message.auth_redirect.url = url
    return bytes(message.SerializeToString())


def login_url(path: str = "/") -> str:
    """The sign-in page, which says what happened and leads back to where one was."""
    return "/login?ended=1" + ("" if path in ("", "/") else f"&next={quote(path)}")


def was_sent(sid: str, path: str) -> bool:
    """Whether a page of this session was told of a file: to know or to guess its name opens nothing."""
    return path.rpartition("/")[2].encode() in _files.get(sid, ())


class Socket:
    """One open page of a signed-in person, between the browser and Streamlit."""

    def __init__(self, who: SignedIn, receive: Receive, send: Send) -> None:
        self.sid, self.person_id = who.sid, who.person.id
        self._receive, self._send = receive, send
        self.path = "/"
        self._expelled, self._closed = asyncio.Event(), False

    def __enter__(self) -> Self:
        _open[self.sid].add(self)
        return self

    def __exit__(self, *_: object) -> None:
        _open[self.sid].discard(self)
        if not _open[self.sid]:
            del _open[self.sid]
            _files.pop(self.sid, None)

    def expel(self) -> None:
        self._expelled.set()

    async def send(self, message: Message) -> None:
        """What Streamlit still has to say to a closed page is dropped."""
        if self._closed:
            return
        self._closed = message["type"] == "websocket.close"
        told = message.get("bytes") or b""
        if _MEDIA in told:
            _files[self.sid].update(_FILE.findall(told))
        await self._send(message)

    async def receive(self) -> Message:
        """The browser's next message, unless the session is ended before it comes."""
        while True:
            message = await self._next()
            if message is None:
                return await self._leave()
            if message["type"] != "websocket.receive" or not message.get("bytes"):
                return message
            passed = await self._passed(message["bytes"])
            if passed is not None:
                return {"type": "websocket.receive", "bytes": passed}

    async def _next(self) -> Message | None:
        coming, ending = asyncio.ensure_future(self._receive()), asyncio.ensure_future(self._expelled.wait())
        try:
            await asyncio.wait({coming, ending}, return_when=asyncio.FIRST_COMPLETED)
            return None if self._expelled.is_set() else coming.result()
        finally:
            ending.cancel()
            if not coming.done():
                coming.cancel()

    async def _leave(self) -> Message:
        if not self._closed:
            self._closed = True
            await self._send({"type": "websocket.send", "bytes": redirect(login_url(self.path))})
            await self._send({"type": "websocket.close", "code": SIGN_IN_AGAIN})
        return {"type": "websocket.disconnect", "code": SIGN_IN_AGAIN}

    async def _passed(self, raw: bytes) -> bytes | None:
        """A message as Streamlit may see it; None if it may not.

        An expired session still gets one run of the whole page, in which the viewer keeps what was typed and ends it.
        """
        message = BackMsg()
        try:
            message.ParseFromString(raw)
        except (DecodeError, ValueError):
            return raw  # Streamlit closes such a page itself
        kind = message.WhichOneof("type")
        state = message.rerun_script
        if kind == "rerun_script" and state.context_info.url:
            self.path = _place(state.context_info.url)
        if kind == "rerun_script" and not state.is_auto_rerun and not state.fragment_id:
            write_behind.touch(self.sid)
            return raw
        if kind == "app_heartbeat" or await asyncio.to_thread(is_alive, self.sid, self.person_id):
            if kind == "rerun_script" and not state.is_auto_rerun:
                write_behind.touch(self.sid)
            return raw
        if kind != "rerun_script" or state.is_auto_rerun:
            return None
        state.fragment_id = ""
        return bytes(message.SerializeToString())


def _place(url: str) -> str:
    """Path and query of a page's address."""
    found = urlsplit(url)
    return found.path + (f"?{found.query}" if found.query else "")


def is_alive(sid: str, person_id: UUID) -> bool:
    with db.read() as session:
        return sign_in.find_by_sid(session, sid, person_id) is not None


async def watch() -> None:
    """Four times a second, find the open pages whose session was ended by somebody, and let them go."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        if _open:
            await _expel_ended()


async def _expel_ended() -> None:
    try:
        ended = await asyncio.to_thread(_ended, list(_open))
    except Exception:  # noqa: BLE001 -- the watch goes on
        _log.exception("The open sessions could not be looked at; trying again.")
        return
    for sid in ended:
        for socket in list(_open.get(sid, ())):
            socket.expel()


def _ended(sids: list[str]) -> set[str]:
    with db.read() as session:
        return set(sids) - sign_in.still_open(session, sids)
