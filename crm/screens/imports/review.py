"""Rows that wait for a lead, on the screen: whose, about whom, what would change; and the hint that some wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from crm import clients, db
from crm.imports import HeldLine
from crm.people import Person, Right, may
from crm.screens.imports import wording
from crm.screens.journal import journal_view
from crm.web import locale
from crm.web.frame import links
from crm.web.kit import columns, flash
from crm.web.locale import number, t


@dataclass(frozen=True)
class Wish:
    """What was asked for which rows."""

    ids: tuple[UUID, ...]
    let_in: bool = False
    keep_out: bool = False


def hint(me: Person) -> None:
    """For leads: that something waits, and the way there."""
    if not may(me, Right.REASSIGN):
        return
    with db.read() as session:
        waiting = clients.holding.how_many_wait(session, me)
    if waiting:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="review_hint"):
            st.markdown(f":material/front_hand: {t('{count} rows wait for your review.', count=number(waiting))}")
            links.to_page("review", t("Review"), ":material/rule:")


def show(me: Person, lines: Sequence[HeldLine]) -> Wish | None:
    st.caption(t("Rows about clients whom their importers cannot see wait here. Only you see whom they are about."))
    if not lines:
        st.info(t("Nothing waits for you."), icon=":material/check_circle:")
        return None
    titles = {
        "client": t("Client"),
        "fields": t("Fields"),
        "what": t("What happens"),
        "who": t("Who"),
        "file": t("File"),
        "line": t("Line"),
        "when": t("When"),
    }
    frame = pd.DataFrame([_row(me, one) for one in lines], columns=list(titles))
    config: dict[str, Any] = {name: st.column_config.TextColumn(title) for name, title in titles.items()}
    config["line"] = columns.count(titles["line"], width=60)
    config["fields"] = st.column_config.TextColumn(titles["fields"], width="medium")
    event: Any = st.dataframe(
        frame,
        hide_index=True,
        key=f"held.{lines[0].held.id}.{len(lines)}",
        column_config=config,
        on_select="rerun",
        selection_mode="multi-row",
        height="auto" if len(lines) > 12 else "content",  # noqa: PLR2004
        alt=t("Review"),
    )
    ids = tuple(lines[place].held.id for place in event.selection.rows if place < len(lines))
    if not ids:
        st.caption(t("Tick rows to let them in or to keep them out."))
        return None
    with st.container(horizontal=True):
        let_in = st.button(
            t("Let in: {count}", count=number(len(ids))),
            type="primary",
            icon=":material/check:",
            key="let_in",
            disabled=any(one.line is None for one in lines if one.held.id in ids),
        )
        keep_out = st.button(t("Keep out: {count}", count=number(len(ids))), icon=":material/block:", key="keep_out")
    return Wish(ids, let_in, keep_out) if let_in or keep_out else None


def _row(me: Person, one: HeldLine) -> tuple[object, ...]:
    held = one.held
    when = locale.moment(held.held_at, me.time_zone)
    if one.line is None:
        what = t("Added by hand") if not held.batch_id else t("A whole import; open it under Imports to apply it")
        fields = "; ".join(
            f"{t(name.capitalize())}: {value}" for name, value in held.fields.items() if name != "own_id"
        )
        return one.client_name, fields, what, one.asked_by, one.file_name, None, when
    fields = "; ".join(
        f"{label}: {old} → {new}" if old else f"{label}: {new}"
        for d in one.line.differences
        for label, old, new in journal_view.differing(d.label, d.old, d.new, me.time_zone)
    )
    return one.client_name, fields, wording.outcome(one.line.outcome), one.asked_by, one.file_name, held.line, when


def say_let_in(count: int) -> None:
    flash.say(t("{count} rows were written.", count=number(count)))
