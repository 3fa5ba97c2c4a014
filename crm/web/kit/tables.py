"""Lists in pages of fifty, and what is chosen in them."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from crm.web.locale import number, t

PER_PAGE = 50


@dataclass(frozen=True)
class Page:
    """Which part of a long list is shown."""

    number: int
    per_page: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.per_page


def page_of(key: str = "page", *, per_page: int = PER_PAGE) -> Page:
    """The page that the URL asks for, to be read before the list is counted."""
    asked = st.query_params.get(key, "1")
    return Page(int(asked) if asked.isdecimal() and 0 < len(asked) < 9 else 1, per_page)  # noqa: PLR2004


def paged(total: int, *, per_page: int = PER_PAGE, key: str = "page") -> Page:
    """Shows where one is in a list of `total` rows and lets one turn pages; the page stands in the URL."""
    pages = max(1, -(-total // per_page))
    if page_of(key).number > pages:
        st.query_params.pop(key, None)
    chosen = st.pagination(pages, key=key, bind="query-params") if pages > 1 else 1
    shown = Page(min(chosen, pages), per_page)
    first, last = min(shown.offset + 1, total), min(shown.offset + per_page, total)
    st.caption(t("{first}–{last} of {total}", first=number(first), last=number(last), total=number(total)))
    return shown


def frame(
    rows: pd.DataFrame,
    *,
    key: str,
    columns: Mapping[str, object] | None = None,
    page: Page | None = None,
    choose: str | None = None,
    height: int | str = "auto",
) -> list[int]:
    """A table; gives the positions of the rows that were chosen. `choose` is "single-row" or "multi-row".

    The key contains the page, because a choice is by position and would survive turning it.
    """
    shown_key = f"{key}.{page.number}" if page else key
    shown = {"hide_index": True, "column_config": dict(columns or {}), "height": height}
    if choose is None:
        st.dataframe(rows, **shown, key=shown_key)  # type: ignore[call-overload]
        return []
    event = st.dataframe(rows, **shown, key=shown_key, on_select="rerun", selection_mode=choose)  # type: ignore[call-overload]
    return [place for place in event.selection.rows if place < len(rows)]
