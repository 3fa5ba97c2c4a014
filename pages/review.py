"""Review: rows that wait because they are about clients whom their importers cannot see, to be let in or kept out."""

import streamlit as st

from crm import db, imports
from crm.web import parts, review_parts, viewer
from crm.web.locale import t

me = viewer.current()
parts.said()
st.title(t("Review"))

# Read
with parts.showing_errors(), db.read() as session:
    lines = imports.held_rows.lines(session, me)

# Show
wish = review_parts.show(me, lines)

# Act
if wish and wish.let_in:
    with parts.showing_errors():
        count = imports.held_rows.let_in(me, wish.ids)
        review_parts.told_let_in(count)
        st.rerun()
if wish and wish.keep_out:
    with parts.showing_errors(), db.write(by=me, why="kept rows out") as session:
        imports.held_rows.refuse(session, me, wish.ids)
    parts.say(t("They stay out."))
    st.rerun()
