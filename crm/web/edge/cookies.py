"""The cookies of a browser: its session, its form, its language, and that it was here before; and who it is."""

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from crm import db
from crm.ground.config import settings
from crm.people import sign_in
from crm.people.sign_in import SignedIn

SESSION, FORM, LANGUAGE, DEVICE = "vip_desk", "vip_desk_form", "vip_desk_language", "vip_desk_device"
YEAR = 31_536_000


def is_secure(scope: Scope) -> bool:
    return settings().public_url.startswith("https:") or scope["scheme"] in ("https", "wss")


def name(scope: Scope, what: str = SESSION) -> str:
    """Behind https the name itself forbids that a neighbouring site sets the cookie."""
    return f"__Host-{what}" if is_secure(scope) else what


def read(scope: Scope, what: str) -> str:
    return HTTPConnection({**scope, "type": "http"}).cookies.get(name(scope, what), "")


def secret_of(scope: Scope) -> str:
    return read(scope, SESSION)


def put(response: Response, scope: Scope, what: str, value: str, *, seconds: int | None = None) -> None:
    """No script reads any of them, and no other site's form sends one."""
    response.set_cookie(
        name(scope, what), value, max_age=seconds, httponly=True, samesite="lax", secure=is_secure(scope)
    )


def take(response: Response, scope: Scope, what: str) -> None:
    response.delete_cookie(name(scope, what), httponly=True, samesite="lax", secure=is_secure(scope))


def set_on(response: Response, scope: Scope, secret: str) -> None:
    put(response, scope, SESSION, secret, seconds=settings().session_hours * 3600)


def clear_on(response: Response, scope: Scope, *, stored: str = '"cache", "storage"') -> None:
    """Nobody is signed in here any more, and nothing of what was seen stays in the browser."""
    take(response, scope, SESSION)
    response.headers["clear-site-data"] = stored


def is_over(scope: Scope) -> bool:
    """Whether the cookie's session has ended; one that waits for a code has not."""
    secret = secret_of(scope)
    if not secret:
        return False
    with db.read() as session:
        return sign_in.find(session, secret) is None and sign_in.waiting(session, secret) is None


def signed_in(scope: Scope) -> SignedIn | None:
    """Whose live session the cookie of this request opens."""
    secret = secret_of(scope)
    if not secret:
        return None
    with db.read() as session:
        return sign_in.find(session, secret)
