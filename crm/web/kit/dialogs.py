"""Which dialog stands open: it is opened by a click, survives reruns, and closes when it is done or dismissed."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

_KEY = "_opened"


@dataclass(frozen=True)
class Opened:
    """A dialog's name and what it is about."""

    name: str
    about: Any


def ask(name: str, about: Any = None) -> None:  # noqa: ANN401 -- whatever the dialog is about
    """For `on_click`: the next run shows this dialog."""
    st.session_state[_KEY] = Opened(name, about)


def now() -> Opened | None:
    found: Opened | None = st.session_state.get(_KEY)
    return found


def close() -> None:
    st.session_state.pop(_KEY, None)


def take(name: str) -> Any:  # noqa: ANN401
    """What a click asked for, once: for jumps that show no dialog."""
    found = now()
    if not found or found.name != name:
        return None
    close()
    return found.about
