"""The second step of signing in: a code of the app, or a recovery code."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from crm import db, people
from crm.ground.errors import CrmError, InvalidError
from crm.people import events, sign_in
from crm.people.events import Event, Kind
from crm.web.edge import cookies, plain_pages
from crm.web.kit.phrases import render


async def show(request: Request) -> Response:
    plain_pages.listen(request)
    if await asyncio.to_thread(_waiting, request) is None:
        return RedirectResponse("/login", 303)
    return _form(request, wanted=plain_pages.inside(request.query_params.get("next", "/")))


def _waiting(request: Request) -> people.Person | None:
    with db.read() as session:
        return sign_in.waiting(session, cookies.secret_of(request.scope))


def _form(request: Request, *, wanted: str, problem: str = "", status: int = 200) -> Response:
    return plain_pages.page(request, "code.html", status=status, wanted=wanted, problem=problem)


async def check(request: Request) -> Response:
    plain_pages.listen(request)
    fields: dict[str, str] = {}
    try:
        fields = await plain_pages.fields_of(request)
        person = await asyncio.to_thread(_waiting, request)
        if person is None:
            return RedirectResponse("/login", 303)
        opened = await asyncio.to_thread(_passed, request, person, fields.get("code", ""))
    except CrmError as error:
        wanted = plain_pages.inside(fields.get("next", "/"))
        status = 429 if isinstance(error, people.TooSoonError) else 400
        return _form(request, wanted=wanted, problem=render(error.message), status=status)
    return await plain_pages.let_in(request, opened, fields.get("next", "/"))


def _passed(request: Request, person: people.Person, code: str) -> str:
    with db.beside(sign_in.TURN) as session:
        sign_in.count_code(session, person)
    with db.beside(sign_in.TURN) as session:
        opened = sign_in.pass_factor(session, cookies.secret_of(request.scope), code)
    if opened is None:
        address = plain_pages.address_of(request)
        events.note(Event(Kind.CONFIRMING_FAILED, about_id=person.id, address=address))
        raise InvalidError("That code is not right, or was used already.")
    return opened


routes = [
    Route(plain_pages.CODE_PAGE, show, methods=["GET"]),
    Route(plain_pages.CODE_PAGE, check, methods=["POST"]),
]
