"""Client: who they are, how they do, what was said, owed, traded and changed; the address carries the id."""

import streamlit as st

from crm import db
from crm.screens.clients import header, tabs
from crm.screens.interactions import correction
from crm.screens.tasks import task_dialogs
from crm.web.frame import links
from crm.web.kit import actions, current_user, flash, forms

me = current_user.get()
flash.show()
links.follow("client")
client_id = links.asked_id("id")
if client_id is None:
    header.nobody()
    st.stop()
tab = tabs.asked()

# Read
with forms.showing_errors(), db.read() as session:
    head = header.read(session, me, client_id)
    found = tab.read(session, me, head)

# Show
action = header.show(me, head)
tabs.choose()
action = tab.show(me, head, found) or action
task_dialogs.show(me)
correction.show(me)

# Act
if action:
    actions.run(me, action)
