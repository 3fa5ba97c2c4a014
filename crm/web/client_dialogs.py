"""The dialogs of the list of clients: a new one, another book, tags."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from crm import clients, db, people, tasks
from crm.clients import Kind, NewClient, Part
from crm.config import settings
from crm.db.sessions import WriteSession
from crm.people import Person, Right, may
from crm.web import forms_said, links, opened, parts, words
from crm.web.locale import t
from crm.web.wishes import Wish, grant


def show(me: Person) -> None:
    """Draw the dialog that a click opened, if it is one about clients."""
    asked = opened.now()
    drawn = {"new_client": _new, "reassign": _reassign, "tag": _tag}
    titles = {"new_client": t("New client"), "reassign": t("Move to another book"), "tag": t("Add tags")}
    if asked and asked.name in drawn:
        st.dialog(titles[asked.name], on_dismiss=opened.close)(drawn[asked.name])(me, asked.about)


def _new(me: Person, _about: object) -> None:
    with db.read() as session:
        colleagues = people.colleagues(session) if may(me, Right.REASSIGN) else []
    with st.form("new_client_form", border=False):
        name = st.text_input(t("Name"), key="new_client_name", max_chars=300)
        where, number = st.columns([1, 2])
        venue = where.text_input(t("Venue"), value=settings().venue, key="new_client_venue")
        uid = number.text_input("UID", key="new_client_uid", placeholder=t("May stay empty for a prospect"))
        what, level = st.columns([1, 2])
        kind = what.selectbox(t("Kind"), list(Kind), format_func=words.word, key="new_client_kind")
        country = level.text_input(t("Country"), key="new_client_country", placeholder=t("Name or two letters"))
        manager_id = (
            parts.person_picker(t("Manager"), colleagues, key="new_client_manager", nobody=t("Nobody yet: the desk"))
            if colleagues
            else None
        )
        pressed = st.form_submit_button(t("Add client"), type="primary", key="new_client_now")
    if not pressed:
        return
    with parts.showing_errors():
        new = forms_said.made(
            NewClient, name=name or "", venue=venue or settings().venue, uid=uid or None, kind=kind, country=country or None,
            manager_id=manager_id,
        )  # fmt: skip
    with parts.showing_errors(), db.write(by=me, why="new client") as session:
        client = clients.add(session, me, new)
    opened.close()
    parts.say(t("{name} is added.", name=client.name), undo=session)
    links.open_page("client", id=str(client.id), tab="details")


def _reassign(me: Person, client_ids: Sequence[UUID]) -> None:
    with db.read() as session:
        colleagues = [person for person in people.colleagues(session) if person.role != "admin"]
    st.markdown(t("{count} clients; open tasks of their manager go with them.", count=len(client_ids)))
    with st.form("reassign_form", border=False):
        to = parts.person_picker(t("To"), colleagues, key="reassign_to")
        part = st.segmented_control(
            t("As"),
            [Part.PRIMARY, Part.BACKUP],
            default=Part.PRIMARY,
            required=True,
            format_func=words.word,
            key="reassign_part",
        )
        pressed = st.form_submit_button(t("Move"), type="primary", key="reassign_now")
    if pressed and to:
        grant(me, moved(client_ids, to, Part(str(part))))


def moved(client_ids: Sequence[UUID], to: UUID, part: Part) -> Wish:
    def act(session: WriteSession, me: Person) -> None:
        if part == Part.PRIMARY:
            tasks.reassign_clients(session, me, client_ids, to=to)
        else:
            clients.reassign(session, me, client_ids, to=to, part=part)

    return Wish("reassign", t("{count} clients moved.", count=len(client_ids)), act)


def _tag(me: Person, client_ids: Sequence[UUID]) -> None:
    with db.read() as session:
        known = clients.tags_of(session, me)
    with st.form("tag_form", border=False):
        tags = st.multiselect(
            t("Tags"), known, accept_new_options=True, key="tag_tags", placeholder=t("Choose or type")
        )
        pressed = st.form_submit_button(t("Add"), type="primary", key="tag_now")
    if pressed and tags:
        said = t("{count} clients tagged.", count=len(client_ids))
        grant(me, Wish("tag", said, lambda session, by: clients.tag(session, by, client_ids, tags)))
