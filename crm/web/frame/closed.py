"""What stands where somebody may not go, or where nothing is: why, and a way on."""

import streamlit as st

from crm import people
from crm.people import Person
from crm.web.frame import menu
from crm.web.frame.menu import Entry
from crm.web.kit import say
from crm.web.kit.phrases import render
from crm.web.locale import t


def refused(me: Person, entry: Entry) -> None:
    """A page of others."""
    st.title(t(entry.title), anchor=False)
    if entry.right:
        st.info(say.text(render(people.rights.refusal(entry.right).message)), icon=":material/block:")
    _way_on(me)


def not_found(me: Person) -> None:
    """An address without a page."""
    st.title(t("Not found"), anchor=False)
    st.info(t("There is no page at this address. It may have been mistyped, or the page has another name now."))
    _way_on(me)


def _way_on(me: Person) -> None:
    for entry in menu.visible_to(me)[:1]:
        st.page_link(entry.path, label=t("Go to {page}", page=t(entry.title)), icon=":material/arrow_forward:")
