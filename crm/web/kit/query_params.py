"""Choices that stand in the address, under codes that are the same in every language: a pasted link opens the same view."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

import streamlit as st

from crm.ground.formats import TYPED_DAY
from crm.web.kit import say

T = TypeVar("T")
D = TypeVar("D")
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def get(name: str) -> str:
    return st.query_params.get(name, "")


def put(**values: object) -> None:
    """Set these parts of the address; an empty value takes its part away."""
    for name, value in values.items():
        if value in (None, ""):
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = str(value)


def key(name: str) -> UUID | None:
    """The key of a row in the address; what cannot be one counts as none."""
    found = get(name).lower()
    return UUID(found) if _KEY.fullmatch(found) else None


def whole(name: str, *, nothing: D) -> int | D:
    found = get(name)
    return int(found) if found.isascii() and found.isdigit() and len(found) < 19 else nothing  # noqa: PLR2004 -- a BIGINT


def choice(  # noqa: PLR0913 -- a widget and its part of the address
    label: str,
    options: Sequence[T],
    *,
    name: str,
    code: Callable[[T], str] = str,
    shown: Callable[[T], str] = str,
    clears: Sequence[str] = (),
    usual: str = "",
) -> T | None:
    """One of several or none; `clears` names parts of the address that a new choice makes stale.

    `usual` is the code that holds where the address names none.
    """
    key = f"addressed_{name}"
    by_code = {code(option): option for option in options}
    asked = get(name) if get(name) in by_code else usual
    st.session_state[key] = asked if asked in by_code else None
    st.selectbox(
        say.label(label),
        list(by_code),
        format_func=lambda value: shown(by_code[value]),
        key=key,
        placeholder="—",
        on_change=_moved,
        args=(key, name, clears),
    )
    return by_code.get(asked)


def segment(
    label: str,
    options: Sequence[T],
    *,
    name: str,
    shown: Callable[[T], str] = str,
    clears: Sequence[str] = (),
    default: T | None = None,
) -> T:
    """One of a few that are all in sight; the default, or else the first, where the address says nothing."""
    key = f"addressed_{name}"
    by_code = {str(option): option for option in options}
    asked = get(name) if get(name) in by_code else str(options[0] if default is None else default)
    st.session_state[key] = asked
    st.segmented_control(
        say.label(label),
        list(by_code),
        format_func=lambda value: shown(by_code[value]),
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=_moved,
        args=(key, name, clears),
    )
    return by_code[asked]


def day(label: str, *, name: str, clears: Sequence[str] = (), latest: date | None = None) -> date | None:
    key = f"addressed_{name}"
    asked = parsed_day(get(name))
    if asked and latest:
        asked = min(asked, latest)
    st.session_state[key] = asked
    st.date_input(
        label, key=key, value=None, max_value=latest, format=TYPED_DAY, on_change=_moved, args=(key, name, clears)
    )
    return asked


def parsed_day(text: str) -> date | None:
    """A day of the address; what somebody typed wrongly there counts as none."""
    digits = text.replace("-", "")
    if len(text) != len("2026-03-16") or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moved(key: str, name: str, clears: Sequence[str]) -> None:
    put(**{name: st.session_state[key]} | dict.fromkeys(clears))
