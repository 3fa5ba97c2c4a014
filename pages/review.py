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
wish = review.show(me, lines)

# Act
if wish and wish.let_in:
    with forms.showing_errors():
        count = imports.held_rows.let_in(me, wish.ids)
        review.say_let_in(count)
        st.rerun()
if wish and wish.keep_out:
    with forms.showing_errors(), db.write(by=me, why="kept rows out") as session:
        imports.held_rows.refuse(session, me, wish.ids)
    flash.say(t("They stay out."))
    st.rerun()
