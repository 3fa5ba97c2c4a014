"""The cookies of a signed-in browser, and who it is."""

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from crm import db
from crm.ground.config import settings
from crm.people import sign_in
from crm.people.sign_in import SignedIn


def is_secure(scope: Scope) -> bool:
    return settings().public_url.startswith("https:") or scope["scheme"] in ("https", "wss")


def name(scope: Scope) -> str:
    """Behind https the name itself forbids that a neighbouring site sets the cookie."""
    return "__Host-vip_desk" if is_secure(scope) else "vip_desk"


def secret_of(scope: Scope) -> str:
    return HTTPConnection({**scope, "type": "http"}).cookies.get(name(scope), "")


def set_on(response: Response, scope: Scope, secret: str) -> None:
    response.set_cookie(
        name(scope),
        secret,
        max_age=settings().session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=is_secure(scope),
    )


def clear_on(response: Response, scope: Scope) -> None:
    response.delete_cookie(name(scope), httponly=True, samesite="lax", secure=is_secure(scope))


def signed_in(scope: Scope) -> SignedIn | None:
    """Whose live session the cookie of this request opens."""
    secret = secret_of(scope)
    if not secret:
        return None
    with db.read() as session:
        return sign_in.find(session, secret)
