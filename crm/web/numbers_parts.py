"""A chart's numbers as a table under it, and their way out: by permission, journalled, harmless in a spreadsheet."""

import io
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from crm import db, exports, people
from crm.people import Person, Right
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
    if people.may(me, Right.EXPORT):
        st.download_button(
            t("Download as CSV"), _made(me, name, frame), file_name=f"{name}.csv", mime="text/csv", on_click="ignore",
            icon=":material/download:", key=f"numbers.{name}", type="tertiary",
        )  # fmt: skip


def columns(units: dict[str, str]) -> dict[str, Any]:
    """How columns of numbers are written; what is missing stays empty."""
    return {title: st.column_config.NumberColumn(title, **_FORMATS[unit]) for title, unit in units.items()}


def _made(me: Person, name: str, frame: pd.DataFrame) -> Callable[[], bytes]:
    """Written down when somebody takes it, not when it is shown."""

    def made() -> bytes:
        target = io.BytesIO()
        cells = frame.astype(object).where(frame.notna(), None)
        titles = list(frame.columns)
        lines = cells.itertuples(index=False, name=None)
        sheet = exports.Sheet(name, titles, iter(lines), tuple, lambda row: dict(zip(titles, row, strict=True)))
        rows = exports.as_csv(sheet, target)
        with db.write(by=me, kind="export") as session:
            exports.record(session, me, name, rows)
        return target.getvalue()

    return made
