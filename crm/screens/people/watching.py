"""Locks and what happened around accounts, on the screen of a lead or an admin."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from crm.ground import messages
from crm.ground.formats import NOTHING
from crm.people import Person
from crm.people.events import Kind
from crm.people.models import SecurityEvent
from crm.people.watch import Lock
from crm.web import locale
from crm.web.kit import columns, say, table
from crm.web.kit.phrases import render
from crm.web.kit.table import Column, Table
from crm.web.locale import t, tn


def locks(found: Sequence[Lock]) -> UUID | None:
    """Who is locked out; gives whom to let in again."""
    lifted = None
    if not found:
        st.caption(t("Nobody is locked out."))
    for lock in found:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            waits = tn("waits {count} second", "waits {count} seconds", lock.seconds)
            st.markdown(say.marked("{name}  \n:gray[{waits}]", name=lock.person.name, waits=waits), width="stretch")
            if st.button(t("Lift the lock"), key=f"lift.{lock.person.id}"):
                lifted = lock.person.id
    return lifted


def events(me: Person, found: Sequence[SecurityEvent], names: Mapping[UUID, str]) -> None:
    """The newest first."""
    if not found:
        st.info(t("Nothing happened yet."))
        return
    text = columns.text

    def called(person_id: UUID | None) -> str:
        return names.get(person_id, NOTHING) if person_id else NOTHING

    listed = [
        Column[SecurityEvent](
            "when", text(t("When"), width=150), lambda one: locale.moment(one.happened_at, me.time_zone)
        ),
        Column[SecurityEvent]("what", text(t("Event"), width=200), lambda one: word(one.kind)),
        Column[SecurityEvent]("who", text(t("Who"), width=150), lambda one: called(one.person_id)),
        Column[SecurityEvent]("about", text(t("Whose account"), width=150), lambda one: called(one.about_id)),
        Column[SecurityEvent]("address", text(t("Address"), width=120), lambda one: one.address or NOTHING),
        Column[SecurityEvent](
            "detail", text(t("Remarks"), width="large"), lambda one: render(messages.read(one.detail)) or NOTHING
        ),
    ]
    table.show(Table("events", listed, highest=640), list(found))


def word(kind: str) -> str:
    """What happened, in the reader's words."""
    return {
        Kind.SIGNED_IN: t("signed in"),
        Kind.SIGN_IN_FAILED: t("wrong password"),
        Kind.SIGNED_OUT: t("signed out"),
        Kind.SESSIONS_ENDED: t("signed out everywhere else"),
        Kind.PASSWORD_CHANGED: t("new password"),
        Kind.CONFIRMED: t("confirmed who they are"),
        Kind.CONFIRMING_FAILED: t("wrong code or password"),
        Kind.LINK_MADE: t("sign-in link made"),
        Kind.LINK_USED: t("sign-in link used"),
        Kind.TOKEN_MADE: t("token made"),
        Kind.TOKEN_REVOKED: t("token revoked"),
        Kind.FACTOR_ON: t("second factor on"),
        Kind.FACTOR_OFF: t("second factor off"),
        Kind.RECOVERY_CODE_USED: t("recovery code used"),
        Kind.LOCK_LIFTED: t("lock lifted"),
        Kind.REFUSED: t("refused"),
        Kind.LIST_READ: t("list read by a program"),
    }.get(Kind(kind), kind)
