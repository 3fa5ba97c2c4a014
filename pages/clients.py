"""Clients: anyone found in a second; narrowed, sorted, tagged, moved, exported."""

import streamlit as st

from crm import clock, db, insights, people
from crm.web import (
    client_bar,
    client_choices,
    client_dialogs,
    client_list,
    links,
    narrowed,
    opened,
    parts,
    taking,
    task_dialogs,
    viewer,
)
from crm.web.cache import remembered
from crm.web.locale import t

me = viewer.current()
parts.said()
links.follow()
wanted = client_list.asked()
order, descending = client_list.asked_order()
known = remembered(client_choices.known, me)

# Read
with parts.showing_errors():
    page = remembered(
        insights.book.page,
        me,
        wanted,
        order=order,
        descending=descending,
        limit=narrowed.PAGE_ROWS,
        offset=narrowed.offset(),
    )
with db.read() as session:
    colleagues = people.colleagues(session)

# Show
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("Clients"))
    with st.container(horizontal=True, width="content"):
        taking.export(me, "clients", client_list.export_of(wanted, order, descending=descending))
        st.button(
            t("New client"),
            icon=":material/person_add:",
            key="new_client",
            shortcut="N",
            on_click=opened.ask,
            args=("new_client",),
        )
client_list.filters(colleagues, known)
if page.lines:
    above = st.container()
    chosen = client_list.table(me, page.lines, clock.today(me.time_zone))
    narrowed.turning(page.total, name="clients")
    with above:
        client_bar.show(me, chosen)
else:
    st.info(client_list.nothing(wanted), icon=":material/group:")
client_dialogs.show(me)
task_dialogs.show(me)
