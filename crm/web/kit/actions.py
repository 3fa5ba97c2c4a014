"""What a click or a filled dialog asks for; running it is one write, told afterwards with a way back."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from crm import db
from crm.db.sessions import WriteSession
from crm.journal import Undone
from crm.people import Person
from crm.web.kit import dialogs, flash, forms


@dataclass(frozen=True)
class Action:
    """`why` goes into the journal, `message` to the reader; an undo has nothing to say before it is known how far it reached.

    `form`: whose fields it came from, as `forms.showing_errors` wants it; `about`: the table of which the message tells;
    `kind`: of the change, as the journal calls it; `after`: what follows once it is written.
    """

    why: str
    message: str
    act: Callable[[WriteSession, Person], object]
    form: str = ""
    about: str = ""
    kind: str = "edit"
    after: Callable[[], object] | None = None


def run(me: Person, action: Action) -> None:
    """Do it, close the dialog it came from, say so with an undo, and show the page anew."""
    with forms.showing_errors(action.form), db.write(by=me, why=action.why, kind=action.kind) as session:
        done = action.act(session, me)
    dialogs.close()
    if action.after and not (isinstance(done, Undone) and not done.rows):
        action.after()
    if isinstance(done, Undone):
        flash.say(flash.taken_back(done), undo=done.change_set_id)
    else:
        flash.say(action.message, undo=session, about=action.about)
    st.rerun()
