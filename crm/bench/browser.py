"""A browser that shows nothing: it signs in by the form, opens pages over the websocket, and waits for their end."""

import asyncio
import re
import time
from http.cookiejar import CookieJar
from typing import Self
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from crm.ground.errors import CrmError

_TOKEN = re.compile(r'name="token" value="([^"]+)"')
PATIENCE = 30.0


def sign_in(address: str, email: str, password: str) -> str:
    """The Cookie header of a signed-in browser."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    try:
        found = _TOKEN.search(browser.open(f"{address}/login", timeout=PATIENCE).read().decode())
        fields = {"token": found.group(1) if found else "", "email": email, "password": password, "next": "/"}
        browser.open(f"{address}/login", urlencode(fields).encode(), timeout=PATIENCE).read()
    except HTTPError as error:
        raise CrmError(
            "{email} could not sign in at {address} ({code}).", email=email, address=address, code=error.code
        ) from error
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


class Tab:
    """One open tab."""

    def __init__(self, address: str, cookies: str) -> None:
        self.address = address
        self.cookies = cookies
        self._faults = 0
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        self._socket = await connect(
            f"{self.address.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.address,  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookies},
            max_size=None,
            compression=None,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._socket:
            await self._socket.close()

    async def open_page(self, page: str, query: str = "") -> float:
        """Open a page; gives the milliseconds from asking until its script has finished."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        started = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            await self._send(message.SerializeToString())
            while not self._is_done(await self._received()):
                pass
        return (time.perf_counter() - started) * 1000

    def faults(self) -> int:
        """How many errors the page showed since this was last asked."""
        found, self._faults = self._faults, 0
        return found

    async def _send(self, content: bytes) -> None:
        if self._socket:
            await self._socket.send(content)

    async def _received(self) -> ForwardMsg:
        message = ForwardMsg()
        if self._socket:
            content = await self._socket.recv()
            message.ParseFromString(content if isinstance(content, bytes) else content.encode())
        return message

    def _is_done(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "auth_redirect":
            raise CrmError("The session ended while it was measured.")
        if kind == "delta" and _is_fault(message):
            self._faults += 1
        if kind == "page_not_found":
            self._faults += 1
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


def _is_fault(message: ForwardMsg) -> bool:
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    return kind == "exception" or (kind == "alert" and element.alert.format == Alert.ERROR)
