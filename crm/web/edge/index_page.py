"""The first thing a browser gets: Streamlit's index.html with our name on it, told at once where the server is."""

from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from crm.people.sign_in import SignedIn
from crm.web.frame import branding, menu

WHO = "crm.signed_in"
# Without it the browser looks for the server below the page's own address first: two refusals, and a wait, for each load.
_HERE = "window.__streamlit = { BACKEND_BASE_URL: location.origin };"
_LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def show(request: Request) -> Response:
    """The frame in which a page will draw itself; the page where one arrives has no name in its address."""
    who: SignedIn = request.scope[WHO]
    file = request.url.path.strip("/")
    if file and file == menu.visible_to(who.person)[0].file:
        return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/", 303)
    return HTMLResponse(index(who.person.locale))


@lru_cache
def index(language: str = "en") -> str:
    """The language decides, among others, which of several forms a Chinese sign is drawn in."""
    text = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    for theirs, ours in (
        ("<title>Streamlit</title>", f"<title>{branding.NAME}</title>"),
        ('<html lang="en">', f'<html lang="{_LANGUAGES.get(language, "en")}">'),
        ("./favicon.png", branding.icon()),
        ('<script type="module"', f'<script>{_HERE}\n{branding.script()}</script><script type="module"'),
    ):
        text = text.replace(theirs, ours, 1)
    return text


def routes() -> list[Route]:
    """One for each page of the menu, once the screens have registered theirs."""
    return [Route("/", show), *(Route(f"/{entry.file}", show) for entry in menu.entries())]
