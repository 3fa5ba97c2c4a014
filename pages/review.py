"""Review: rows that wait because they are about clients whom their importers cannot see, to be let in or kept out."""

import streamlit as st

from crm import db, imports
from crm.screens.imports import review
from crm.web.kit import current_user, flash, forms
from crm.web.locale import t

me = current_user.get()
flash.show()
st.title(t("Review"))

# Read
with forms.showing_errors(), db.read() as session:
    lines = imports.held_rows.lines(session, me)

# Show
decision = review.show(me, lines)

# Act
if decision and decision.lets_in:
    with forms.showing_errors():
        count = imports.held_rows.let_in(me, decision.ids)
        review.say_let_in(count)
        st.rerun()
if decision and not decision.lets_in:
    with forms.showing_errors(), db.write(by=me, why="kept rows out") as session:
        imports.held_rows.refuse(session, me, decision.ids)
    flash.say(t("They stay out."))
    st.rerun()
