"""What we say to the reader after a rerun: that it worked, with a way back."""

import time
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from crm import db, history
from crm.db.sessions import WriteSession
from crm.journal import Undone
from crm.web.kit import current_user, forms
from crm.web.kit.escaping import plain
from crm.web.locale import t

_SAID, UNDO_SECONDS = "_said", 120


@dataclass
class _Said:
    text: str
    undo: UUID | None
    said_at: float
    shown: bool = False


def say(text: str, *, undo: UUID | WriteSession | None = None) -> None:
    """Tell after the next rerun; `undo` is the change set, or the finished write session, that a click takes back."""
    change_set = getattr(undo.info.get("journal"), "change_set_id", None) if isinstance(undo, WriteSession) else undo
    st.session_state[_SAID] = _Said(text, change_set, time.monotonic())


def show() -> None:
    """Show what was said before the rerun. Stands at the top of a page, once."""
    found: _Said | None = st.session_state.get(_SAID)
    if not found:
        return
    if not found.undo:
        del st.session_state[_SAID]
        st.toast(plain(found.text), icon=":material/check:")
        return
    if time.monotonic() - found.said_at > UNDO_SECONDS:
        del st.session_state[_SAID]
        return
    _with_undo(found.text, found.undo)


def _with_undo(text: str, change_set_id: UUID) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="said"):
        st.markdown(f":material/check: {plain(text)}")
        pressed = st.button(t("Undo"), key=f"undo.{change_set_id}", type="tertiary")
    if not pressed:
        return
    me = current_user.get()
    with forms.showing_errors(), db.write(by=me, why="undo", kind="undo") as session:
        undone = history.undo(session, me, change_set_id)
    say(taken_back(undone))
    st.rerun()


def taken_back(undone: Undone) -> str:
    """How far an undo reached."""
    if not undone.conflicts:
        return t("Taken back.")
    count, is_changed = len(undone.conflicts), all(one.reason == "changed since" for one in undone.conflicts)
    if not undone.rows and is_changed:
        return t("Nothing was taken back: somebody changed it since.")
    if not undone.rows:
        return t("Nothing was taken back: it was changed since or is in use.")
    if is_changed:
        return t("Taken back, except {count} that somebody changed since.", count=count)
    return t("Taken back, except {count} that were changed since or are in use.", count=count)
