"""People: who works here, in which team, with which rights; invite, change, disable."""

import streamlit as st

from crm import db, people
from crm.web import addressed, parts, people_parts, viewer
from crm.web.locale import t

me = viewer.current()
parts.said()
shown = addressed.get("shown") if addressed.get("shown") in people_parts.SHOWN else "active"

# Read
with parts.showing_errors(), db.read() as session:
    people.require(me, people.Right.ACCOUNTS)
    staff = people.colleagues(session, active_only=False)
    teams = people.teams(session)
listed = [person for person in staff if shown == "everyone" or person.is_active == (shown == "active")]
chosen = next((person for person in staff if person.id == addressed.key("person")), None)

# Show
st.title(t("People"))
people_parts.link_once()
with st.container(horizontal=True):
    addressed.segment(t("Who is shown"), people_parts.SHOWN, name="shown", shown=people_parts.shown_word)
    invited = people_parts.invitation(teams)
people_parts.staff(listed, {team.id: team.name for team in teams})
changed, relinked, switched = None, False, False
if chosen:
    st.subheader(parts.plain(chosen.name), divider="gray")
    with st.container(horizontal=True):
        relinked = chosen.is_active and st.button(t("New sign-in link"), icon=":material/link:", key="relink")
        with st.popover(t("Disable") if chosen.is_active else t("Enable"), icon=":material/block:"):
            st.write(people_parts.switch_question(chosen))
            switched = st.button(
                t("Yes, disable") if chosen.is_active else t("Yes, enable"), key="switch", type="primary"
            )
    changed = people_parts.person_form(chosen, teams)
with st.expander(t("Teams")):
    st.write(" · ".join(parts.plain(team.name) for team in teams) or t("There are no teams yet."))
    with st.form("team", border=False, clear_on_submit=True):
        team_name = st.text_input(t("Name of a new team"), key="team_name", max_chars=80)
        founded = st.form_submit_button(t("Found the team"))
with st.expander(t("Who may what")):
    people_parts.rights_table()

# Act
if invited:
    with parts.showing_errors(), db.write(by=me, why="invited a colleague") as session:
        newcomer = people.invite(session, me, people_parts.as_invitation(invited))
        people_parts.keep_link(newcomer.name, people.links.invite(session, me, newcomer.id))
    parts.say(t("{name} is on the list now.", name=newcomer.name))
    st.rerun()
if chosen and relinked:
    with parts.showing_errors(), db.write(by=me, why="made a sign-in link") as session:
        people_parts.keep_link(chosen.name, people.links.invite(session, me, chosen.id))
    st.rerun()
if chosen and switched:
    with parts.showing_errors(), db.write(by=me, why="disabled" if chosen.is_active else "enabled") as session:
        wanted = people.PersonChange(version=chosen.version, is_active=not chosen.is_active)
        people.change(session, me, chosen.id, wanted)
    parts.say(
        t("{name} is disabled.", name=chosen.name)
        if chosen.is_active
        else t("{name} may sign in again.", name=chosen.name),
        undo=session,
    )
    st.rerun()
if chosen and changed:
    with parts.showing_errors(), db.write(by=me, why="changed an account") as session:
        people.change(session, me, chosen.id, people_parts.as_change(chosen, changed))
    parts.say(t("{name} is saved.", name=chosen.name), undo=session)
    st.rerun()
if founded:
    with parts.showing_errors(), db.write(by=me, why="founded a team") as session:
        people.found_team(session, me, team_name)
    parts.say(t("The team {name} is there.", name=team_name.strip()), undo=session)
    st.rerun()
