"""Log: whom one spoke to and what was said; two things are needed, the rest is one click each."""

from functools import partial

import streamlit as st

from crm import clients, db, interactions, people
from crm.insights import client_brief
from crm.screens.clients import briefing
from crm.screens.interactions import correction, log_form, recent_list
from crm.web.kit import actions, current_user, flash, forms
from crm.web.locale import t

me = current_user.get()
flash.show()
st.title(t("Log"))

# Read
with forms.showing_errors(), db.read() as session:
    book = clients.book_of(session, me)
    draft = log_form.begin(book)
    chosen = log_form.chosen_client(draft)
    recent = (
        interactions.of_client(session, me, chosen, limit=5)
        if chosen
        else interactions.recent(session, me, person_id=me.id, limit=6)
    )
    brief = client_brief.brief_of(session, me, chosen) if chosen else None
    correctable = interactions.correctable(session, me, [one.id for one in recent])
    names = people.names(session)

# Show
if not book:
    log_form.nobody_yet()
left, right = st.columns([3, 2], gap="large")
with left:
    new = log_form.show(draft, book, me)
with right:
    if brief:
        briefing.show(me, brief)
    st.subheader(t("Before this") if chosen else t("What you logged last"))
    called = {} if chosen else {client.id: client.name for client in book}
    action = recent_list.recent(me, recent, called, names, correctable)
correction.show(me)

# Act
if new:
    with forms.showing_errors(draft.place), db.write(by=me, why="log") as session:
        interactions.log(session, me, new)
    draft.sent()
    flash.say(t("Logged."), undo=session, about="interaction", undone=partial(log_form.put_back, me, new))
    st.rerun()
if action:
    actions.run(me, action)
