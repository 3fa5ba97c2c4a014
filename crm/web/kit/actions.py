"""What a click or a filled dialog asks for; granting it is one write, told afterwards with a way back."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from crm import db
from crm.db.sessions import WriteSession
from crm.journal import Undone
from crm.people import Person
from crm.web.kit import dialogs, flash, forms


@dataclass(frozen=True)
class Wish:
    """`why` goes into the journal, `said` to the reader; an undo has nothing to say before it is known how far it reached."""

    why: str
    said: str
    act: Callable[[WriteSession, Person], object]


def grant(me: Person, wish: Wish) -> None:
    """Do it, close the dialog it came from, say so with an undo, and show the page anew."""
    with forms.showing_errors(), db.write(by=me, why=wish.why) as session:
        done = wish.act(session, me)
    dialogs.close()
    if isinstance(done, Undone):
        flash.say(flash.taken_back(done), undo=done.change_set_id)
    else:
        flash.say(wish.said, undo=session)
    st.rerun()
