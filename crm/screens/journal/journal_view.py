"""The journal on the screen: the list of change sets, one set's rows, and what an undo did."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
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
from crm.web.kit import columns, desk_words, query_params, say, table, words
from crm.web.kit.phrases import render
from crm.web.kit.table import Column, Order, Table
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


def described(me: Person) -> Table[SetLine]:
    """The list of sets; why one was made leads to its rows, under an address of its own."""
    text = columns.text
    listed = [
        Column[SetLine](
            "when", text(t("When"), width=150), lambda one: locale.moment(one.made.made_at, me.time_zone), order="when"
        ),
        Column[SetLine]("who", text(t("Who"), width=130), lambda one: one.who or t("the program"), order="who"),
        Column[SetLine](
            "kind", text(t("Kind"), width=90), lambda one: desk_words.change_kind(one.made.kind), order="kind"
        ),
        Column[SetLine](
            "why",
            text(t("Why"), width="large"),
            lambda one: render(one.made.reason) or "—",
            order="why",
            opens=_open,
        ),
        Column[SetLine]("rows", columns.count(t("Rows"), width=70), lambda one: one.made.changes, order="rows"),
        Column[SetLine]("state", text("", width=80), lambda one: t("undone") if one.undone_by else ""),
    ]
    return Table("sets", listed, usual=Order("when", descending=True), row_id=lambda one: one.made.id, alt=t("Journal"))


def _open(line: SetLine) -> None:
    query_params.put(set=line.made.id, after=None)


def sets(shown: Table[SetLine], lines: Sequence[SetLine], total: int) -> None:
    """A page of sets."""
    if total:
        table.show(shown, lines, total=total)
    else:
        st.info(t("Nothing was changed here yet, or nothing fits the filter."))


def take(me: Person, wanted: SetFilter, order: Order) -> None:
    """All sets of the filter, in the order of the screen; moments are the reader's, with their offset."""
    export_button.table(me, "journal", lambda: _frame(me, wanted, order))


def _frame(me: Person, wanted: SetFilter, order: Order) -> pd.DataFrame:
    with db.read() as session:
        lines = history.page(session, me, wanted, order=order.by, descending=order.descending, limit=MOST)
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


def back() -> None:
    gone = {"set": None, "after": None}
    st.button(t("All changes"), icon=":material/arrow_back:", type="tertiary", on_click=query_params.put, kwargs=gone)


def heading(me: Person, line: SetLine) -> None:
    st.title(say.text(render(line.made.reason) or desk_words.change_kind(line.made.kind)))
    who, when = line.who or t("the program"), locale.moment(line.made.made_at, me.time_zone)
    kind = desk_words.change_kind(line.made.kind)
    st.caption(
        say.label(
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
    )
    if line.made.undoes:
        _link(t("This is the undo of an earlier change: look at it."), line.made.undoes)
    if line.undone_by:
        _link(t("This was undone: look at the undo."), line.undone_by)


def _link(label: str, change_set_id: UUID) -> None:
    values = {"set": change_set_id, "after": None}
    st.button(say.label(label), type="tertiary", icon=":material/undo:", on_click=query_params.put, kwargs=values)


def rows(me: Person, found: Sequence[RowChange]) -> None:
    """One line for each field that differs; a row's name stands on each of its lines, so that none depends on its place."""
    if not found:
        st.info(t("This set changed no rows."))
        return
    lines = [
        {
            "what": words.entity(row.entity),
            "name": client_links.called(row.name),
            "act": desk_words.act(row.act),
            "field": field,
            "before": old,
            "after": new,
        }
        for row in found[:PAGE]
        for field, old, new in _differences(row, me.time_zone)
    ]
    widths: dict[str, tuple[str, Any]] = {
        "what": (t("What"), 90),
        "name": (t("Name"), "medium"),
        "act": (t("What happened"), 120),
        "field": (t("Field"), 120),
        "before": (t("Before"), "medium"),
        "after": (t("After"), "medium"),
    }
    listed = [
        Column(name, columns.text(title, width=width), itemgetter(name)) for name, (title, width) in widths.items()
    ]
    table.show(Table("change_rows", listed, highest=560), lines)
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
        say.label(
            tn(
                "{count} entry of the journal was put back; {left} left alone:",
                "{count} entries of the journal were put back; {left} left alone:",
                undone.rows,
                left=left,
            )
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
