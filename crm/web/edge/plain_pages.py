"""Plain pages that work without JavaScript, and the forms on them, which only our own page can send."""

import asyncio
import hmac
from urllib.parse import parse_qs, quote

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from crm import db
from crm.ground import keyring
from crm.ground.errors import InvalidError
from crm.locale import LANGUAGES
from crm.people import secrets, sign_in
from crm.web import locale
from crm.web.edge import cookies
from crm.web.frame import branding

LARGEST_FORM = 20_000
CODE_PAGE = "/login/code"

templates = Environment(
    loader=PackageLoader("crm.web", "templates"), autoescape=select_autoescape(), undefined=StrictUndefined
)


def page(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    """A page in the reader's language, with the token that its form must bring back."""
    browser = cookies.read(request.scope, cookies.FORM) or secrets.fresh()
    token = _token(request, browser)
    shown = templates.get_template(template).render(
        t=locale.t,
        language=locale.code(),
        languages=LANGUAGES,
        latin_font=branding.latin_font(),
        token=token,
        path=request.url.path,
        **values,
    )
    response = HTMLResponse(shown, status)
    cookies.put(response, request.scope, cookies.FORM, browser)
    if request.query_params.get("language") in LANGUAGES:
        cookies.put(response, request.scope, cookies.LANGUAGE, locale.code(), seconds=cookies.YEAR)
    return response


def _token(request: Request, browser: str) -> str:
    """Of this browser and the session in it: no token that somebody else was given fits here."""
    of_session = "" if getattr(request.state, "left", False) else cookies.secret_of(request.scope)
    return keyring.sealed("form", f"{browser}|{of_session}")


def listen(request: Request) -> None:
    """Speak the language that was chosen here, or else the browser's."""
    chosen = request.query_params.get("language") or cookies.read(request.scope, cookies.LANGUAGE)
    locale.use(chosen if chosen in LANGUAGES else locale.best(request.headers.get("accept-language", "")))


async def fields_of(request: Request) -> dict[str, str]:
    """The form that was sent, if our own page sent it.

    Raises:
        InvalidError: it did not, or the form is too long.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise InvalidError("That is too long.")
    fields = {
        name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True).items()
    }
    browser = cookies.read(request.scope, cookies.FORM)
    if not browser or not hmac.compare_digest(_token(request, browser).encode(), fields.get("token", "").encode()):
        raise InvalidError("This page was open for too long, or cookies are switched off. Please try again.")
    return fields


def inside(wanted: str) -> str:
    """Where to go afterwards: a place of ours or the first page, never another site."""
    safe = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if safe and not wanted.startswith(("/login", "/logout")) else "/"


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def browser_of(request: Request) -> str:
    return request.headers.get("user-agent", "")


async def let_in(request: Request, secret: str, wanted: str) -> Response:
    """To where one wanted to go; with a second factor first to the page that asks for its code."""
    device = await asyncio.to_thread(_settled, secret, request)
    wanted = inside(wanted)
    there = wanted if device else CODE_PAGE + (f"?next={quote(wanted)}" if wanted != "/" else "")
    response = RedirectResponse(there, 303)
    cookies.set_on(response, request.scope, secret)
    if device:
        cookies.put(response, request.scope, cookies.DEVICE, device, seconds=sign_in.DEVICE_DAYS * 86_400)
    cookies.take(response, request.scope, cookies.FORM)
    return response


def _settled(secret: str, request: Request) -> str:
    """End what was open in this browser before; gives the secret by which it is known from now on, "" before the code."""
    before = cookies.secret_of(request.scope)
    with db.beside(sign_in.TURN) as session:
        if before and before != secret:
            sign_in.leave(session, before)
        found = sign_in.find(session, secret)
        return sign_in.know(session, found.person.id, cookies.read(request.scope, cookies.DEVICE)) if found else ""
