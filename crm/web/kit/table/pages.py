"""The pages of a list: which one the address asks for, and turning to another."""

from math import ceil

import streamlit as st

from crm.web.kit import query_params
from crm.web.locale import number, t

PAGE_ROWS = 50


def page_number(prefix: str = "") -> int:
    """The page that the address names, from 1."""
    asked = query_params.get(f"{prefix}page")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) < 10**6 else 1


def offset(prefix: str = "") -> int:
    return (page_number(prefix) - 1) * PAGE_ROWS


def turning(total: int, *, name: str, prefix: str = "") -> None:
    """How many there are, and the pages to turn to where one is not enough."""
    pages = max(1, ceil(total / PAGE_ROWS))
    here = min(page_number(prefix), pages)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        first, last = (here - 1) * PAGE_ROWS + 1, min(total, here * PAGE_ROWS)
        if total:
            st.caption(t("{first} to {last} of {total}", first=number(first), last=number(last), total=number(total)))
        if pages > 1:
            with st.container(horizontal=True, width="content", vertical_alignment="center"):
                _turn(pages, here, name, f"{prefix}page")


def _turn(pages: int, here: int, name: str, page: str) -> None:
    """Numbers where there is room for them, and a field by which every page is reached."""
    key = f"turning_{name}_{here}"
    st.pagination(pages, default=here, key=key, on_change=_turned, args=(key, page))
    st.number_input(
        t("Page, 1 to {count}", count=number(pages)),
        min_value=1,
        max_value=pages,
        value=here,
        key=f"{key}_to",
        width=110,
        label_visibility="collapsed",
        on_change=_turned,
        args=(f"{key}_to", page),
    )
    st.caption(t("of {count}", count=number(pages)), width="content")


def _turned(key: str, name: str) -> None:
    query_params.put(**{name: st.session_state[key] if st.session_state[key] > 1 else None})
