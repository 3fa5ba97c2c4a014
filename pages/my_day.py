"""My day: what is owed, whom to contact and why, what else happens today."""

import streamlit as st

from crm import insights, tasks
from crm.screens.imports import review
from crm.screens.my_day import sections
from crm.screens.tasks import task_dialogs
from crm.web.kit import actions, current_user, flash
from crm.web.kit.cache import remembered

me = current_user.get()
flash.show()

# Read
day = remembered(insights.my_day.day_of, me)
counts = remembered(tasks.counts, me)

# Show
sections.head(day, counts)
review.hint(me)
left, right = st.columns([1, 1], gap="large")
with left:
    action = sections.owed(day)
with right:
    sections.to_contact(day.to_contact, day.looked)
    sections.birthdays(day.birthdays, day.today)
task_dialogs.show(me)

# Act
if action:
    actions.run(me, action)
