"""Proving again who one is, at the top of whatever page something was asked that an open screen must not give away."""

import streamlit as st

from crm import db
from crm.ground.errors import CrmError, InvalidError
from crm.people import Person, events, passwords, proof, second_factor, sign_in
from crm.people.events import Event, Kind
from crm.web.kit import say
from crm.web.kit.phrases import render
from crm.web.locale import t

_ASKED, _TOLD = "_step_up", "_step_up_told"


def ask() -> None:
    """The next run asks for a proof before it shows the page."""
    st.session_state[_ASKED] = True


def is_needed(me: Person) -> bool:
    with db.read() as session:
        return not proof.is_fresh(session, me)


def panel(me: Person) -> None:
    """Ask, if something was refused for want of a proof; what was typed into the page's forms stays."""
    told = st.session_state.pop(_TOLD, "")
    if told:
        st.success(say.text(told), icon=":material/check:")
    if not st.session_state.get(_ASKED):
        return
    with db.read() as session:
        by_code = second_factor.is_on(session, me.id)
    with st.container(border=True), st.form("step_up", border=False, clear_on_submit=True):
        st.markdown(say.marked("**{told}**", told=t("Confirm that it is you")))
        if by_code:
            typed = st.text_input(
                t("Code of your app, or a recovery code"),
                key="step_up_typed",
                autocomplete="one-time-code",
                width=360,
            )
        else:
            typed = st.text_input(
                t("Password"), key="step_up_typed", type="password", autocomplete="current-password", width=360
            )
        st.caption(t("Exports, tokens, accounts and links ask this when you have not confirmed it for a while."))
        with st.container(horizontal=True):
            sent = st.form_submit_button(t("Confirm"), type="primary")
            left = st.form_submit_button(t("Not now"))
    if left:
        _done("")
    if sent:
        _check(me, typed, by_code=by_code)


def _check(me: Person, typed: str, *, by_code: bool) -> None:
    try:
        prove(me, typed, by_code=by_code)
    except CrmError as error:
        st.error(say.text(render(error.message)), icon=":material/error:")
        return
    _done(t("Confirmed. Now press the button again."))


def prove(me: Person, typed: str, *, by_code: bool) -> None:
    """Note in this browser's session that it is they.

    Raises:
        InvalidError: that is not the password, or the code.
        TooSoonError: there were too many tries.
    """
    with db.beside(sign_in.TURN) as session:
        sign_in.count_code(session, me)
    with db.read() as session:
        kept = passwords.kept_for(session, me.id)
    right = not by_code and passwords.verify(kept, typed)
    with db.beside(sign_in.TURN) as session:
        right = right or (by_code and second_factor.passes(session, me.id, typed))
        if right:
            proof.note(session, me)
            sign_in.forgive_code(session, me)
            events.add(session, Event(Kind.CONFIRMED, me.id))
    if not right:
        events.note(Event(Kind.CONFIRMING_FAILED, me.id))
        raise (
            InvalidError("That code is not right, or was used already.")
            if by_code
            else InvalidError("That is not your password.")
        )


def _done(told: str) -> None:
    st.session_state.pop(_ASKED, None)
    if told:
        st.session_state[_TOLD] = told
    st.rerun()
