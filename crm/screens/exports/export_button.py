"""Taking a list along: one button, the formats under it; the file is made when one is pressed, and journalled."""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from crm import exports
from crm.exports import Layout, Selection, Sheet
from crm.people import Person, Right, may
from crm.web.kit import say, step_up
from crm.web.locale import t

MIME = {
    Layout.CSV: "text/csv",
    Layout.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Layout.PARQUET: "application/vnd.apache.parquet",
}


Offer = tuple[str, str, Callable[[Layout], bytes]]  # what it is, the key of its buttons, and how it is made


def export(
    me: Person,
    name: str,
    selection: Selection,
    *,
    key: str = "export",
    label: str = "",
    screen: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """The rows of a list with all their fields, as imports read them; `screen` makes the list as it stands on the screen."""
    offered: list[Offer] = []
    if screen:
        as_shown = partial(_as_shown, me, name, screen)
        offered.append(
            (t("The list as it stands here: its columns, its order, all of its rows."), f"{key}_shown", as_shown)
        )

    def whole(layout: Layout) -> bytes:
        return exports.download(me, name, layout=layout, selection=selection)[1]

    offered.append((t("All fields of these rows, in the form in which they can be imported again."), key, whole))
    _buttons(me, name, offered, label)


def table(me: Person, name: str, make: Callable[[], pd.DataFrame], *, key: str = "export", label: str = "") -> None:
    """A table that only the screen knows, such as the numbers under a chart."""
    told = t("All rows, as they are narrowed and sorted here.")
    _buttons(me, name, [(told, key, partial(_as_shown, me, name, make))], label)


def _as_shown(me: Person, name: str, make: Callable[[], pd.DataFrame], layout: Layout) -> bytes:
    return exports.hand_out(me, _sheet(name, make()), layout)


def _buttons(me: Person, name: str, offered: Sequence[Offer], label: str) -> None:
    """For those who may export."""
    if not may(me, Right.EXPORT):
        return
    with st.popover(say.label(label or t("Export")), icon=":material/download:"):
        if step_up.is_needed(me):
            st.caption(t("You have not confirmed for a while that it is you."))
            st.button(t("Confirm that it is you"), key=f"{offered[-1][1]}_confirm", on_click=step_up.ask)
            return
        for told, key, make in offered:
            st.caption(say.text(told))
            with st.container(horizontal=True):
                for layout, mime in MIME.items():
                    st.download_button(
                        say.label("Parquet" if layout is Layout.PARQUET else layout.upper()),
                        data=partial(make, layout),
                        file_name=exports.file_name(me, name, layout),
                        mime=mime,
                        key=f"{key}_{layout}",
                        on_click="ignore",
                    )
        st.caption(t("The journal notes the export."))


def _sheet(name: str, frame: pd.DataFrame) -> Sheet:
    cells = frame.astype(object).where(frame.notna(), None)
    return Sheet(name, list(frame.columns), cells.itertuples(index=False, name=None))
