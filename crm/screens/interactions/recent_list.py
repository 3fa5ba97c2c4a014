"""What was said, as it stands in lists: newest first, two lines each, the rest one click away."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import streamlit as st

from crm.interactions import Interaction
from crm.people import Person
from crm.screens import client_links
from crm.screens.interactions import correction
from crm.screens.interactions.words import mood
from crm.web.kit import say, words
from crm.web.kit.actions import Action
from crm.web.locale import moment, t

SHORT = 180


def recent(
    me: Person,
    found: Sequence[Interaction],
    clients: Mapping[UUID, str],
    people: Mapping[UUID, str],
    correctable: Collection[UUID],
) -> Action | None:
    """The newest conversations, each under the client it was with; one's own are corrected and taken back in place."""
    action = None
    if not found:
        st.caption(t("Nothing logged yet: what you log appears here."))
    for said in found:
        with st.container(gap=None, key=f"said_{said.id}"):
            if said.client_id in clients:
                client_links.to_client(said.client_id, clients[said.client_id])
            with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
                st.caption(say.label(head(me, said, people)), width="stretch")
                if said.id in correctable:
                    action = correction.buttons(me, said.id, place="recent") or action
            st.markdown(say.text(shortened(said.summary)))
    return action


def head(me: Person, said: Interaction, people: Mapping[UUID, str]) -> say.Marked:
    """When, through what, by whom, about what."""
    who = people.get(said.person_id, "") if said.person_id != me.id else ""
    marks = [moment(said.happened_at, me.time_zone), words.word(said.channel), who, said.topic]
    if said.mood:
        marks.append(mood(said.mood))
    return say.joined(marks)


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"
