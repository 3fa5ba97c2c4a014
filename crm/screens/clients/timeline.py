"""Everything about a client, newest first, narrowed to a kind."""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

import pandas as pd
import streamlit as st
from sqlmodel import Session

from crm import db, interactions, timeline
from crm.exports import Selection
from crm.ground import clock
from crm.ground.messages import Message
from crm.people import Person
from crm.screens import client_links
from crm.screens.clients.header import Head
from crm.screens.exports import export_button
from crm.screens.interactions import correction
from crm.screens.journal import journal_view
from crm.web.kit import query_params, say, words
from crm.web.kit.actions import Action
from crm.web.kit.cache import remembered
from crm.web.kit.phrases import render
from crm.web.locale import moment, t

SHOWN = 30
MOST = 100_000
EVERYTHING = "everything"
LONG = 600
LONGEST = 16


def read(_session: Session, me: Person, head: Head) -> list[timeline.Entry]:
    before = _moment(query_params.get("before"))
    return remembered(timeline.of_client, me, head.client.id, only=_asked_kinds(), before=before, limit=SHOWN + 1)


def _asked_kinds() -> tuple[str, ...] | None:
    asked = query_params.get("kind")
    return (asked,) if asked in timeline.kinds() else None


def _moment(text: str) -> datetime | None:
    """A moment of the address, in microseconds of the epoch."""
    is_moment = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return datetime.fromtimestamp(int(text) / 1e6, tz=UTC) if is_moment else None


def show(me: Person, head: Head, entries: list[timeline.Entry]) -> Action | None:
    query_params.segment(t("Kind"), [EVERYTHING, *timeline.kinds()], name="kind", shown=_kind, clears=("before",))
    _take(me, head)
    shown = entries[:SHOWN]
    with db.read() as session:
        said = [entry.entity_id for entry in shown if entry.entity == "interaction"]
        correctable = interactions.correctable(session, me, said)
    action = None
    for entry in shown:
        action = _entry(me, entry, correctable) or action
    if not entries:
        st.info(t("Nothing here yet. Log the first conversation, or plan the first task."), icon=":material/forum:")
        client_links.to_log(head.client.id, t("Log"))
    with st.container(horizontal=True):
        if query_params.get("before"):
            st.button(
                t("Newest"),
                icon=":material/first_page:",
                on_click=query_params.put,
                kwargs={"before": None},
                key="newest",
            )
        if len(entries) > SHOWN:
            last = int(entries[SHOWN - 1].at.timestamp() * 1e6)
            st.button(
                t("Older"),
                icon=":material/chevron_right:",
                on_click=query_params.put,
                kwargs={"before": last},
                key="older",
            )
    return action


def _take(me: Person, head: Head) -> None:
    """Conversations as a list that can come back; everything else as it is read here."""
    kinds = _asked_kinds()
    if kinds == ("interaction",):
        newest = Selection(client_id=head.client.id, order=interactions.ORDERS["happened"], descending=True)
        export_button.export(me, "interactions", newest)
    else:
        export_button.table(me, "timeline", lambda: _frame(me, head, kinds))


def _frame(me: Person, head: Head, kinds: tuple[str, ...] | None) -> pd.DataFrame:
    entries = remembered(timeline.of_client, me, head.client.id, only=kinds, limit=MOST)
    zone = clock.zone(me.time_zone)
    return pd.DataFrame(
        {
            "at": [entry.at.astimezone(zone).isoformat() for entry in entries],
            "kind": [entry.kind.name for entry in entries],
            "person": [entry.person or "" for entry in entries],
            "what": [_said(entry, me.time_zone) for entry in entries],
            "text": [_text(entry) for entry in entries],
        }
    )


def _kind(name: str) -> str:
    return t("Everything") if name == EVERYTHING else render(timeline.kinds()[name].title)


def _entry(me: Person, entry: timeline.Entry, correctable: Collection[UUID]) -> Action | None:
    marks = [moment(entry.at, me.time_zone), entry.person or "", _said(entry, me.time_zone)]
    action = None
    with st.container(gap=None):
        head = say.marked(entry.kind.icon + " {marks}", marks=say.joined(marks))
        if entry.entity == "interaction" and entry.entity_id in correctable:
            with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
                st.caption(say.label(head), width="content")
                action = correction.buttons(me, entry.entity_id, place="timeline")
        else:
            st.caption(say.label(head))
        _words(_text(entry))
    return action


def _words(text: str) -> None:
    if text:
        st.markdown(say.text(text[:LONG]))
    if len(text) > LONG:
        with st.expander(t("The rest")):
            st.markdown(say.text(text[LONG:]))


def _text(entry: timeline.Entry) -> str:
    return render(entry.text) if isinstance(entry.text, Message) else entry.text


def _said(entry: timeline.Entry, zone: str) -> str:
    """A change that is about one field names it as the screen does."""
    if entry.said.text.startswith("{field}"):
        only = entry.fields[0]
        coded = only.field in journal_view.CODED
        before, after = (journal_view.shown(value or "–", zone, coded=coded) for value in (only.before, only.after))
        return f"{words.field(only.field)}: {before} → {after}"
    return render(entry.said)
