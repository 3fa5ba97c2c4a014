"""What can be done with the clients that are ticked, and with the whole list."""

from collections.abc import Sequence

import streamlit as st

from crm import handover
from crm.insights.book import BookLine
from crm.people import Person, Right, may
from crm.web.frame import links
from crm.web.kit import dialogs, table
from crm.web.locale import t


def show(me: Person, chosen: Sequence[BookLine]) -> None:
    """The actions on ticked clients; without any, how to tick them."""
    ids = [line.line.id for line in chosen]
    if not ids:
        st.caption(t("Tick clients on the left to tag them, plan a task for each, or move them to another book."))
        return
    with table.bar(len(ids)):
        if may(me, Right.REASSIGN):
            st.button(
                t("Move to another book"),
                icon=":material/forward:",
                key="bar_reassign",
                on_click=dialogs.ask,
                args=("reassign", ids),
            )
        st.button(t("Add tags"), icon=":material/label:", key="bar_tag", on_click=dialogs.ask, args=("tag", ids))
        st.button(
            t("Add task"), icon=":material/add_task:", key="bar_task", on_click=dialogs.ask, args=("new_task", ids)
        )
        if 1 < len(ids) <= handover.merging.MOST_AT_ONCE and may(me, Right.CHANGE_CLIENTS):
            merge = st.button(t("Merge"), icon=":material/join_inner:", key="bar_merge")
            if merge:
                links.open_page("duplicates", clients=",".join(map(str, ids)))
