"""My profile: language, time zone, password, browsers that are signed in, tokens for programs."""

import streamlit as st

from crm import db, people
from crm.locale import LANGUAGES
from crm.screens.people import account_forms, factor, profile
from crm.web.kit import current_user, desk_words, flash, form_errors, forms, say
from crm.web.locale import t

me = current_user.get()
flash.show()

# Read
with db.read() as session:
    teams = {team.id: team.name for team in people.teams(session)}
    signed_in = people.sign_in.sessions_of(session, me)
    tokens = people.tokens.tokens_of(session, me)
    uses = people.tokens.uses_of(session, tokens)

# Show
st.title(say.text(me.name))
st.caption(say.joined([me.email, desk_words.role(me.role), teams.get(me.team_id, "") if me.team_id else ""]))
left, right = st.columns(2, gap="large")
with left, st.form("own"):
    st.subheader(t("Language and time"))
    language = st.selectbox(
        t("Language on the screen"),
        list(LANGUAGES),
        list(LANGUAGES).index(me.locale),
        format_func=LANGUAGES.__getitem__,
        key="own_language",
    )
    zones = sorted({*forms.zones(), me.time_zone})
    zone = st.selectbox(t("Time zone"), zones, zones.index(me.time_zone), key="own_zone")
    saved = st.form_submit_button(t("Save"), type="primary")
with left, st.form("password"):
    st.subheader(t("Password"))
    old = st.text_input(t("Present password"), type="password", key="old", autocomplete="current-password")
    form_errors.under("password_old")
    new = st.text_input(t("New password"), type="password", key="new", autocomplete="new-password")
    form_errors.under("password_password")
    again = st.text_input(t("New password again"), type="password", key="again", autocomplete="new-password")
    form_errors.under("password_again")
    st.caption(
        say.label(
            t(
                "At least {count} letters; three or four words do well. Every browser is signed out.",
                count=people.passwords.SHORTEST,
            )
        )
    )
    repassworded = st.form_submit_button(t("Change the password"))
with right:
    st.subheader(t("Signed in"))
    ended = profile.sessions(me, signed_in, str(st.user.get("sid")))
    factor.section(me)
    st.subheader(t("API tokens"))
    profile.secret_once()
    revoked = profile.tokens(me, tokens, uses)
    wanted = profile.new_token()
with st.expander(t("Who may what")):
    account_forms.rights_table()

# Act
if saved:
    with forms.showing_errors(), db.write(by=me, why="own language and time zone") as session:
        people.settle(session, me, locale=language, time_zone=zone)
    flash.say(t("Saved."))
    st.rerun()
if repassworded:
    with forms.showing_errors("password_"), db.write(by=me, why="changed the password") as session:
        profile.same(new, again)
        people.passwords.change(session, me, old=old, new=new)
    profile.changed_password()
if ended == profile.EVERYWHERE_ELSE:
    with forms.showing_errors(), db.write(by=me) as session:
        people.sign_in.end_others(session, me, str(st.user.get("sid")))
    flash.say(t("Every other browser is signed out."))
    st.rerun()
if ended:
    with forms.showing_errors(), db.write(by=me) as session:
        people.sign_in.end(session, ended)
    flash.say(t("That browser is signed out."))
    st.rerun()
if wanted:
    with forms.showing_errors("token_"), db.write(by=me, why="made an API token") as session:
        issued = people.tokens.issue(session, me, wanted[0], days=wanted[1], scopes=wanted[2])
    profile.keep_secret(issued.secret)
    st.rerun()
if revoked:
    with forms.showing_errors(), db.write(by=me, why="revoked an API token") as session:
        people.tokens.revoke(session, me, revoked)
    flash.say(t("The token no longer works."))
    st.rerun()
