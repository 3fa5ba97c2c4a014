"""A chart's numbers as a table under it, and their way out: by permission, journalled, harmless in a spreadsheet."""

from typing import Any

import pandas as pd
import streamlit as st

from crm.people import Person
from crm.web import taking
from crm.web.locale import t

FEW = 10
_FORMATS: dict[str, dict[str, Any]] = {
    "usd": {"format": "$%,.0f"}, "share": {"format": "percent"}, "count": {"format": "localized"},
}  # fmt: skip


def numbers(me: Person, name: str, frame: pd.DataFrame, *, units: dict[str, str] | None = None) -> None:
    """`units` says of a column whether it is usd, share or count; other columns are text or days."""
    with st.expander(t("Numbers")):
        height: Any = "auto" if len(frame) > FEW else "content"
        st.dataframe(frame, hide_index=True, height=height, column_config=columns(units or {}))
        download(me, name, frame)


def download(me: Person, name: str, frame: pd.DataFrame) -> None:
    """For those who may export."""
    taking.table(me, name, lambda: frame, key=f"numbers.{name}")


def columns(units: dict[str, str]) -> dict[str, Any]:
    """How columns of numbers are written; what is missing stays empty."""
    return {title: st.column_config.NumberColumn(title, **_FORMATS[unit]) for title, unit in units.items()}
