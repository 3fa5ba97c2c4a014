"""Taking a list along: one button, the formats under it; the file is made when one is pressed, and journalled."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from crm import exports
from crm.exports import Layout, Selection, Sheet
from crm.people import Person, Right, may
from crm.web.kit import say
from crm.web.locale import t

MIME = {
    Layout.CSV: "text/csv",
    Layout.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Layout.PARQUET: "application/vnd.apache.parquet",
}


def export(me: Person, name: str, selection: Selection, *, key: str = "export", label: str = "") -> None:
    """A list as it is narrowed and sorted now."""
    _buttons(me, name, lambda layout: exports.download(me, name, layout=layout, selection=selection)[1], key, label)


def table(me: Person, name: str, make: Callable[[], pd.DataFrame], *, key: str = "export", label: str = "") -> None:
    """A table that only the screen knows, such as the numbers under a chart."""
    _buttons(me, name, lambda layout: exports.hand_out(me, _sheet(name, make()), layout), key, label)


def _buttons(me: Person, name: str, make: Callable[[Layout], bytes], key: str, label: str) -> None:
    """For those who may export."""
    if not may(me, Right.EXPORT):
        return
    with st.popover(say.label(label or t("Export")), icon=":material/download:"):
        st.caption(t("The whole list, as it is narrowed and sorted here. The journal notes the export."))
        for layout, mime in MIME.items():
            st.download_button(
                say.label("Parquet" if layout is Layout.PARQUET else layout.upper()),
                data=partial(make, layout),
                file_name=exports.file_name(me, name, layout),
                mime=mime,
                key=f"{key}_{layout}",
                on_click="ignore",
                width="stretch",
            )


def _sheet(name: str, frame: pd.DataFrame) -> Sheet:
    cells = frame.astype(object).where(frame.notna(), None)
    return Sheet(name, list(frame.columns), cells.itertuples(index=False, name=None))
