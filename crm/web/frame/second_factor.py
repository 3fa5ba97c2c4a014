"""Setting a second factor up on the screen: a QR code for the app, its first code, and recovery codes shown once."""

import streamlit as st

from crm import db, people
from crm.people import Person
from crm.people.second_factor import Enrolment
from crm.web.kit import forms
from crm.web.locale import t

_CODES = "_recovery_codes"


def is_missing(me: Person) -> bool:
    """Whether the reader's role needs one and they have none yet, or have not kept their recovery codes."""
    if _CODES in st.session_state:
        return True
    if not people.second_factor.is_required(me):
        return False
    with db.read() as session:
        return not people.second_factor.is_on(session, me.id)


def enrol(me: Person) -> None:
    """The page for whoever has none and needs one: there is no other before it is on."""
    st.title(t("Second factor"))
    if _CODES in st.session_state:
        recovery_codes()
        return
    st.write(t("Your role needs a second factor: besides the password a code that an app on your phone shows."))
    set_up(me)


def set_up(me: Person) -> None:
    """The QR code and the field for the first code."""
    with forms.showing_errors(), db.write() as session:
        enrolment = people.second_factor.begin(session, me)
    _picture(enrolment)
    with st.form("second_factor", border=False, clear_on_submit=True):
        code = st.text_input(
            t("Code that the app shows now"), key="factor_code", autocomplete="one-time-code", width=240
        )
        sent = st.form_submit_button(t("Switch it on"), type="primary")
    if sent:
        with forms.showing_errors(), db.write() as session:
            st.session_state[_CODES] = people.second_factor.confirm(session, me, code)
        st.rerun()


def _picture(enrolment: Enrolment) -> None:
    st.markdown(t("1. Scan this with an authenticator app, such as Aegis, 2FAS or Google Authenticator."))
    st.image(enrolment.picture(), width=220)
    with st.expander(t("The app cannot scan it")):
        st.code(enrolment.secret, language=None, wrap_lines=True)
    st.markdown(t("2. Type the six digits that it shows then."))


def recovery_codes() -> None:
    """Shown until somebody has kept them; they are stored nowhere and cannot be shown again."""
    st.markdown(
        t("**Keep these recovery codes now.** Each lets you in once if the phone is lost; they are shown only here.")
    )
    st.code("\n".join(st.session_state[_CODES]), language=None)
    st.button(t("I have kept them"), key="codes_kept", type="primary", on_click=st.session_state.pop, args=(_CODES,))
