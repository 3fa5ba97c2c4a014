"""Client: who they are, how they do, what was said, owed, traded and changed; the address carries the id."""

import streamlit as st

from crm import db
from crm.web import client_head, client_tabs, links, parts, task_dialogs, viewer, wishes

me = viewer.current()
parts.said()
client_id = links.asked_id("id")
if client_id is None:
    client_head.nobody()
    st.stop()
tab = client_tabs.asked()

# Read
with parts.showing_errors(), db.read() as session:
    head = client_head.read(session, me, client_id)
    found = tab.read(session, me, head)

# Show
wish = client_head.show(me, head)
client_tabs.choose()
wish = tab.show(me, head, found) or wish
task_dialogs.show(me)

# Act
if wish:
    wishes.grant(me, wish)
