"""A list on the screen: its rows, what a click on a head, a cell or a box does, and the choice of its columns."""

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crm.ground.formats import NOTHING
from crm.web.kit import list_filters, query_params
from crm.web.kit.table import pages, sorting
from crm.web.kit.table.described import DOWN, UP, WAYS, Column, Order, R, Table, arranged, turned
from crm.web.locale import number, t

ARROWS = {UP: "↑", DOWN: "↓"}
ROW_HEIGHT = 35


def show_all(table: Table[R], rows: Sequence[R]) -> list[R]:
    """A list that is all at hand, sorted and turned over here; gives the rows that are ticked. A short one needs no count."""
    last = max(0, len(rows) - 1) // pages.PAGE_ROWS * pages.PAGE_ROWS
    first = min(pages.offset(table.prefix), last)
    found = arranged(rows, table.columns, sorting.asked(table))
    return show(table, found[first : first + pages.PAGE_ROWS], total=len(rows) if last or table.is_ticked else None)


def show(table: Table[R], rows: Sequence[R], *, total: int | None = None) -> list[R]:
    """One page of a list that has `total` rows; gives the rows that are ticked. A page that is no longer there is the first."""
    if total and not rows and pages.page_number(table.prefix) > 1:
        query_params.put(**{f"{table.prefix}page": None})
        st.rerun()
    order, columns = sorting.asked(table), sorting.visible(table)
    key = _key(table, rows, order)
    frame = pd.DataFrame({column.name: _cells([column.cell(row) for row in rows]) for column in columns})
    event = st.dataframe(
        frame,
        hide_index=True,
        key=key,
        height=_height(table, len(rows)),
        placeholder=NOTHING,
        alt=table.alt,
        column_config={column.name: _config(column, order, key, rows) for column in columns},
        on_select=partial(_select, key, table),
        selection_mode=["multi-row", "single-column"] if table.is_ticked else "single-column",
    )
    if total is not None:
        pages.turning(total, name=table.name, prefix=table.prefix)
    return [rows[place] for place in event.selection.rows if place < len(rows)]


def taken(table: Table[R], rows: Sequence[R]) -> pd.DataFrame:
    """The rows under the columns that the screen shows, for a file; a column without a title holds only buttons."""
    shown = [column for column in sorting.visible(table) if column.title]
    values = {column.title: [(column.taken or column.cell)(row) for row in rows] for column in shown}
    return pd.DataFrame(values, columns=[column.title for column in shown], dtype=object)


def bar(count: int) -> DeltaGenerator:
    """Where the buttons stand for what can be done with so many ticked rows."""
    made = st.container(horizontal=True, vertical_alignment="center")
    made.markdown(t("**{count}** chosen", count=number(count)))
    return made


def view(table: Table[R]) -> None:
    """By what the list is sorted and which columns it shows, for whoever looks for more than its heads offer."""
    heads = {column.sorts_as: column.title for column in table.columns if column.sorts_as}
    free = {column.name: column.title for column in table.columns if not column.is_fixed}
    page = (f"{table.prefix}page",)
    with st.popover(t("View"), icon=":material/view_column:"):
        query_params.choice(
            t("Sort by"),
            list(heads),
            name=f"{table.prefix}sort",
            shown=heads.__getitem__,
            clears=page,
            usual=sorting.asked(table).by,
        )
        query_params.segment(
            t("Direction"), WAYS, name=f"{table.prefix}way", shown=_way, clears=page, default=table.usual.way
        )
        usual = [column.name for column in table.columns if column.is_usual and not column.is_fixed]
        list_filters.several(
            t("Columns"), list(free), name=f"{table.prefix}column", shown=free.__getitem__, usual=usual
        )


def _way(name: str) -> str:
    return t("Ascending") if name == UP else t("Descending")


def _key(table: Table[R], rows: Sequence[R], order: Order) -> str:
    """Follows the rows and their order: what is chosen is known by its place, and must never slip to another row."""
    told = repr([order, *map(table.row_id, rows)])
    return f"{table.name}.{table.prefix}{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _cells(values: list[object]) -> "list[object] | pd.Series[Any]":
    """A count that is unknown in some rows must not turn those of the others into fractions."""
    is_counted = {type(value) for value in values} == {int, type(None)}
    return pd.Series(values, dtype="Int64") if is_counted else values


def _height(table: Table[R], count: int) -> int | Literal["content"]:
    return table.highest if table.highest and ROW_HEIGHT * (count + 1) > table.highest else "content"


def _config(column: Column[R], order: Order, key: str, rows: Sequence[R]) -> Any:  # noqa: ANN401 -- a column of Streamlit
    shown = column.shown.copy()
    if column.sorts_as and column.sorts_as == order.by:
        shown["label"] = f"{ARROWS[order.way]} {column.title}"
    if not column.opens:
        return shown
    button = f"{key}.{column.name}"
    return st.column_config.ButtonColumn(
        shown.get("label"),
        width=shown.get("width"),
        help=shown.get("help"),
        pinned=shown.get("pinned"),
        type="tertiary",
        alignment=shown.get("alignment") or "left",
        key=button,
        on_click=_open,
        args=(button, rows, column.opens),
    )


def _open(key: str, rows: Sequence[R], opens: Callable[[R], None]) -> None:
    click = st.session_state.get(key)
    if click and click.row < len(rows):
        opens(rows[click.row])


def _select(key: str, table: Table[R]) -> None:
    """A head that was clicked is a chosen column to Streamlit; here it sorts, or nothing happens, and rows stay ticked."""
    chosen = st.session_state[key].selection
    if not chosen.columns:
        return
    by = next((column.sorts_as for column in table.columns if column.name == chosen.columns[0]), "")
    if by:
        sorting.ask(table, turned(sorting.asked(table), by))
    else:
        st.session_state[key] = {"selection": {"rows": list(chosen.rows), "columns": [], "cells": []}}
