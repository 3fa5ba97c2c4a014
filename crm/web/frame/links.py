"""Ways from one page to another that carry what they are about in the address."""

from typing import Literal
from uuid import UUID

import streamlit as st

from crm.web.frame import menu
from crm.web.kit import dialogs, list_filters, query_params, words

GO, _LEFT = "go", "_left"


def to_client(client_id: UUID, name: str | None, *, width: int | Literal["content"] = "content") -> None:
    """A client's name that leads to its page; nothing leads to one whom the reader does not see."""
    if name is None:
        st.caption(words.client(name), width=width)
        return
    st.page_link(menu.PAGES / "client.py", label=label(name), width=width, query_params={"id": str(client_id)})


def to_log(client_id: UUID, shown: str) -> None:
    st.page_link(
        menu.PAGES / "log.py", label=shown, icon=":material/edit_note:", query_params={"client": str(client_id)}
    )


def to_page(file: str, shown: str, icon: str, **about: str) -> None:
    st.page_link(menu.PAGES / f"{file}.py", label=shown, icon=icon, query_params=about or None)


def open_page(file: str, **about: str) -> None:
    """Go there now."""
    st.switch_page(menu.PAGES / f"{file}.py", query_params=about)


def ask_client(client_id: UUID) -> None:
    """For `on_click`: `follow()` leads there in the run that comes."""
    dialogs.ask(GO, client_id)


def follow() -> None:
    """Go where a click in a table wanted to go; the browser's Back finds the list as it was left."""
    client_id: UUID | None = dialogs.take(GO)
    if client_id:
        st.session_state[_LEFT] = {name: st.query_params.get_all(name) for name in st.query_params}
        open_page("client", id=str(client_id))
    elif query_params.get("id"):
        # Leaving puts the other page's address on the list's path for a moment, and Back stops there.
        st.query_params.from_dict(st.session_state.get(_LEFT, {}))


def asked_id(name: str) -> UUID | None:
    """The id that the address names; what is no id counts as none."""
    return list_filters.uuid_of(query_params.get(name))


def label(text: str) -> str:
    """Somebody's words as a label: no Markdown in them comes alive."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+-.!|~$:<>&" else c for c in text)
