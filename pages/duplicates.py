"""Duplicates: clients who may be one, compared field by field, merged, or told apart for good."""

import streamlit as st

from crm import db, duplicates, people
from crm.screens.duplicates import comparison, listing
from crm.web.kit import actions, current_user, flash, table
from crm.web.kit.cache import remembered
from crm.web.locale import t

me = current_user.get()
flash.show()
asked = comparison.asked()
wanted = listing.asked()

if not asked:
    st.title(t("Duplicates"))

# Read
with st.spinner(t("Comparing the clients…")):
    found = remembered(duplicates.candidates, me)
with db.read() as session:
    names = people.names(session)
    compared = comparison.read(session, me, asked, found) if asked else None
groups = duplicates.groups_of(found, wanted)

# Show
if compared:
    action = comparison.show(me, compared)
else:
    if asked:
        comparison.gone()
        st.title(t("Duplicates"))
    listing.filters()
    action = None
    if groups:
        above = st.container()
        chosen = table.show_all(listing.described(found, names), groups)
        with above:
            listing.bar(chosen)
    else:
        listing.nothing(wanted)
    listing.dialog(me)

# Act
if action:
    actions.run(me, action)
