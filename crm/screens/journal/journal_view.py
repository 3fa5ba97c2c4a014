"""The journal on the screen: the list of change sets, one set's rows, and what an undo did."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from crm import db, history
from crm.ground import clock
from crm.history import RowChange, SetFilter, SetLine
from crm.journal import Undone
from crm.people import Person
from crm.screens import client_links
from crm.screens.exports import export_button
from crm.web import locale
from crm.web.kit import columns, desk_words, query_params, words
from crm.web.kit.escaping import plain
from crm.web.kit.phrases import render
from crm.web.locale import t, tn

# Fields whose values are words of ours; what somebody wrote stays as it is written.
CODED = {
    "kind",
    "status",
    "risk",
    "role",
    "channel",
    "direction",
    "priority",
    "product",
    "side",
    "repeat",
    "source",
    "label",
    "act",
}
PAGE = 50
MOST = 100_000
_REPORT = "journal_undo_report"


def sets(me: Person, lines: Sequence[SetLine]) -> None:
    """A page of sets; choosing one opens it under an address of its own."""
    shown_lines = lines[:PAGE]
    frame = pd.DataFrame(
        {
            "when": [locale.moment(line.made.made_at, me.time_zone) for line in shown_lines],
            "who": [line.who or t("the program") for line in shown_lines],
            "kind": [desk_words.change_kind(line.made.kind) for line in shown_lines],
            "why": [render(line.made.reason) or "—" for line in shown_lines],
            "rows": [line.made.changes for line in shown_lines],
            "state": [t("undone") if line.undone_by else "" for line in shown_lines],
        }
    )
    if not lines:
        st.info(t("Nothing was changed here yet, or nothing fits the filter."))
        return
    key = f"sets.{lines[0].made.seq}"
    st.dataframe(
        frame,
        hide_index=True,
        key=key,
        on_select=lambda: _open(key, lines),
        selection_mode="single-row",
        height="content",
        column_config={
            "when": st.column_config.TextColumn(t("When"), width=150),
            "who": st.column_config.TextColumn(t("Who"), width=130),
            "kind": st.column_config.TextColumn(t("Kind"), width=90),
            "why": st.column_config.TextColumn(t("Why"), width="large"),
            "rows": columns.count(t("Rows"), width=70),
            "state": st.column_config.TextColumn("", width=80),
        },
    )


def _open(key: str, lines: Sequence[SetLine]) -> None:
    rows = st.session_state[key].selection.rows
    if rows:
        query_params.put(set=lines[rows[0]].made.id, after=None)


def take(me: Person, wanted: SetFilter) -> None:
    """All sets of the filter, the newest first; moments are the reader's, with their offset."""
    export_button.table(me, "journal", lambda: _frame(me, wanted))


def _frame(me: Person, wanted: SetFilter) -> pd.DataFrame:
    with db.read() as session:
        lines = history.page(session, me, replace(wanted, before=None), limit=MOST)
    zone = clock.zone(me.time_zone)
    return pd.DataFrame(
        {
            "made_at": [line.made.made_at.astimezone(zone).isoformat() for line in lines],
            "who": [line.who for line in lines],
            "kind": [line.made.kind for line in lines],
            "why": [render(line.made.reason) for line in lines],
            "rows": [line.made.changes for line in lines],
            "change_set": [str(line.made.id) for line in lines],
            "undone_by": [str(line.undone_by or "") for line in lines],
        }
    )


def pager(lines: Sequence[SetLine]) -> None:
    """Older and newest, by key: a page stays the same page while new sets arrive above."""
    if len(lines) <= PAGE and not query_params.get("before"):
        return
    with st.container(horizontal=True):
        newest, older = not query_params.get("before"), len(lines) <= PAGE
        st.button(
            t("Newest"),
            disabled=newest,
            icon=":material/first_page:",
            on_click=query_params.put,
            kwargs={"before": None},
        )
        last = lines[PAGE - 1].made.seq if not older else None
        st.button(
            t("Older"),
            disabled=older,
            icon=":material/chevron_right:",
            on_click=query_params.put,
            kwargs={"before": last},
        )


def back() -> None:
    gone = {"set": None, "after": None}
    st.button(t("All changes"), icon=":material/arrow_back:", type="tertiary", on_click=query_params.put, kwargs=gone)


def heading(me: Person, line: SetLine) -> None:
    st.title(plain(render(line.made.reason) or desk_words.change_kind(line.made.kind)))
    who, when = line.who or t("the program"), locale.moment(line.made.made_at, me.time_zone)
    kind = desk_words.change_kind(line.made.kind)
    st.caption(
        tn(
            "{who} · {when} ({zone}) · {kind} · {count} row",
            "{who} · {when} ({zone}) · {kind} · {count} rows",
            line.made.changes,
            who=who,
            when=when,
            zone=me.time_zone,
            kind=kind,
        )
    )
    if line.made.undoes:
        _link(t("This is the undo of an earlier change: look at it."), line.made.undoes)
    if line.undone_by:
        _link(t("This was undone: look at the undo."), line.undone_by)


def _link(label: str, change_set_id: UUID) -> None:
    values = {"set": change_set_id, "after": None}
    st.button(label, type="tertiary", icon=":material/undo:", on_click=query_params.put, kwargs=values)


def rows(me: Person, found: Sequence[RowChange]) -> None:
    """One line for each field that differs; a row's name stands on each of its lines, so that sorting loses nothing."""
    if not found:
        st.info(t("This set changed no rows."))
        return
    lines = [
        (words.entity(row.entity), client_links.called(row.name), desk_words.act(row.act), *difference)
        for row in found[:PAGE]
        for difference in _differences(row, me.time_zone)
    ]
    titles = [t("What"), t("Name"), t("What happened"), t("Field"), t("Before"), t("After")]
    frame = pd.DataFrame(lines, columns=["what", "name", "act", "field", "before", "after"])
    widths: dict[str, Any] = {
        "what": 90,
        "name": "medium",
        "act": 120,
        "field": 120,
        "before": "medium",
        "after": "medium",
    }
    config = {
        name: st.column_config.TextColumn(title, width=widths[name])
        for name, title in zip(frame.columns, titles, strict=True)
    }
    st.dataframe(frame, hide_index=True, height=560 if len(frame) > 15 else "content", column_config=config)  # noqa: PLR2004
    if len(found) > PAGE or query_params.get("after"):
        with st.container(horizontal=True):
            st.button(
                t("First rows"),
                disabled=not query_params.get("after"),
                on_click=query_params.put,
                kwargs={"after": None},
            )
            last = found[PAGE - 1].seq if len(found) > PAGE else None
            st.button(t("Next rows"), disabled=last is None, on_click=query_params.put, kwargs={"after": last})


def _differences(row: RowChange, zone: str) -> list[tuple[str, str, str]]:
    if not row.is_seen:
        return [("—", "—", "—")]
    return [line for field in row.fields for line in differing(field.field, field.before, field.after, zone)]


def differing(field: str, before: object, after: object, zone: str) -> list[tuple[str, str, str]]:
    """Label, before and after; of an object each of its own fields that differs."""
    if not isinstance(before, dict | None) or not isinstance(after, dict | None) or not (before or after):
        coded = field in CODED
        return [(words.field(field), shown(before, zone, coded=coded), shown(after, zone, coded=coded))]
    old, new = before or {}, after or {}
    return [
        (t(str(name)), shown(old.get(name), zone), shown(new.get(name), zone))
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    ]


def shown(value: object, zone: str, *, coded: bool = False) -> str:
    """A value of the journal as the reader writes it; nothing is an em dash. `coded`: it is one of our words, not a person's."""
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {part}" for name, part in value.items())
    when = _when(value)
    if when:
        return locale.moment(when, zone) if isinstance(when, datetime) else locale.day(when)
    return locale.exactly(value) if isinstance(value, Decimal) else words.word(str(value)) if coded else str(value)


def _when(value: object) -> date | None:
    """A day or a moment, which the journal keeps as text."""
    if not isinstance(value, str):
        return value if isinstance(value, date) else None
    is_moment = len(value) in range(19, 33) and value[4:5] == "-" and value[10:11] == "T" and value[:4].isdigit()
    return datetime.fromisoformat(value) if is_moment else query_params.parsed_day(value)


def undo_form(line: SetLine) -> tuple[bool, bool]:
    """Asks before it undoes; gives whether it was confirmed, and whether later changes go, too."""
    with st.popover(t("Undo"), icon=":material/undo:"):
        st.write(
            tn(
                "Put {count} row back to what it was before?",
                "Put {count} rows back to what they were before?",
                line.made.changes,
            )
        )
        st.caption(t("Rows that somebody changed since stay as they are and are listed. The undo can be undone."))
        force = st.checkbox(t("Also put back what was changed since"), key="undo_force")
        return st.button(t("Yes, undo it"), type="primary", key="undo_now"), force


def put_back(undone: Undone) -> str:
    """How far an undo reached: a row of a file may have several entries, such as a client and its contacts."""
    return tn(
        "{count} entry of the journal was put back.", "{count} entries of the journal were put back.", undone.rows
    )


def keep_report(undone: Undone) -> None:
    """Remember what an undo left alone until the next run has shown it."""
    st.session_state[_REPORT] = undone


def report(me: Person) -> None:
    """What the last undo left alone, shown once."""
    undone: Undone | None = st.session_state.pop(_REPORT, None)
    if undone is None or not undone.conflicts:
        return
    left = locale.number(len(undone.conflicts))
    st.warning(
        tn(
            "{count} entry of the journal was put back; {left} left alone:",
            "{count} entries of the journal were put back; {left} left alone:",
            undone.rows,
            left=left,
        )
    )
    told = undone.conflicts[:PAGE]
    with db.read() as session:
        names = history.names_of(session, me, told)
    lines = [
        (words.entity(c.entity), client_links.called(name), desk_words.stays(c.reason))
        for c, name in zip(told, names, strict=True)
    ]
    frame = pd.DataFrame(lines, columns=[t("What"), t("Name"), t("Why it stayed")])
    st.dataframe(frame, hide_index=True, height="content")
    if len(undone.conflicts) > PAGE:
        st.caption(t("and {count} more", count=locale.number(len(undone.conflicts) - PAGE)))
