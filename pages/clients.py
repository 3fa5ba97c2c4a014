"""Clients: anyone found in a second; narrowed, sorted, tagged, moved, exported."""

import streamlit as st

from crm import db, insights, people
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
links.follow()
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
    colleagues = people.colleagues(session)

# Show
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("Clients"))
    with st.container(horizontal=True, width="content"):
        export_button.export(me, "clients", listing.export_of(wanted, order))
        st.button(
            t("New client"),
            icon=":material/person_add:",
            key="new_client",
            shortcut="N",
            on_click=dialogs.ask,
            args=("new_client",),
        )
listing.filters(colleagues, known, shown)
if page.total:
    above = st.container()
    chosen = table.show(shown, page.lines, total=page.total)
    with above:
        bar.show(me, chosen)
else:
    st.info(say.label(listing.nothing(wanted)), icon=":material/group:")
client_dialogs.show(me)
task_dialogs.show(me)
