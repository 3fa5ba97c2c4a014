"""The routes by which one gets in and out: plain pages that work without JavaScript."""

import asyncio
import shutil
import threading
from collections.abc import Sequence

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from crm import db, people
from crm.ground.config import settings
from crm.ground.errors import CrmError, InvalidError, NotFoundError
from crm.people import events, links, passwords, sign_in
from crm.people.events import Event, Kind
from crm.web.edge import cookies, factor_routes, welcome_routes
from crm.web.edge.plain_pages import address_of, browser_of, fields_of, inside, let_in, listen, page
from crm.web.kit.phrases import render

LEAST_FREE = 50_000_000  # bytes; with less a save may fail
_demo_is_shut = threading.Event()


async def show_login(request: Request) -> Response:
    """Who is signed in goes on; a cookie of a session that is over goes, with the pages that the browser still holds.

    What was typed and is kept in the browser stays: its writer may be back in a minute.
    """
    listen(request)
    wanted = inside(request.query_params.get("next", "/"))
    if await asyncio.to_thread(cookies.signed_in, request.scope):
        return RedirectResponse(wanted, 303)
    request.state.left = await asyncio.to_thread(cookies.is_over, request.scope)
    response = await asyncio.to_thread(login_page, request, wanted=wanted)
    if request.state.left:
        cookies.clear_on(response, request.scope, stored='"cache"')
    return response


def login_page(request: Request, *, wanted: str, email: str = "", problem: str = "", status: int = 200) -> Response:
    with db.read() as session:
        demo = _demo_people(session)
        needs_admin = not demo and links.needs_first_admin(session)
    values = {"wanted": wanted, "email": email, "problem": problem, "demo": demo, "needs_admin": needs_admin}
    return page(request, "login.html", status=status, ended="ended" in request.query_params, **values)


async def log_in(request: Request) -> Response:
    listen(request)
    fields: dict[str, str] = {}
    try:
        fields = await fields_of(request)
        secret = await asyncio.to_thread(_enter, fields.get("email", ""), fields.get("password", ""), request)
    except CrmError as error:
        return await asyncio.to_thread(_refused, request, fields, error)
    return await let_in(request, secret, fields.get("next", "/"))


async def log_in_to_demo(request: Request) -> Response:
    """One click, for people of a demo who still have the password that everybody knows."""
    listen(request)
    fields: dict[str, str] = {}
    try:
        fields = await fields_of(request)
        email = await asyncio.to_thread(_demo_email, fields.get("person", ""))
        secret = await asyncio.to_thread(_enter, email, passwords.DEMO_PASSWORD, request)
    except CrmError as error:
        return await asyncio.to_thread(_refused, request, fields, error)
    return await let_in(request, secret, fields.get("next", "/"))


def shut_demo() -> None:
    """This process serves a desk of its own: nobody comes in by one click, whatever people are called."""
    _demo_is_shut.set()


def _demo_people(session: Session) -> Sequence[people.Person]:
    return () if _demo_is_shut.is_set() else people.demo_people(session)


def _demo_email(person_id: str) -> str:
    with db.read() as session:
        for person in _demo_people(session):
            if str(person.id) == person_id:
                return person.email
    raise NotFoundError("There is no such person in the demo.")


def _enter(email: str, password: str, request: Request) -> str:
    address, device = address_of(request), cookies.read(request.scope, cookies.DEVICE)
    with db.beside(sign_in.TURN) as session:
        tried = sign_in.attempt(session, email, address, device=device)
    if not passwords.verify(tried.password_hash, password):
        about = tried.person.id if tried.person else None
        events.note(Event(Kind.SIGN_IN_FAILED, about_id=about, address=address))
        raise InvalidError("The e-mail or the password is not right.")
    with db.beside(sign_in.TURN) as session:
        return sign_in.succeed(session, tried, browser=browser_of(request))


def _refused(request: Request, fields: dict[str, str], error: CrmError) -> Response:
    status = 429 if isinstance(error, people.TooSoonError) else 400
    wanted = inside(fields.get("next", "/"))
    problem = render(error.message)
    return login_page(request, wanted=wanted, email=fields.get("email", ""), problem=problem, status=status)


async def log_out(request: Request) -> Response:
    """Ends the session of the browser that asks; the token of its own page proves that it was meant."""
    listen(request)
    try:
        await fields_of(request)
    except CrmError as error:
        return page(request, "message.html", status=400, problem=render(error.message))
    await asyncio.to_thread(_leave, request)
    response = RedirectResponse("/login", 303)
    cookies.clear_on(response, request.scope)
    return response


def _leave(request: Request) -> None:
    found = cookies.signed_in(request.scope)
    if found:
        with db.beside(sign_in.TURN) as session:
            sign_in.end(session, found.sid)
            events.add(session, Event(Kind.SIGNED_OUT, found.person.id, address=address_of(request)))


async def show_log_out(request: Request) -> Response:
    listen(request)
    return page(request, "logout.html")


async def health(_request: Request) -> Response:
    """Whether the database answers, and the disk has room for what comes next."""
    try:
        await asyncio.to_thread(_asked)
    except CrmError as error:
        return JSONResponse({"status": "down", "why": str(error)}, 503)
    return JSONResponse({"status": "ok"})


def _asked() -> None:
    with db.read() as session:
        people.names(session)
    folder = settings().data_dir
    if folder.exists() and shutil.disk_usage(folder).free < LEAST_FREE:
        raise CrmError("The disk is full.")


routes = [
    Route("/login", show_login, methods=["GET"]),
    Route("/login", log_in, methods=["POST"]),
    Route("/login/demo", log_in_to_demo, methods=["POST"]),
    *factor_routes.routes,
    Route("/logout", show_log_out, methods=["GET"]),
    Route("/logout", log_out, methods=["POST"]),
    *welcome_routes.routes,
    Route("/healthz", health, methods=["GET"]),
]
