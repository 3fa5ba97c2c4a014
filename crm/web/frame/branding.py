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
def style(choose_a_file: str) -> str:
    """Small corrections of what Streamlit draws, and its one English word in the reader's language."""
    rules = resources.files(__package__).joinpath("look.css").read_text(encoding="utf-8")
    return f"<style>{rules.replace('CHOOSE_A_FILE', choose_a_file)}</style>"


def _address(file: str) -> str:
    drawn = resources.files(__package__).joinpath(file).read_bytes()
    return f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"
