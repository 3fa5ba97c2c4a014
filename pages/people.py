"""People: who works here, in which team, with which rights; invite, change, disable."""

import streamlit as st

from crm import clients, db, people
from crm.screens.people import account_forms
from crm.web.kit import current_user, flash, form_errors, forms, query_params, say
from crm.web.locale import t

me = current_user.get()
flash.show()
shown = query_params.get("shown") if query_params.get("shown") in account_forms.SHOWN else "active"

# Read
with forms.showing_errors(), db.read() as session:
    people.require(me, people.Right.ACCOUNTS)
    staff = people.colleagues(session, active_only=False)
    teams = people.teams(session)
    chosen = next((person for person in staff if person.id == query_params.key("person")), None)
    held = clients.assignments.load_of(session, me, chosen.id) if chosen else clients.assignments.Load(0, 0)
listed = [person for person in staff if shown == "everyone" or person.is_active == (shown == "active")]

# Show
st.title(t("People"))
account_forms.link_once()
with st.container(horizontal=True):
    query_params.segment(t("Who is shown"), account_forms.SHOWN, name="shown", shown=account_forms.shown_word)
    invited = account_forms.invitation(teams)
account_forms.staff(me, listed, {team.id: team.name for team in teams})
changed, relinked, reset, switched = None, False, False, False
if chosen:
    st.subheader(say.text(chosen.name), divider="gray")
    with st.container(horizontal=True):
        relinked = chosen.is_active and st.button(t("New sign-in link"), icon=":material/link:", key="relink")
        reset = st.button(t("Take the second factor off"), icon=":material/phonelink_erase:", key="factor_reset")
        with st.popover(t("Disable") if chosen.is_active else t("Enable"), icon=":material/block:"):
            account_forms.switch_question(me, chosen, held)
            switched = st.button(
                t("Yes, disable") if chosen.is_active else t("Yes, enable"), key="switch", type="primary"
            )
    changed = account_forms.person_form(chosen, teams)
with st.expander(t("Teams")):
    st.write(say.joined(team.name for team in teams) or t("There are no teams yet."))
    with st.form("team", border=False, clear_on_submit=True):
        team_name = st.text_input(t("Name of a new team"), key="team_name", max_chars=80)
        form_errors.under("team_team")
        founded = st.form_submit_button(t("Create team"))
with st.expander(t("Who may what")):
    account_forms.rights_table()

# Act
if invited:
    with forms.showing_errors("invite_"), db.write(by=me, why="invited a colleague") as session:
        newcomer, secret = people.links.welcome(session, me, account_forms.as_invitation(invited))
    account_forms.keep_link(newcomer.name, secret)
    flash.say(t("{name} is on the list now.", name=newcomer.name))
    st.rerun()
if chosen and relinked:
    with forms.showing_errors(), db.write(by=me) as session:
        secret = people.links.invite(session, me, chosen.id)
    account_forms.keep_link(chosen.name, secret)
    st.rerun()
if chosen and reset:
    with forms.showing_errors(), db.write(by=me) as session:
        people.second_factor.reset(session, me, chosen.id)
    flash.say(t("{name} signs in with the password alone now, and was told so.", name=chosen.name))
    st.rerun()
if chosen and switched:
    with forms.showing_errors(), db.write(by=me, why="disabled" if chosen.is_active else "enabled") as session:
        wanted = people.PersonChange(version=chosen.version, is_active=not chosen.is_active)
        people.change(session, me, chosen.id, wanted)
    flash.say(
        t("{name} is disabled.", name=chosen.name)
        if chosen.is_active
        else t("{name} may sign in again.", name=chosen.name),
        undo=session,
    )
    st.rerun()
if chosen and changed:
    with forms.showing_errors("person_"), db.write(by=me, why="changed an account") as session:
        people.change(session, me, chosen.id, account_forms.as_change(chosen, changed))
    flash.say(t("{name} is saved.", name=chosen.name), undo=session)
    st.rerun()
if founded:
    with forms.showing_errors("team_"), db.write(by=me, why="founded a team") as session:
        people.found_team(session, me, team_name)
    flash.say(t("The team {name} is there.", name=team_name.strip()), undo=session)
    st.rerun()
