"""Who calls, what their token lets them do, and how much they may send: settled before a byte of a body is read."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm import db, people
from crm.api import evidence
from crm.api.places import Places, TooManyError, is_heavy
from crm.ground.config import settings
from crm.ground.errors import CrmError
from crm.people import Person
from crm.people.events import Event, Kind
from crm.people.tokens import Bearer
from crm.people.tokens import Scope as Reach

OPEN, FILES = "/openapi.json", "/imports"
BODY_MB = 8


class Doorkeeper:
    """Pure ASGI: nobody without a token fills our memory or disk."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._places = Places()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        if scope["type"] != "http" or path == OPEN:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        address = scope["client"][0] if scope.get("client") else ""
        try:
            bearer = await asyncio.to_thread(_bearer, headers.get("authorization", ""), address)
        except CrmError as error:
            await _answer(503, str(error))(scope, receive, send)
            return
        if not bearer:
            refused = "Send a token that works: Authorization: Bearer vip_..."
            await _answer(401, refused, {"WWW-Authenticate": "Bearer"})(scope, receive, send)
            return
        lacking = _lacking(bearer, scope["method"], path)
        if lacking:
            await _answer(403, lacking)(scope, receive, send)
            return
        limit = _limit(path)
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > limit:
            await _answer(413, _too_much(limit))(scope, receive, send)
            return
        scope.setdefault("state", {}).update(person=bearer.person, address=address)
        read = evidence.of_list(scope["method"], path, scope.get("query_string", b""), bearer.person.id, address)
        try:
            with self._places.taken(bearer.person.id, is_heavy=is_heavy(path)):
                await self.app(scope, _counted(receive, limit), read.noted(send) if read else send)
        except TooManyError as error:
            await _answer(429, str(error), {"Retry-After": "1"})(scope, receive, send)


def _bearer(header: str, address: str) -> Bearer | None:
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return None
    with db.read() as session:
        found = people.tokens.find(session, secret.strip())
    if found:
        people.events.note_use(found.token_id, address)
    return found


def _lacking(bearer: Bearer, method: str, path: str) -> str:
    """What a token must be made for, if this one is not: bringing files in, reading, or else writing about clients."""
    of_imports = path == FILES or path.startswith(f"{FILES}/")
    fitting = {Reach.IMPORT} if of_imports else set()
    if method in ("GET", "HEAD"):
        fitting.add(Reach.READ)
    elif not of_imports:
        fitting.add(Reach.LOG)
    if fitting & bearer.scopes:
        return ""
    wanted = " or ".join(sorted(fitting))
    people.events.note(Event(Kind.REFUSED, bearer.person.id, detail=f"{method} {path}"))
    return f"This token was not made for that; it lacks the scope {wanted}."


def _limit(path: str) -> int:
    """A file may be as large as on the page; everything else is small."""
    return (settings().upload_limit_mb + 1 if path == FILES else BODY_MB) << 20


def _too_much(limit: int) -> str:
    return f"This is more than {limit >> 20:,} MB; nothing of it was taken."


def _counted(receive: Receive, limit: int) -> Callable[[], Awaitable[Message]]:
    """A body that does not say its length is cut off where it grows too large."""
    left = limit

    async def counting() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, _too_much(limit))
        return message

    return counting


def _answer(status: int, sentence: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"detail": sentence}, status_code=status, headers=headers)


def _caller(request: Request, _token: Annotated[object, Depends(HTTPBearer(auto_error=False))]) -> Person:
    person: Person = request.state.person
    return person


Caller = Annotated[Person, Depends(_caller)]
