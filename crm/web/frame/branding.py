"""How the house looks: its marks, and what its theme cannot say."""

from base64 import b64encode
from functools import cache
from importlib import resources
from pathlib import Path

import streamlit

NAME = "VIP Desk"


@cache
def icon() -> str:
    """The icon as an address of its own, so that no run has to read the file again."""
    return _address("icon.svg")


@cache
def wordmark() -> str:
    """The icon and the name beside it, in the light or the dark of the system."""
    return _address("wordmark.svg")


@cache
def latin_font() -> str:
    """Where the browser has Streamlit's own font from, for pages that Streamlit does not draw.

    Raises:
        StopIteration: Streamlit brings no such font any more.
    """
    static = Path(streamlit.__file__).parent / "static"
    return f"/{next(static.glob('static/media/SourceSans*Upright*.woff2')).relative_to(static).as_posix()}"


@cache
def style(**said: str) -> str:
    """Small corrections of what Streamlit draws, and the English words of its parts in the reader's language."""
    rules = resources.files(__package__).joinpath("look.css").read_text(encoding="utf-8")
    for name, words in said.items():
        rules = rules.replace(name.upper(), words)
    return f"<style>{rules}</style>"


@cache
def script() -> str:
    """What the browser does beside Streamlit: it tells of what is being typed, and goes into the first field of a dialog."""
    return resources.files(__package__).joinpath("typing.js").read_text(encoding="utf-8")


def lit(file: str) -> str:
    """The entry of the menu within which a page stands that has none itself."""
    link = f'[data-testid="stSidebarNavLink"][href$="/{file}"]'
    return f"<style>{link} {{ background: rgba(128, 128, 128, 0.18); font-weight: 600; }}</style>"


def _address(file: str) -> str:
    drawn = resources.files(__package__).joinpath(file).read_bytes()
    return f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"
