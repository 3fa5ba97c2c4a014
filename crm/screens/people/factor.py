"""One's own second factor in the profile: whether it is on, setting it up, switching it off."""

import streamlit as st

from crm import db, people
from crm.people import Person
from crm.web.frame import second_factor
from crm.web.kit import flash, forms
from crm.web.locale import t, tn

_SETTING_UP = "factor_setting_up"


def section(me: Person) -> None:
    st.subheader(t("Second factor"))
    with db.read() as session:
        is_on = people.second_factor.is_on(session, me.id)
        left = people.second_factor.recovery_codes_left(session, me.id)
    if is_on:
        _is_on(me, left)
    elif st.session_state.get(_SETTING_UP):
        second_factor.set_up(me)
    else:
        st.caption(
            t("Besides the password a code that an app on your phone shows: a stolen password alone opens nothing.")
        )
        st.button(t("Set it up"), key="factor_begin", on_click=st.session_state.update, args=({_SETTING_UP: True},))


def _is_on(me: Person, left: int) -> None:
    st.session_state.pop(_SETTING_UP, None)
    st.badge(t("switched on"), color="green")
    st.caption(tn("{count} recovery code is left.", "{count} recovery codes are left.", left))
    if people.second_factor.is_required(me):
        st.caption(t("Your role needs a second factor."))
        return
    if st.button(t("Switch it off"), key="factor_off"):
        with forms.showing_errors(), db.write() as session:
            people.second_factor.switch_off(session, me)
        flash.say(t("The second factor is off."))
        st.rerun()
