"""Tasks: what is owed, by whom and by when; finished, put off and handed over in place."""

from functools import partial

import streamlit as st

from crm import clients, db, tasks
from crm.ground import clock
from crm.screens.exports import export_button
from crm.screens.tasks import listing, task_dialogs, task_rows
from crm.web.frame import links
from crm.web.kit import actions, current_user, flash, forms, say, table
from crm.web.kit.cache import remembered
from crm.web.locale import t

me = current_user.get()
flash.show()
links.follow("tasks")
today = clock.today(me.time_zone)
wanted = listing.asked(me, today)
narrowed = tasks.groups.narrowed(wanted, listing.asked_group(), today)
shown = listing.described(wanted, today, me.time_zone)
order = table.asked(shown)

# Read
with forms.showing_errors():
    page = remembered(
        tasks.page,
        me,
        narrowed,
        order=order.by,
        descending=order.descending,
        limit=table.PAGE_ROWS,
        offset=table.offset(),
    )
    counted = remembered(tasks.groups.counted, me, wanted, today)
book = remembered(clients.book_of, me)
with db.read() as session:
    owners = tasks.owners_of(session, me)

# Show
screen = partial(listing.frame, me, narrowed, shown, order)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("Tasks"))
    with st.container(horizontal=True, width="content"):
        export_button.export(me, "tasks", listing.export_of(narrowed, order), screen=screen)
        task_rows.add_button(links.asked_id("client"), shortcut="N")
listing.filters(owners, book, shown)
if counted:
    listing.when(counted)
action = None
if page.total:
    above = st.container()
    chosen = table.show(shown, page.lines, total=page.total)
    with above:
        action = listing.bar(me, chosen, today)
else:
    st.info(say.label(listing.nothing(wanted)), icon=":material/task_alt:")
task_dialogs.show(me)

# Act
if action:
    actions.run(me, action)
