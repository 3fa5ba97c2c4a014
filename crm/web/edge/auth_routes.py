"""The routes by which one gets in and out: plain pages that work without JavaScript."""

import asyncio
import hmac
from urllib.parse import parse_qs

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from crm import db, people
from crm.ground.errors import CrmError, InvalidError, NotFoundError
from crm.ground.messages import Message
from crm.locale import LANGUAGES
from crm.people import NewPerson, links, passwords, secrets, sign_in
from crm.people.sign_in import TooSoonError
from crm.web import locale
from crm.web.edge import cookies
from crm.web.frame import branding
from crm.web.kit import form_errors
from crm.web.kit.phrases import render

FORM_COOKIE, LANGUAGE_COOKIE = "vip_desk_form", "vip_desk_language"
LARGEST_FORM = 20_000

templates = Environment(
    loader=PackageLoader("crm.web", "templates"), autoescape=select_autoescape(), undefined=StrictUndefined
)


def page(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    """A page in the reader's language, with the token that its form must bring back."""
    token = request.cookies.get(FORM_COOKIE) or secrets.fresh()
    frame = {"languages": LANGUAGES, "latin_font": branding.latin_font(), "token": token, "path": request.url.path}
    shown = templates.get_template(template).render(t=locale.t, language=locale.code(), **frame, **values)
    response = HTMLResponse(shown, status)
    response.set_cookie(FORM_COOKIE, token, httponly=True, samesite="strict", secure=cookies.is_secure(request.scope))
    if request.query_params.get("language") in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, locale.code(), max_age=31_536_000, httponly=True, samesite="lax")
    return response


def listen(request: Request) -> None:
    """Speak the language that was chosen here, or else the browser's."""
    chosen = request.query_params.get("language") or request.cookies.get(LANGUAGE_COOKIE)
    locale.use(chosen if chosen in LANGUAGES else locale.best(request.headers.get("accept-language", "")))


async def fields_of(request: Request) -> dict[str, str]:
    """The form that was sent, if our own page sent it."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise InvalidError("That is too long.")
    fields = {
        name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True).items()
    }
    ours = request.cookies.get(FORM_COOKIE, "")
    if not ours or not hmac.compare_digest(ours.encode(), fields.get("token", "").encode()):
        raise InvalidError("This page was open for too long, or cookies are switched off. Please try again.")
    return fields


def inside(wanted: str) -> str:
    """Where to go afterwards: a place of ours or the first page, never another site."""
    safe = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if safe and not wanted.startswith(("/login", "/logout")) else "/"


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


async def show_login(request: Request) -> Response:
    listen(request)
    wanted = inside(request.query_params.get("next", "/"))
    if await asyncio.to_thread(cookies.signed_in, request.scope):
        return RedirectResponse(wanted, 303)
    return await asyncio.to_thread(login_page, request, wanted=wanted)


def login_page(request: Request, *, wanted: str, email: str = "", problem: str = "", status: int = 200) -> Response:
    with db.read() as session:
        demo = people.demo_people(session)
        needs_admin = not demo and links.needs_first_admin(session)
    values = {"wanted": wanted, "email": email, "problem": problem, "demo": demo, "needs_admin": needs_admin}
    return page(request, "login.html", status=status, **values)


async def log_in(request: Request) -> Response:
    listen(request)
    fields: dict[str, str] = {}
    try:
        fields = await fields_of(request)
        secret = await asyncio.to_thread(_enter, fields.get("email", ""), fields.get("password", ""), request)
    except CrmError as error:
        return await asyncio.to_thread(_refused, request, fields, error)
    return _inside_now(request, secret, fields.get("next", "/"))


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
    return _inside_now(request, secret, fields.get("next", "/"))


def _demo_email(person_id: str) -> str:
    with db.read() as session:
        for person in people.demo_people(session):
            if str(person.id) == person_id:
                return person.email
    raise NotFoundError("There is no such person in the demo.")


def _enter(email: str, password: str, request: Request) -> str:
    with db.write() as session:
        tried = sign_in.attempt(session, email, address_of(request))
    if not passwords.verify(tried.password_hash, password):
        raise InvalidError("The e-mail or the password is not right.")
    with db.write() as session:
        return sign_in.succeed(session, tried, browser=request.headers.get("user-agent", ""))


def _refused(request: Request, fields: dict[str, str], error: CrmError) -> Response:
    status = 429 if isinstance(error, TooSoonError) else 400
    wanted = inside(fields.get("next", "/"))
    problem = render(error.message)
    return login_page(request, wanted=wanted, email=fields.get("email", ""), problem=problem, status=status)


def _inside_now(request: Request, secret: str, wanted: str) -> Response:
    response = RedirectResponse(inside(wanted), 303)
    cookies.set_on(response, request.scope, secret)
    response.delete_cookie(FORM_COOKIE)
    return response


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
        with db.write() as session:
            sign_in.end(session, found.sid)


async def show_log_out(request: Request) -> Response:
    listen(request)
    return page(request, "logout.html")


async def show_welcome(request: Request) -> Response:
    """The form behind a link that works once: the first admin's, or a colleague's who chooses a password."""
    listen(request)
    try:
        person = await asyncio.to_thread(_person_of, request.path_params["secret"])
    except CrmError as error:
        return page(request, "message.html", status=404, problem=render(error.message))
    return page(request, "welcome.html", person=person, fields={}, problem="", shortest=passwords.SHORTEST)


def _person_of(secret: str) -> people.Person | None:
    with db.read() as session:
        return links.person_of(session, secret)


async def welcome(request: Request) -> Response:
    listen(request)
    link = request.path_params["secret"]
    fields: dict[str, str] = {}
    person: people.Person | None = None
    try:
        person = await asyncio.to_thread(_person_of, link)
        fields = await fields_of(request)
        secret = await asyncio.to_thread(_choose, link, fields, request)
    except NotFoundError as error:
        return page(request, "message.html", status=404, problem=render(error.message))
    except (CrmError, ValidationError) as error:
        problem = render(_text_of(error))
        values = {"person": person, "fields": fields, "problem": problem, "shortest": passwords.SHORTEST}
        return page(request, "welcome.html", status=400, **values)
    return _inside_now(request, secret, "/")


def _choose(link: str, fields: dict[str, str], request: Request) -> str:
    password = fields.get("password", "")
    if password != fields.get("again", ""):
        raise InvalidError("The two passwords differ.")
    who = _person_of(link)
    with db.write(by=who, why="chose a password") as session:
        if who is None:
            new = NewPerson(email=fields.get("email", ""), name=fields.get("name", "").strip(), locale=locale.code())
            who = links.become_first_admin(session, link, new, password)
        else:
            links.choose_password(session, link, password)
        browser = request.headers.get("user-agent", "")
        return sign_in.start(session, who.id, address=address_of(request), browser=browser)


def _text_of(error: CrmError | ValidationError) -> Message:
    if isinstance(error, CrmError):
        return error.message
    first = error.errors()[0]
    return form_errors.own(first) or Message("Please fill in your name.")


async def health(_request: Request) -> Response:
    """Whether the database answers."""
    try:
        await asyncio.to_thread(_asked)
    except CrmError as error:
        return JSONResponse({"status": "down", "why": str(error)}, 503)
    return JSONResponse({"status": "ok"})


def _asked() -> None:
    with db.read() as session:
        people.names(session)


routes = [
    Route("/login", show_login, methods=["GET"]),
    Route("/login", log_in, methods=["POST"]),
    Route("/login/demo", log_in_to_demo, methods=["POST"]),
    Route("/logout", show_log_out, methods=["GET"]),
    Route("/logout", log_out, methods=["POST"]),
    Route("/welcome/{secret}", show_welcome, methods=["GET"]),
    Route("/welcome/{secret}", welcome, methods=["POST"]),
    Route("/healthz", health, methods=["GET"]),
]
