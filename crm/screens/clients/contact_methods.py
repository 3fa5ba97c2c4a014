"""The ways to reach a client: each with its mark, added and removed in place."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from crm import clients
from crm.clients import Client, ContactKind, ContactMethod, NewContactMethod
from crm.db.sessions import WriteSession
from crm.people import Person
from crm.web.kit import form_errors, say, words
from crm.web.kit.actions import Action
from crm.web.locale import t

VERIFY, REMOVE = "verify", "remove"
_ADDED = "_contacts_added"


def show(client: Client, handles: Sequence[ContactMethod]) -> Action | None:
    if not handles:
        st.caption(t("No contact yet. Add an e-mail, a phone number or a name in a messenger."))
    found = [_row(handle) for handle in handles]
    added = _adding(client)
    return added or next((action for action in found if action), None)


def _row(handle: ContactMethod) -> Action | None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        label = say.marked(" :gray[{label}]", label=handle.label) if handle.label else ""
        st.markdown(
            say.marked(":gray[{kind}] {value}{label}", kind=words.word(handle.kind), value=handle.value, label=label)
        )
        if handle.is_verified:
            st.badge(t("Verified"), color="green", icon=":material/check:")
        acts = [REMOVE] if handle.is_verified else [VERIFY, REMOVE]
        chosen = st.menu_button(
            "", acts, format_func=_named, key=f"handle_{handle.id}", type="tertiary", icon=":material/more_horiz:"
        )
    return _action(str(chosen), handle.id, handle.value) if chosen else None


def _named(act: str) -> str:
    return t("Mark as verified") if act == VERIFY else t("Remove")


def _action(act: str, handle_id: UUID, value: str) -> Action:
    if act == VERIFY:
        return Action(
            "verify contact",
            t("{value} is verified.", value=value),
            lambda s, by: clients.contact_methods.verify(s, by, handle_id),
        )
    return Action(
        "remove contact",
        t("{value} is removed.", value=value),
        lambda s, by: clients.contact_methods.remove(s, by, handle_id),
    )


def _emptied() -> None:
    """The next run draws new fields; what was refused stays where it was typed."""
    st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1


def _adding(client: Client) -> Action | None:
    place = st.session_state.get(_ADDED) or ""
    with st.popover(t("Add contact"), icon=":material/add:"), st.form("new_handle", border=False):
        kind = st.selectbox(t("Kind"), list(ContactKind), format_func=words.word, key="handle_kind")
        value = st.text_input(t("Contact"), key=f"handle{place}_value", max_chars=300)
        form_errors.under("handle_value")
        label = st.text_input(
            t("Label"), key=f"handle{place}_label", max_chars=120, placeholder=t("Trading desk, assistant …")
        )
        pressed = st.form_submit_button(t("Add"), type="primary", key="handle_now")
    if not pressed:
        return None

    def act(session: WriteSession, me: Person) -> None:
        new = form_errors.made(NewContactMethod, kind=kind, value=value or "", label=label or "")
        clients.contact_methods.add(session, me, client.id, new)

    return Action("new contact", t("Contact added."), act, form="handle_", after=_emptied)
