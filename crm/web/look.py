"""The mark of the house."""

from base64 import b64encode
from functools import cache
from importlib import resources


@cache
def icon() -> str:
    """The icon as an address of its own, so that no run has to read the file again."""
    drawn = resources.files(__package__).joinpath("icon.svg").read_bytes()
    return f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"
