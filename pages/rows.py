"""Rows: what a number or a bar is made of; the list sums to it."""

import streamlit as st

from crm import db, people
from crm.insights import rows
from crm.screens.rows import listing
from crm.web.frame import links
from crm.web.kit import current_user, flash, forms, table
from crm.web.kit.cache import remembered
from crm.web.locale import t

me = current_user.get()
flash.show()
links.follow("rows")
wanted = listing.asked()
order = listing.order_asked(wanted)

# Read
with forms.showing_errors():
    found = remembered(
        rows.listing,
        me,
        wanted,
        order=order.by,
        descending=order.descending,
        limit=table.PAGE_ROWS,
        offset=table.offset(),
    )
with db.read() as session:
    names = people.names(session)

# Show
listing.head(me, wanted, found, names)
if found.total:
    table.show(listing.described(me, wanted, found.columns), found.lines, total=found.total)
else:
    st.info(t("There are no rows behind this number."), icon=":material/table_rows:")
