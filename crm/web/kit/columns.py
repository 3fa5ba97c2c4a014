"""Columns of lists and tables: numbers and days are shown in the browser as they are written everywhere else."""

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from crm.ground.formats import CENTS_BELOW, NOTHING
from crm.web import locale

Unit = Literal["usd", "share", "count", "day"]

# These come out of a browser as our formats write them, whatever language it speaks.
_PRINTED: Mapping[Unit, str] = {"usd": "$%,.0f", "share": "%.0f%%", "count": "%,d"}


def text(title: str, **shown: Any) -> ColumnConfig:  # noqa: ANN401 -- as Streamlit takes them
    return st.column_config.TextColumn(title, **shown)


def count(title: str, *, decimals: int = 0, **shown: Any) -> ColumnConfig:  # noqa: ANN401
    """12,345."""
    return st.column_config.NumberColumn(title, format=f"%,.{decimals}f" if decimals else _PRINTED["count"], **shown)


def day(title: str, **shown: Any) -> ColumnConfig:  # noqa: ANN401
    """26 Nov 2026."""
    return st.column_config.DateColumn(title, format=locale.formats().list_day, **shown)


def written(frame: pd.DataFrame, units: Mapping[str, Unit]) -> tuple[Any, dict[str, Any]]:
    """A table for `st.dataframe`, and the columns of these units in it; the others are texts.

    Amounts are exact. A browser would put the minus behind the dollar sign and leave the cents out: tables with such amounts
    are written here, cell by cell, which takes ten times as long.
    """
    of_days = {title: day(title) for title, unit in units.items() if unit == "day"}
    shares = {title: 100 * pd.to_numeric(frame[title]) for title, unit in units.items() if unit == "share"}
    by_hand = {title: locale.money for title, unit in units.items() if unit == "usd" and _is_special(frame[title])}
    of_numbers = {
        title: st.column_config.NumberColumn(title, format=None if title in by_hand else _PRINTED[unit])
        for title, unit in units.items()
        if unit != "day"
    }
    shown: Any = frame.assign(**shares)
    return shown.style.format(by_hand, na_rep=NOTHING) if by_hand else shown, of_numbers | of_days


def _is_special(amounts: "pd.Series[Any]") -> bool:
    known = pd.to_numeric(amounts)
    return bool(((known < CENTS_BELOW) & (known != 0)).any())
