"""What we say to the reader after a rerun: that it worked, what else was made by it, and a way back.

There is one kind of message: it lies at the bottom left over the page, so that nothing on the page moves.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from crm import db, history, journal
from crm.db.sessions import WriteSession
from crm.ground.registry import Registry
from crm.journal import Undone
from crm.web.kit import current_user, forms
from crm.web.kit.say import marked
from crm.web.locale import t

_SAID, UNDO_SECONDS = "_said", 120

Fields = Mapping[str, object]
_MADE: Registry[Callable[[Sequence[Fields]], str]] = Registry("what is said of what else was made:")


@dataclass
class _Said:
    text: str
    undo: UUID | None
    said_at: float
    undone: Callable[[], object] | None = None


def also(entity: str, told: Callable[[Sequence[Fields]], str]) -> None:
    """A screen says how it is told that a write made some rows of this table beside what it was asked for."""
    _MADE.add(entity, told)


def say(
    text: str,
    *,
    undo: UUID | WriteSession | None = None,
    about: str = "",
    undone: Callable[[], object] | None = None,
) -> None:
    """Tell after the next rerun; `undo` is the change set, or the finished write session, that a click takes back.

    What a session made beside the table that the sentence is `about` is told, too. `undone` follows once it was taken back,
    such as words that go back into their form.
    """
    change_set = undo if isinstance(undo, UUID) else None
    if isinstance(undo, WriteSession):
        text = " ".join([text, *_made_beside(undo, about)])
        change_set = getattr(undo.info.get("journal"), "change_set_id", None)
    st.session_state[_SAID] = _Said(text, change_set, time.monotonic(), undone)


def _made_beside(session: WriteSession, about: str) -> Iterator[str]:
    written = journal.notes(session).rows.items()
    for entity, told in _MADE.items():
        made = [after for (name, _), (before, after) in written if name == entity and before is None and after]
        if made and entity != about:
            yield told(made)


def show() -> None:
    """Show what was said before the rerun. Stands at the top of a page, once."""
    found: _Said | None = st.session_state.get(_SAID)
    if not found:
        return
    if not found.undo:
        forget()  # it fades by itself
    elif time.monotonic() - found.said_at > UNDO_SECONDS:
        forget()
        return
    if _shown(found):
        _take_back(found)


def forget() -> None:
    st.session_state.pop(_SAID, None)


def _shown(said: _Said) -> bool:
    """Draw it; whether its undo was asked for."""
    with st.container(horizontal=True, vertical_alignment="center", key="flash" if said.undo else "flash_once"):
        st.markdown(marked(":material/check: {told}", told=said.text))
        if not said.undo:
            return False
        pressed = st.button(t("Undo"), key=f"undo.{said.undo}", type="tertiary")
        st.button("", key="flash_close", icon=":material/close:", type="tertiary", help=t("Close"), on_click=forget)
    return pressed


def _take_back(said: _Said) -> None:
    if not said.undo:
        return
    me = current_user.get()
    with forms.showing_errors(), db.write(by=me, why="undo", kind="undo") as session:
        undone = history.undo(session, me, said.undo)
    if said.undone and undone.rows:
        said.undone()
    say(taken_back(undone), undo=undone.change_set_id)
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
