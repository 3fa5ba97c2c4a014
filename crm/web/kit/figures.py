"""Numbers and charts as they look on every page."""

from typing import Any

import streamlit as st
import streamlit.elements.plotly_chart

from crm.web.kit import say

# One zooms with the pointer; what these two buttons are called stands in look.css.
_CONFIG = {"displaylogo": False, "modeBarButtons": [["toImage", "resetScale2d"]], "topojsonURL": ""}


def figure(drawn: Any, *, key: str | None = None, alt: str | None = None) -> None:  # noqa: ANN401 -- a Plotly figure
    """A chart in the colours of the theme; `alt` says in words what it shows."""
    st.plotly_chart(drawn, theme="streamlit", config=_CONFIG, key=key, alt=alt)


def metric(
    label: str, value: str, *, delta: str | None = None, better: str = "up", help_text: str | None = None
) -> None:
    """One number on a tile. `better` says which way is good: up, down, or neither."""
    colour: Any = {"up": "normal", "down": "inverse"}.get(better, "off")
    st.metric(say.label(label), value, delta, delta_color=colour, help=say.tooltip(help_text), border=True)
