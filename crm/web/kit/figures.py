"""Numbers and charts as they look on every page."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
import streamlit.elements.plotly_chart

from crm.web.kit import say

# One zooms with the pointer; what these two buttons are called stands in look.css.
_CONFIG = {"displaylogo": False, "modeBarButtons": [["toImage", "resetScale2d"]], "topojsonURL": ""}


def figure(
    drawn: Any,  # noqa: ANN401 -- a Plotly figure
    *,
    key: str,
    alt: str | None = None,
    opens: Callable[[str], None] | None = None,
) -> None:
    """A chart in the colours of the theme; `alt` says in words what it shows.

    A click on a mark gives its id to `opens`; one without an id does nothing.
    """
    shown: Any = {"theme": "streamlit", "config": _CONFIG, "key": key, "alt": alt}
    if opens:
        shown |= {"on_select": partial(_clicked, key, drawn, opens), "selection_mode": "points"}
    st.plotly_chart(drawn, **shown)


def _clicked(key: str, drawn: Any, opens: Callable[[str], None]) -> None:  # noqa: ANN401
    for point in st.session_state[key].selection.points:
        ids = drawn.data[point["curve_number"]].ids
        if ids is not None and ids[point["point_index"]]:
            opens(str(ids[point["point_index"]]))
            return


def metric(
    label: str, value: str, *, delta: str | None = None, better: str = "up", help_text: str | None = None
) -> None:
    """One number on a tile. `better` says which way is good: up, down, or neither."""
    colour: Any = {"up": "normal", "down": "inverse"}.get(better, "off")
    st.metric(say.label(label), value, delta, delta_color=colour, help=say.tooltip(help_text), border=True)
