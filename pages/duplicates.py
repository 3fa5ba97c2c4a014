"""Duplicates: clients who may be one, compared field by field, merged, or told apart for good."""

import streamlit as st

from crm import db, people
from crm.clients import duplicates
from crm.web import duplicate_list, duplicate_view, narrowed, parts, viewer, wishes
from crm.web.cache import remembered
from crm.web.locale import t

me = viewer.current()
parts.said()
asked = duplicate_view.asked()
wanted = duplicate_list.asked()

if not asked:
    st.title(t("Duplicates"))

# Read
with st.spinner(t("Comparing the clients…")):
    found = remembered(duplicates.candidates, me)
with db.read() as session:
    names = people.names(session)
    compared = duplicate_view.read(session, me, asked, found) if asked else None
groups = duplicates.groups_of(found, wanted)
shown = groups[narrowed.offset() : narrowed.offset() + narrowed.PAGE_ROWS]

# Show
if compared:
    wish = duplicate_view.show(me, compared)
else:
    if asked:
        duplicate_view.gone()
        st.title(t("Duplicates"))
    duplicate_list.filters()
    wish = None
    if shown:
        above = st.container()
        chosen = duplicate_list.table(found, shown, names)
        narrowed.turning(len(groups), name="duplicates")
        with above:
            duplicate_list.bar(chosen)
    else:
        duplicate_list.nothing(wanted)
    duplicate_list.dialog(me)

# Act
if wish:
    wishes.grant(me, wish)
