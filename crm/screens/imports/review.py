"""Rows that wait for a lead, on the screen: whose, about whom, what would change; and the hint that some wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from crm import clients, db
from crm.imports import HeldLine
from crm.people import Person, Right, may
from crm.screens.imports import wording
from crm.screens.imports.outcome import HIGHEST
from crm.screens.journal import journal_view
from crm.web import locale
from crm.web.frame import links
from crm.web.kit import columns, flash, say, table
from crm.web.kit.table import Column, Table
from crm.web.locale import number, t


@dataclass(frozen=True)
class Decision:
    """Which rows are let in, or kept out."""

    ids: tuple[UUID, ...]
    lets_in: bool


def hint(me: Person) -> None:
    """For leads: that something waits, and the way there."""
    if not may(me, Right.REASSIGN):
        return
    with db.read() as session:
        waiting = clients.holding.how_many_wait(session, me)
    if waiting:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="review_hint"):
            st.markdown(
                say.marked(
                    ":material/front_hand: {told}", told=t("{count} rows wait for your review.", count=number(waiting))
                )
            )
            links.to_page("review", t("Review"), ":material/rule:")


def show(me: Person, lines: Sequence[HeldLine]) -> Decision | None:
    st.caption(t("Rows about clients whom their importers cannot see wait here. Only you see whom they are about."))
    if not lines:
        st.info(t("Nothing waits for you."), icon=":material/check_circle:")
        return None
    chosen = table.show_all(_described(me), lines)
    ids = tuple(one.held.id for one in chosen)
    if not ids:
        st.caption(t("Tick rows to let them in or to keep them out."))
        return None
    with st.container(horizontal=True):
        let_in = st.button(
            t("Let in: {count}", count=number(len(ids))),
            type="primary",
            icon=":material/check:",
            key="let_in",
            disabled=any(one.line is None for one in chosen),
        )
        keep_out = st.button(t("Keep out: {count}", count=number(len(ids))), icon=":material/block:", key="keep_out")
    return Decision(ids, lets_in=let_in) if let_in or keep_out else None


def _described(me: Person) -> Table[HeldLine]:
    text = columns.text
    listed = [
        Column[HeldLine]("client", text(t("Client")), lambda one: one.client_name, by=lambda one: one.client_name),
        Column[HeldLine]("fields", text(t("Fields"), width="medium"), lambda one: _fields(me, one)),
        Column[HeldLine]("what", text(t("What happens")), _what, by=_what),
        Column[HeldLine]("who", text(t("Who")), lambda one: one.asked_by, by=lambda one: one.asked_by),
        Column[HeldLine]("file", text(t("File")), lambda one: one.file_name, by=lambda one: one.file_name),
        Column[HeldLine]("line", columns.count(t("Line"), width=60), _line, by=_line),
        Column[HeldLine](
            "when",
            text(t("When")),
            lambda one: locale.moment(one.held.held_at, me.time_zone),
            by=lambda one: one.held.held_at,
        ),
    ]
    return Table("held", listed, row_id=lambda one: one.held.id, is_ticked=True, highest=HIGHEST, alt=t("Review"))


def _line(one: HeldLine) -> int | None:
    return one.held.line if one.line else None


def _what(one: HeldLine) -> str:
    if one.line:
        return wording.outcome(one.line.outcome)
    return t("A whole import; open it under Imports to apply it") if one.held.batch_id else t("Added by hand")


def _fields(me: Person, one: HeldLine) -> str:
    if one.line is None:
        return "; ".join(
            f"{t(name.capitalize())}: {value}" for name, value in one.held.fields.items() if name != "own_id"
        )
    return "; ".join(
        f"{label}: {old} → {new}" if old else f"{label}: {new}"
        for d in one.line.differences
        for label, old, new in journal_view.differing(d.label, d.old, d.new, me.time_zone)
    )


def say_let_in(count: int) -> None:
    flash.say(t("{count} rows were written.", count=number(count)))
