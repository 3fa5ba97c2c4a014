"""What is written down about a client: the form to change it, the ways to reach it, and the books it stood in."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from sqlmodel import Session

from crm import clients
from crm.clients import ContactMethod, Held
from crm.clients.models import Account, AttributeDefinition
from crm.ground import clock
from crm.people import Person
from crm.screens.clients import contact_methods, form
from crm.screens.clients.header import Head
from crm.web.kit import say, words
from crm.web.kit.actions import Action
from crm.web.locale import day, t


@dataclass(frozen=True)
class Details:
    handles: Sequence[ContactMethod]
    attributes: Sequence[AttributeDefinition]
    tags: list[str]
    held: list[Held]
    further: list[Account]
    tiers: list[str]


def read(session: Session, me: Person, head: Head) -> Details:
    client_id = head.client.id
    return Details(
        clients.contact_methods.of_client(session, me, client_id),
        clients.attributes.declared(session),
        clients.tags_of(session, me),
        clients.assignments_of(session, me, client_id),
        clients.accounts.further_of(session, head.client),
        clients.tiers.of_venue(session, head.client.venue),
    )


def show(me: Person, head: Head, details: Details) -> Action | None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        action = form.show(me, head.client, details.attributes, details.tags, details.tiers)
    with right:
        st.subheader(t("Contacts"))
        action = contact_methods.show(head.client, details.handles) or action
        if details.further:
            st.subheader(t("Further accounts"))
            st.caption(t("What they trade counts with the client's own account."))
            st.markdown(say.bullets(f"{one.venue} {one.uid}" for one in details.further))
        st.subheader(t("In whose book"))
        for held in details.held:
            since = day(clock.day_in(me.time_zone, held.from_at))
            until = held.until_at and day(clock.day_in(me.time_zone, held.until_at))
            span = f"{since} – {until}" if until else t("since {day}", day=since)
            st.caption(say.text(f"{head.names.get(held.person_id, '—')} · {words.word(held.part)} · {span}"))
    return action
