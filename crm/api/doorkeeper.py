"""Who calls, and how much they may send: settled before a single byte of a body is read."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm import db, people
from crm.api.places import Places, TooManyError, is_heavy
from crm.ground.config import settings
from crm.ground.errors import CrmError
from crm.people import Person

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
        try:
            person = await asyncio.to_thread(_person, headers.get("authorization", ""))
        except CrmError as error:
            await _answer(503, str(error))(scope, receive, send)
            return
        if not person:
            refused = "Send a token that works: Authorization: Bearer vip_..."
            await _answer(401, refused, {"WWW-Authenticate": "Bearer"})(scope, receive, send)
            return
        limit = _limit(path)
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > limit:
            await _answer(413, _too_much(limit))(scope, receive, send)
            return
        scope.setdefault("state", {})["person"] = person
        try:
            with self._places.taken(person.id, is_heavy=is_heavy(path)):
                await self.app(scope, _counted(receive, limit), send)
        except TooManyError as error:
            await _answer(429, str(error), {"Retry-After": "1"})(scope, receive, send)


def _person(header: str) -> Person | None:
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return None
    with db.read() as session:
        return people.tokens.find_person(session, secret.strip())


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
