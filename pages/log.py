"""Log: whom one spoke to and what was said; two things are needed, the rest is one click each."""

import streamlit as st

from crm import clients, db, interactions, people
from crm.web import client_brief, interaction_parts, log_form, parts, viewer
from crm.web.locale import t

me = viewer.current()
parts.said()
st.title(t("Log"))

# Read
with parts.showing_errors(), db.read() as session:
    book = clients.book_of(session, me)
    draft = log_form.begin(book)
    chosen = log_form.chosen_client(draft)
    recent = (
        interactions.of_client(session, me, chosen, limit=5)
        if chosen
        else interactions.recent(session, me, person_id=me.id, limit=6)
    )
    brief = client_brief.read(session, me, chosen) if chosen else None
    names = people.names(session)

# Show
if not book:
    log_form.nobody_yet()
left, right = st.columns([3, 2], gap="large")
with left:
    new = log_form.show(draft, book, me)
with right:
    if brief:
        client_brief.show(me, brief)
    st.subheader(t("Before this") if chosen else t("What you logged last"))
    interaction_parts.recent(me, recent, {} if chosen else {client.id: client.name for client in book}, names)

# Act
if new:
    with parts.showing_errors(), db.write(by=me, why="log") as session:
        interactions.log(session, me, new)
    draft.sent()
    parts.say(t("Logged."), undo=session)
    st.rerun()
