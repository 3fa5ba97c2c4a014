"""Ways from one page to another that carry what they are about in the address."""

from typing import Any, Literal
from urllib.parse import parse_qs
from uuid import UUID

import streamlit as st

from crm.web.frame import branding, menu
from crm.web.kit import dialogs, list_filters, query_params, say

GO, _LEFT = "go", "_left"


def to_page(
    file: str, shown: str, icon: str | None = None, *, width: int | Literal["content"] = "content", **about: str
) -> None:
    st.page_link(menu.PAGES / f"{file}.py", label=say.label(shown), icon=icon, width=width, query_params=about or None)


def open_page(file: str, **about: Any) -> None:  # noqa: ANN401 -- texts, or lists of them
    """Go there now."""
    st.switch_page(menu.PAGES / f"{file}.py", query_params=about)


def ask_page(file: str, **about: str) -> None:
    """For `on_click`: `follow()` leads there in the run that comes."""
    dialogs.ask(GO, (file, about))


def ask_rows(told: str) -> None:
    """For a mark of a chart: the page of its rows, as the mark's id tells."""
    dialogs.ask(GO, ("rows", parse_qs(told, keep_blank_values=True)))


def to_rows(shown: str, about: dict[str, str]) -> None:
    """The rows behind a number; `about` is what the address of their page carries."""
    st.page_link(menu.PAGES / "rows.py", label=shown, icon=":material/arrow_forward:", query_params=about)


def tile(
    key: str,
    label: str,
    value: str,
    delta: str | None = None,
    *,
    to: str,
    about: dict[str, str],
    **shown: Any,  # noqa: ANN401
) -> None:
    """A number that is a link all over: `to` which page, `about` what its address carries; the rest as `st.metric` takes it."""
    hint, width = shown.pop("help", None), shown.pop("width", "stretch")
    with st.container(border=True, gap=None, key=f"tile_{key}", width=width):
        st.page_link(menu.PAGES / f"{to}.py", label=say.label(label), help=hint, query_params=about)
        st.metric(say.label(label), value, delta, label_visibility="collapsed", **shown)


def follow(here: str) -> None:
    """Go where a click on this page wanted to go; the browser's Back, and `back_to`, find it as it was left."""
    asked: tuple[str, dict[str, Any]] | None = dialogs.take(GO)
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    if asked:
        file, about = asked
        st.session_state[f"{_LEFT}.{here}"] = now, {name: _several(value) for name, value in about.items()}
        open_page(file, **about)
    left, about = st.session_state.get(f"{_LEFT}.{here}", ({}, {}))
    if now and now == about != left:
        # Leaving puts the other page's address on this path for a moment, and Back stops there.
        st.query_params.from_dict(left)


def _several(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def back_to(file: str, shown: str) -> None:
    """To the list from which one came, as it was left."""
    left, _ = st.session_state.get(f"{_LEFT}.{file}", ({}, {}))
    st.page_link(menu.PAGES / f"{file}.py", label=shown, icon=":material/arrow_back:", query_params=left or None)


def name_tab(shown: str) -> None:
    """What the browser calls this page."""
    st.set_page_config(page_title=f"{shown} · {branding.NAME}")


def asked_id(name: str) -> UUID | None:
    """The id that the address names; what is no id counts as none."""
    return list_filters.uuid_of(query_params.get(name))
