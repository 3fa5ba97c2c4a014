"""What a list is narrowed to; all of it stands in the address."""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar
from uuid import UUID

import streamlit as st

from crm.web.kit import query_params, say
from crm.web.locale import t

T = TypeVar("T")
NONE = "-"


def asked_words(name: str = "q") -> str:
    """What is searched for."""
    return query_params.get(name).strip()


def asked(name: str, known: Collection[str] | None = None) -> tuple[str, ...]:
    """The codes that the address names for a filter, without those that are not known."""
    return tuple(code for code in st.query_params.get_all(name) if known is None or code in known)


def chosen(name: str, known: Collection[str], usual: Sequence[str]) -> tuple[str, ...]:
    """The same where something is chosen until the address says otherwise: NONE there means none at all."""
    found = asked(name, known)
    return found if found or NONE in asked(name) else tuple(usual)


def asked_ids(name: str) -> tuple[UUID, ...]:
    return tuple(found for found in map(uuid_of, asked(name)) if found)


def uuid_of(text: str) -> UUID | None:
    """A key in the address; what is none counts as nothing."""
    digits = text.replace("-", "").lower()
    return UUID(digits) if len(digits) == 32 and set(digits) <= set("0123456789abcdef") else None  # noqa: PLR2004


def words(label: str, *, name: str = "q", placeholder: str = "") -> None:
    """The search box; the list follows at the pause after the last letter."""
    key = f"narrowed_{name}"
    st.session_state[key] = query_params.get(name)
    st.text_input(
        say.label(label),
        key=key,
        type="search",
        live="350ms",
        placeholder=placeholder or None,
        icon=":material/search:",
        label_visibility="collapsed",
        on_change=_typed,
        args=(key, name),
    )


def several(
    label: str,
    options: Sequence[T],
    *,
    name: str,
    code: Callable[[T], str] = str,
    shown: Callable[[T], str] = str,
    usual: Sequence[str] | None = None,
) -> None:
    """Any of some; none means all. With `usual`, these codes are chosen until the address says otherwise, and none is none."""
    key = f"narrowed_{name}"
    by_code = {code(option): option for option in options}
    st.session_state[key] = list(asked(name, by_code) if usual is None else chosen(name, by_code, usual))
    st.multiselect(
        say.label(label),
        list(by_code),
        format_func=lambda c: shown(by_code[c]),
        key=key,
        placeholder=t("All") if usual is None else t("None"),
        on_change=_picked,
        args=(key, name, usual),
    )


def _typed(key: str, name: str) -> None:
    query_params.put(**{name: st.session_state[key], "page": None})


def _picked(key: str, name: str, usual: Sequence[str] | None) -> None:
    picked = list(st.session_state[key])
    if usual is not None:
        picked = [] if set(picked) == set(usual) else picked or [NONE]
    st.query_params[name] = picked
    query_params.put(page=None)
