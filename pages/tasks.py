"""Tasks: what is owed, by whom and by when; finished, put off and handed over in place."""

import streamlit as st

from crm import clients, clock, db, people, tasks
from crm.web import links, narrowed, parts, taking, task_dialogs, task_list, task_parts, viewer, wishes
from crm.web.cache import remembered
from crm.web.locale import t

me = viewer.current()
parts.said()
links.follow()
today = clock.today(me.time_zone)
wanted = task_list.asked(me, today)
shown = task_list.group_filter(wanted, task_list.asked_group(), today)

# Read
with parts.showing_errors():
    page = remembered(tasks.page, me, shown, limit=narrowed.PAGE_ROWS, offset=narrowed.offset())
    counted = remembered(task_list.counted, me, wanted, today)
book = remembered(clients.book_of, me)
with db.read() as session:
    colleagues = people.colleagues(session)

# Show
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("Tasks"))
    with st.container(horizontal=True, width="content"):
        taking.export(me, "tasks", task_list.export_of(shown))
        task_parts.add_button(links.asked_id("client"), shortcut="N")
task_list.filters(colleagues, book)
if counted:
    task_list.groups(counted)
wish = None
if page.lines:
    above = st.container()
    chosen = task_list.table(page.lines, today)
    narrowed.turning(page.total, name="tasks")
    with above:
        wish = task_list.bar(me, chosen, today)
else:
    st.info(task_list.nothing(wanted), icon=":material/task_alt:")
task_dialogs.show(me)

# Act
if wish:
    wishes.grant(me, wish)
