"""A client's name, and the ways to its page and to its log that screens of every noun show."""

from typing import Literal
from uuid import UUID

import streamlit as st

from crm.web.frame import links
from crm.web.kit import say
from crm.web.locale import t


def called(name: str | None) -> str:
    """What a client is called to a reader: nobody is told the name of one whom they do not see."""
    return t("a client you no longer look after") if name is None else name


def to_client(client_id: UUID, name: str | None, *, width: int | Literal["content"] = "content") -> None:
    """A client's name that leads to its page; nothing leads to one whom the reader does not see."""
    if name is None:
        st.caption(say.label(called(name)), width=width)
        return
    links.to_page("client", say.label(name), width=width, id=str(client_id))


def to_log(client_id: UUID, shown: str) -> None:
    links.to_page("log", shown, ":material/edit_note:", client=str(client_id))


def ask_client(client_id: UUID) -> None:
    """For `on_click`: `links.follow()` leads to its page in the run that comes."""
    links.ask_page("client", id=str(client_id))
