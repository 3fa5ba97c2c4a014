"""My day: what is owed, whom to contact and why, what else happens today."""

import streamlit as st

from crm import insights, tasks
from crm.web import day_parts, parts, review_parts, task_dialogs, viewer, wishes
from crm.web.cache import remembered

me = viewer.current()
parts.said()

# Read
day = remembered(insights.my_day.day_of, me)
counts = remembered(tasks.counts, me)

# Show
day_parts.head(day, counts)
review_parts.hint(me)
left, right = st.columns([1, 1], gap="large")
with left:
    wish = day_parts.owed(day)
with right:
    day_parts.to_contact(day.to_contact)
    day_parts.birthdays(day.birthdays, day.today)
task_dialogs.show(me)

# Act
if wish:
    wishes.grant(me, wish)
