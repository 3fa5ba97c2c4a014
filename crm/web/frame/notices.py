"""What the reader must know about accounts stands above every page until they have seen it."""

import streamlit as st

from crm import db, people
from crm.ground import messages
from crm.people import Person
from crm.web.kit import say
from crm.web.kit.phrases import render
from crm.web.locale import moment, t


def show(me: Person) -> None:
    with db.read() as session:
        found = people.notices.unseen(session, me)
    for notice in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"notice_{notice.id}"):
            told = render(messages.read(notice.text))
            when = moment(notice.made_at, me.time_zone)
            st.markdown(
                say.marked(":material/shield_person: {told} :gray[{when}]", told=told, when=when), width="stretch"
            )
            if st.button(t("I have seen it"), key=f"seen.{notice.id}"):
                with db.write() as session:
                    people.notices.seen(session, me, [notice.id])
                st.rerun()
