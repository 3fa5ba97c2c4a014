"""What a list is narrowed to, sorted by and turned to; all of it stands in the address."""

from collections.abc import Callable, Collection, Sequence
from math import ceil
from typing import TypeVar
from uuid import UUID

import streamlit as st

from crm.web.kit import query_params
from crm.web.locale import number, t

T = TypeVar("T")
PAGE_ROWS = 50


def asked_words(name: str = "q") -> str:
    """What is searched for."""
    return query_params.get(name).strip()


def asked(name: str, known: Collection[str] | None = None) -> tuple[str, ...]:
    """The codes that the address names for a filter, without those that are not known."""
    return tuple(code for code in st.query_params.get_all(name) if known is None or code in known)


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
        label,
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
) -> None:
    """Any of some; none means all."""
    key = f"narrowed_{name}"
    by_code = {code(option): option for option in options}
    st.session_state[key] = list(asked(name, by_code))
    st.multiselect(
        label,
        list(by_code),
        format_func=lambda c: shown(by_code[c]),
        key=key,
        placeholder=t("All"),
        on_change=_picked,
        args=(key, name),
    )


def page_number() -> int:
    """The page that the address names, from 1."""
    asked = query_params.get("page")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) < 10**6 else 1


def offset() -> int:
    return (page_number() - 1) * PAGE_ROWS


def turning(total: int, *, name: str) -> None:
    """How many there are, and the pages to turn to where one is not enough."""
    pages = max(1, ceil(total / PAGE_ROWS))
    here = min(page_number(), pages)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        first, last = (here - 1) * PAGE_ROWS + 1, min(total, here * PAGE_ROWS)
        if total:
            st.caption(t("{first} to {last} of {total}", first=number(first), last=number(last), total=number(total)))
        if pages > 1:
            key = f"turning_{name}_{here}"
            st.pagination(pages, default=here, key=key, on_change=_turned, args=(key,))


def _typed(key: str, name: str) -> None:
    query_params.put(**{name: st.session_state[key], "page": None})


def _picked(key: str, name: str) -> None:
    st.query_params[name] = list(st.session_state[key])
    query_params.put(page=None)


def _turned(key: str) -> None:
    query_params.put(page=st.session_state[key] if st.session_state[key] > 1 else None)
