"""The guard in front of everything: who is not signed in gets to the sign-in page and no further."""

import asyncio
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm.people.sign_in import SignedIn
from crm.web.edge import cookies, headers, index_page, options, sockets
from crm.web.kit import dropped_files, write_behind

# The API asks for a token itself; Streamlit's own scripts and styles are the same for everybody.
PUBLIC = ("/welcome/", "/api/", "/static/")
PUBLIC_EXACTLY = frozenset(
    {
        "/login",
        "/login/demo",
        "/login/code",
        "/logout",
        "/healthz",
        "/favicon.png",
        "/_stcore/health",
        "/_stcore/host-config",
    }
)
UPLOADS = "/_stcore/upload_file/"
MEDIA = "/media/"
MACHINERY = ("/_stcore/", "/media/", "/component/")


class Guard:
    """Pure ASGI, so that it sees websockets too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(_cleaned(scope), receive, _with_headers(scope, send))
        elif scope["type"] == "websocket":
            await self._websocket(_cleaned(scope), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_meant(scope):
            await PlainTextResponse("Only our own pages may ask this.", 403)(scope, receive, send)
            return
        if is_public(scope["path"]):
            await self.app(scope, receive, send)
            return
        who = await asyncio.to_thread(cookies.signed_in, scope)
        if who is None:
            await _turned_away(scope)(scope, receive, send)
            return
        if scope["path"].startswith(MEDIA) and not sockets.was_sent(who.sid, scope["path"]):
            await PlainTextResponse("There is no such file.", 404)(scope, receive, send)
            return
        if scope["path"] == "/":
            write_behind.touch(who.sid)
        await self.app(_named(scope, who), receive, _put_away(scope, send))

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_from_our_page(scope):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        who = await asyncio.to_thread(cookies.signed_in, scope)
        if who is None:
            await _sent_to_login(receive, send)
            return
        with sockets.Socket(who, receive, send) as socket:
            await self.app(_named(scope, who), socket.receive, socket.send)


def is_public(path: str) -> bool:
    return path in PUBLIC_EXACTLY or path.startswith(PUBLIC)


def is_from_our_page(scope: Scope) -> bool:
    """A cookie goes to every port of a host, so a page of another program there could open ours; its origin tells."""
    told = Headers(scope=scope)
    asking = told.get("origin")
    return not asking or asking == options.origin() or urlsplit(asking).netloc == told.get("host")


def is_meant(scope: Scope) -> bool:
    """What changes something comes from a page of ours: browsers say so, and programs other than browsers bring no cookie.

    The API asks for a token instead, which no browser adds by itself.
    """
    if scope["method"] in ("GET", "HEAD", "OPTIONS") or scope["path"].startswith("/api/"):
        return True
    return Headers(scope=scope).get("sec-fetch-site", "none") in ("same-origin", "none") and is_from_our_page(scope)


def _cleaned(scope: Scope) -> Scope:
    """Without the headers by which we tell Streamlit who is there: nobody outside may say that."""
    kept = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(b"x-crm-")]
    return {**scope, "headers": kept}


def _named(scope: Scope, who: SignedIn) -> Scope:
    told = [(b"x-crm-user", str(who.person.id).encode()), (b"x-crm-sid", who.sid.encode())]
    return {**scope, "headers": [*scope["headers"], *told], index_page.WHO: who}


def _turned_away(scope: Scope) -> Response:
    path = scope["path"]
    if scope["method"] not in ("GET", "HEAD") or path.startswith(MACHINERY):
        return PlainTextResponse("Sign in first.", status_code=401)
    wanted = path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    return RedirectResponse("/login" if wanted == "/" else f"/login?next={quote(wanted)}", status_code=303)


async def _sent_to_login(receive: Receive, send: Send) -> None:
    """Refusing the handshake would leave a stale page that tries again for ever."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": "streamlit"})
    await send({"type": "websocket.send", "bytes": sockets.redirect(sockets.login_url())})
    await send({"type": "websocket.close", "code": sockets.SIGN_IN_AGAIN})


def _with_headers(scope: Scope, send: Send) -> Send:
    secure = cookies.is_secure(scope)

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {
                **message,
                "headers": headers.added(list(message.get("headers", [])), secure=secure, path=scope["path"]),
            }
        await send(message)

    return sent


def _put_away(scope: Scope, send: Send) -> Send:
    """A file that was sent to a page is put on disk before the page hears of it."""
    if scope["method"] != "PUT" or not scope["path"].startswith(UPLOADS):
        return send
    session_id, _, file_id = scope["path"].removeprefix(UPLOADS).partition("/")

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == HTTPStatus.NO_CONTENT:
            await asyncio.to_thread(dropped_files.put_away, session_id, file_id)
        await send(message)

    return sent


async def broken(_request: object, _error: Exception) -> Response:
    """The answer to a bug, in the layer outside of every middleware."""
    return PlainTextResponse("Something went wrong here; it was noted. Go back and try again.", 500, headers.common())
