"""What was said, as it stands in lists: newest first, two lines each, the rest one click away."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from crm.interactions import Interaction
from crm.people import Person
from crm.screens import client_links
from crm.screens.interactions.words import mood
from crm.web.kit import say, words
from crm.web.locale import moment, t

SHORT = 180


def recent(me: Person, found: Sequence[Interaction], clients: Mapping[UUID, str], people: Mapping[UUID, str]) -> None:
    """The newest conversations, each under the client it was with."""
    if not found:
        st.caption(t("Nothing logged yet: what you log appears here."))
    for said in found:
        with st.container(gap=None, key=f"said_{said.id}"):
            if said.client_id in clients:
                client_links.to_client(said.client_id, clients[said.client_id])
            st.caption(say.label(head(me, said, people)))
            st.markdown(say.text(shortened(said.summary)))


def head(me: Person, said: Interaction, people: Mapping[UUID, str]) -> str:
    """When, through what, by whom, about what."""
    who = people.get(said.person_id, "") if said.person_id != me.id else ""
    marks = [moment(said.happened_at, me.time_zone), words.word(said.channel), who, said.topic]
    if said.mood:
        marks.append(mood(said.mood))
    return say.text(" · ".join(mark for mark in marks if mark))


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"
