"""A chart's numbers as a table under it, and their way out: by permission, journalled, harmless in a spreadsheet."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from crm.ground.formats import NOTHING
from crm.people import Person
from crm.screens.exports import export_button
from crm.web.kit.columns import Unit, written
from crm.web.locale import t

FEW = 10


def numbers(me: Person, name: str, frame: pd.DataFrame, *, units: Mapping[str, Unit]) -> None:
    """`units` says of a column what its numbers are, or that it holds days; other columns are texts."""
    with st.expander(t("Numbers")):
        height: Any = "auto" if len(frame) > FEW else "content"
        shown, columns = written(frame, units)
        st.dataframe(shown, hide_index=True, height=height, placeholder=NOTHING, column_config=columns)
        download(me, name, frame)


def download(me: Person, name: str, frame: pd.DataFrame) -> None:
    """For those who may export."""
    export_button.table(me, name, lambda: frame, key=f"numbers.{name}")
