"""The dialog for a new client; while it is filled it says whom the new one resembles."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

import streamlit as st
from pydantic import ValidationError

from crm import clients, db, duplicates, people
from crm.clients import ClientKind, ClientStatus, ContactKind, NewClient, NewContactMethod
from crm.duplicates import Resembling
from crm.ground.config import settings
from crm.people import Person, Right, may
from crm.screens import client_links
from crm.screens.duplicates import listing
from crm.web.frame import links
from crm.web.kit import dialogs, flash, form_errors, forms, say, words
from crm.web.kit.phrases import render
from crm.web.locale import t

PAUSE = "500ms"


def show(me: Person, _about: object) -> None:
    with db.read() as session:
        colleagues = people.colleagues(session, active_only=False)
    fields = _fields()
    if may(me, Right.REASSIGN):
        with db.read() as session:
            able = clients.assignees.offered(session, me)
        fields["manager_id"] = forms.person_picker(
            t("Manager"), able, key="new_client_manager", nobody=t("Nobody yet: the desk")
        )
    _hint(me, fields, {person.id: person.name for person in colleagues})
    if st.button(t("Add client"), type="primary", key="new_client_now", shortcut="Mod+Enter"):
        _add(me, fields)


def _fields() -> dict[str, Any]:
    name = st.text_input(t("Name"), key="new_client_name", max_chars=300, live=PAUSE)
    form_errors.under("new_client_name")
    where, number = st.columns([1, 2])
    venue = where.text_input(t("Venue"), value=settings().venue, key="new_client_venue")
    uid = number.text_input("UID", key="new_client_uid", placeholder=t("May stay empty for a prospect"), live=PAUSE)
    form_errors.under("new_client_venue", where)
    form_errors.under("new_client_uid", number)
    mail, call = st.columns(2)
    email = mail.text_input(t("E-mail"), key="new_client_email", max_chars=300)
    phone = call.text_input(t("Phone"), key="new_client_phone", max_chars=60, placeholder="+44 20 …")
    form_errors.under("new_client_email", mail)
    form_errors.under("new_client_phone", call)
    what, level = st.columns([1, 2])
    kind = what.selectbox(t("Kind"), list(ClientKind), format_func=words.word, key="new_client_kind")
    country = level.text_input(t("Country"), key="new_client_country", placeholder=t("Name or two letters"))
    form_errors.under("new_client_country", level)
    ways = {ContactKind.EMAIL: email, ContactKind.PHONE: phone}
    return {
        "name": name or "",
        "venue": venue or settings().venue,
        "uid": uid or None,
        "kind": kind,
        "country": country or None,
        "handles": [(way, (value or "").strip()) for way, value in ways.items() if (value or "").strip()],
    }


def _hint(me: Person, fields: Mapping[str, Any], names: Mapping[UUID, str]) -> None:
    """Whom this would double. It is not in the way of adding; a UID that is taken is, and that is said here already."""
    typed = _typed(fields)
    if not typed:
        return
    with db.read() as session:
        found = duplicates.resembling(session, me, typed)
        taken = clients.taken(session, me, typed.venue, typed.uid)
    if taken:
        st.warning(say.text(render(taken)), icon=":material/block:")
    if not found:
        return
    with st.container(border=True, gap="small", key="resembling"):
        st.caption(t("Somebody like this is here already:"))
        for one in found:
            with st.container(gap=None):
                client_links.to_client(one.id, one.name)
                st.caption(say.text(_about(one, names)))


def _typed(fields: Mapping[str, Any]) -> NewClient | None:
    """What there is of the client so far; half an address is not said to be wrong while it is typed."""
    ways = [way for way in (_way(*way) for way in fields["handles"]) if way]
    whole = {name: fields[name] for name in ("venue", "uid", "kind")}
    try:
        return NewClient(name=fields["name"].strip() or "–", handles=ways, **whole)
    except ValidationError:
        return None


def _way(kind: ContactKind, value: str) -> NewContactMethod | None:
    try:
        return NewContactMethod(kind=kind, value=value)
    except ValidationError:
        return None


def _about(one: Resembling, names: Mapping[UUID, str]) -> str:
    shared = ", ".join(dict.fromkeys(listing.shared_word(reason.shared) for reason in one.reasons))
    where = f"{one.venue} {one.uid}" if one.uid else one.venue
    state = [words.word(one.status)] if one.status == ClientStatus.CLOSED else []
    return " · ".join([where, t("with {manager}", manager=names.get(one.manager_id, "—")), *state, shared])


def _add(me: Person, fields: Mapping[str, Any]) -> None:
    with forms.showing_errors("new_client_"):
        ways = [
            form_errors.checked(partial(NewContactMethod, kind=kind, value=value), at=kind)
            for kind, value in fields["handles"]
        ]
        new = form_errors.made(NewClient, **{**fields, "handles": ways})
    with forms.showing_errors("new_client_"), db.write(by=me, why="new client") as session:
        client = clients.add(session, me, new)
    dialogs.close()
    flash.say(t("{name} is added.", name=client.name), undo=session)
    links.open_page("client", id=str(client.id), tab="details")
