"""Who is looking: looked up on every run, so that a disabled colleague or an ended session sees nothing more."""

import threading
from typing import NoReturn
from uuid import UUID

import streamlit as st

from crm import db
from crm.people import Person, events, proof, sign_in
from crm.people.events import Event, Kind
from crm.people.sign_in import SignedIn
from crm.web import locale
from crm.web.kit import drafts, form_errors

# The shell looks the session up at the start of a run and hands it to the page of the same run, once.
_handed = threading.local()


def entering() -> Person:
    """For the shell: who begins this run. The page's own question is then answered without another look."""
    form_errors.begin()
    _handed.person = None  # a run that was begun anew never reached its page
    person = get()
    _handed.person = person
    return person


def get() -> Person:
    """The person in front of the screen. If their session is over, what was typed is kept and the run ends here."""
    handed: Person | None = getattr(_handed, "person", None)
    if handed:
        _handed.person = None
        return handed
    found = _signed_in() or _leave()
    locale.use(found.person.locale)
    return proof.came_by(found.person, found.sid)


def id_of() -> UUID | None:
    """Who sits there, as the guard told it."""
    claimed = st.user.to_dict().get("sub")
    return UUID(str(claimed)) if claimed else None


def sign_out() -> None:
    """End this browser's session; every page that is open in it moves to the sign-in page."""
    with db.beside(sign_in.TURN) as session:
        sign_in.end(session, str(st.user.get("sid")))
        events.add(session, Event(Kind.SIGNED_OUT, id_of()))
    st.stop()


def _signed_in() -> SignedIn | None:
    claimed = st.user.to_dict()
    person_id, sid = claimed.get("sub"), claimed.get("sid")
    if not person_id or not sid:
        return None
    with db.read() as session:
        return sign_in.find_by_sid(session, str(sid), UUID(str(person_id)))


def _leave() -> NoReturn:
    claimed = st.user.to_dict()
    if claimed.get("sub") and claimed.get("sid"):
        drafts.keep_all(UUID(str(claimed["sub"])))
        with db.beside(sign_in.TURN) as session:
            sign_in.end(session, str(claimed["sid"]))
    st.info(locale.t("Your session has ended. Sign in again; what you typed is kept."))
    st.link_button(locale.t("Sign in"), "/login")
    st.stop()
