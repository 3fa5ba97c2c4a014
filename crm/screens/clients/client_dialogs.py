"""The dialogs of the list of clients: a new one, another book, tags."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from crm import clients, db, handover
from crm.clients import AssignmentRole
from crm.db.sessions import WriteSession
from crm.people import Person
from crm.screens.clients import new_client
from crm.web.kit import dialogs, forms, words
from crm.web.kit.actions import Action, run
from crm.web.locale import t, tn


def show(me: Person) -> None:
    """Draw the dialog that a click opened, if it is one about clients."""
    asked = dialogs.now()
    drawn = {"new_client": new_client.show, "reassign": _reassign, "tag": _tag}
    titles = {"new_client": t("New client"), "reassign": t("Move to another book"), "tag": t("Add tags")}
    if asked and asked.name in drawn:
        st.dialog(titles[asked.name], on_dismiss=dialogs.close)(drawn[asked.name])(me, asked.about)


def _reassign(me: Person, client_ids: Sequence[UUID]) -> None:
    with db.read() as session:
        colleagues = clients.assignees.offered(session, me)
    st.markdown(
        tn(
            "{count} client; open tasks of its manager go with it.",
            "{count} clients; open tasks of their manager go with them.",
            len(client_ids),
        )
    )
    with st.form("reassign_form", border=False):
        to = forms.person_picker(t("To"), colleagues, key="reassign_to")
        part = st.segmented_control(
            t("As"),
            [AssignmentRole.PRIMARY, AssignmentRole.BACKUP],
            default=AssignmentRole.PRIMARY,
            required=True,
            format_func=words.word,
            key="reassign_part",
        )
        pressed = st.form_submit_button(t("Move"), type="primary", key="reassign_now")
    if pressed and to:
        run(me, moved(client_ids, to, AssignmentRole(str(part))))


def moved(client_ids: Sequence[UUID], to: UUID, part: AssignmentRole) -> Action:
    def act(session: WriteSession, me: Person) -> None:
        handover.reassign(session, me, client_ids, to=to, part=part)

    return Action("reassign", tn("{count} client moved.", "{count} clients moved.", len(client_ids)), act)


def _tag(me: Person, client_ids: Sequence[UUID]) -> None:
    with db.read() as session:
        known = clients.tags_of(session, me)
    with st.form("tag_form", border=False):
        tags = st.multiselect(
            t("Tags"), known, accept_new_options=True, key="tag_tags", placeholder=t("Choose or type")
        )
        pressed = st.form_submit_button(t("Add"), type="primary", key="tag_now")
    if pressed and tags:
        said = tn("{count} client tagged.", "{count} clients tagged.", len(client_ids))
        run(me, Action("tag", said, lambda session, by: clients.tag(session, by, client_ids, tags)))
