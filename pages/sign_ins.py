"""Sign-ins: who is locked out, and what happened around the accounts that one watches over."""

import streamlit as st

from crm import db, people
from crm.screens.people import watching
from crm.web.kit import current_user, flash, forms
from crm.web.locale import t

me = current_user.get()
flash.show()

# Read
with forms.showing_errors(), db.read() as session:
    locks = people.watch.locks(session, me)
    events = people.watch.events_of(session, me)
    names = people.names(session)

# Show
st.title(t("Sign-ins"))
lifted = watching.locks(locks)
st.subheader(t("Around accounts"))
watching.events(me, events, names)

# Act
if lifted:
    with forms.showing_errors(), db.write(by=me) as session:
        person = people.watch.lift(session, me, lifted)
    flash.say(t("{name} can sign in again at once.", name=person.name))
    st.rerun()
