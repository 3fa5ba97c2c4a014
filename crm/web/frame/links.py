"""Ways from one page to another that carry what they are about in the address."""

from typing import Literal
from uuid import UUID

import streamlit as st

from crm.web.frame import menu
from crm.web.kit import dialogs, list_filters, query_params, say

GO, _LEFT = "go", "_left"


def to_page(
    file: str, shown: str, icon: str | None = None, *, width: int | Literal["content"] = "content", **about: str
) -> None:
    st.page_link(menu.PAGES / f"{file}.py", label=say.label(shown), icon=icon, width=width, query_params=about or None)


def open_page(file: str, **about: str) -> None:
    """Go there now."""
    st.switch_page(menu.PAGES / f"{file}.py", query_params=about)


def ask_page(file: str, **about: str) -> None:
    """For `on_click`: `follow()` leads there in the run that comes."""
    dialogs.ask(GO, (file, about))


def follow() -> None:
    """Go where a click in a table wanted to go; the browser's Back finds the list as it was left."""
    asked: tuple[str, dict[str, str]] | None = dialogs.take(GO)
    if asked:
        file, about = asked
        st.session_state[_LEFT] = {name: st.query_params.get_all(name) for name in st.query_params}
        open_page(file, **about)
    elif query_params.get("id"):
        # Leaving puts the other page's address on the list's path for a moment, and Back stops there.
        st.query_params.from_dict(st.session_state.get(_LEFT, {}))


def asked_id(name: str) -> UUID | None:
    """The id that the address names; what is no id counts as none."""
    return list_filters.uuid_of(query_params.get(name))
