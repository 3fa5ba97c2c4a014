"""Clients: anyone found in a second; narrowed, sorted, tagged, moved, exported."""

from functools import partial

import streamlit as st

from crm import clients, db, insights
from crm.ground import clock
from crm.screens.clients import bar, client_dialogs, listing
from crm.screens.exports import export_button
from crm.screens.tasks import task_dialogs
from crm.web.frame import links
from crm.web.kit import current_user, dialogs, flash, forms, say, table
from crm.web.kit.cache import remembered
from crm.web.locale import t

me = current_user.get()
flash.show()
links.follow("clients")
wanted = listing.asked()
shown = listing.described(me, clock.today(me.time_zone))
order = table.asked(shown)
known = remembered(insights.choices.of_book, me)

# Read
with forms.showing_errors():
    page = remembered(
        insights.book.page,
        me,
        wanted,
        order=order.by,
        descending=order.descending,
        limit=table.PAGE_ROWS,
        offset=table.offset(),
    )
with db.read() as session:
    managers = clients.assignments.managers_of(session, me)

# Show
screen = partial(listing.frame, me, wanted, shown, order)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("Clients"))
    with st.container(horizontal=True, width="content"):
        export_button.export(me, "clients", listing.export_of(wanted, order), screen=screen)
        st.button(
            t("New client"),
            icon=":material/person_add:",
            key="new_client",
            shortcut="N",
            on_click=dialogs.ask,
            args=("new_client",),
        )
listing.filters(managers, known, shown)
if page.total:
    above = st.container()
    chosen = table.show(shown, page.lines, total=page.total)
    with above:
        bar.show(me, chosen)
else:
    st.info(say.label(listing.nothing(wanted)), icon=":material/group:")
client_dialogs.show(me)
task_dialogs.show(me)
