"""A form like Log: what is typed into it must never be lost, nor saved twice."""

from datetime import date

import streamlit as st

from crm import db, tasks
from crm.web.kit import current_user, flash, forms

me = current_user.get()
flash.show()

st.title("Log")
draft = forms.draft("log", "summary", "on")
with st.form("log"):
    summary = st.text_area("What was said", key=draft.key("summary"))
    st.date_input("On", value=None, min_value=date(2020, 1, 1), key=draft.key("on"))
    logged = st.form_submit_button("Log it")

if logged:
    with forms.showing_errors(), db.write(by=me, why="log") as session:
        tasks.add(session, me, tasks.NewTask.model_validate({"title": summary}))
    draft.sent()
    flash.say("Logged.", undo=session)
    st.rerun()
