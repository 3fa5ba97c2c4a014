"""Who changed what about a client, what it was before and what it became; and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from crm import clients, history, journal
from crm.db.sessions import WriteSession
from crm.journal import Change, ChangeSet, Undone
from crm.people import Person
from crm.screens.clients.header import Head
from crm.screens.journal import journal_view
from crm.screens.journal.change_rows import HIDDEN
from crm.web.kit import desk_words, words
from crm.web.kit.actions import Action
from crm.web.kit.escaping import plain
from crm.web.kit.phrases import render
from crm.web.locale import moment, t, tn

SHOWN = 50
WORDED = ("kind", "status", "risk")


@dataclass(frozen=True)
class Past:
    """One set of changes that touched this client, and whether it was taken back or may be."""

    made: ChangeSet
    lines: tuple[Change, ...]
    is_undone: bool
    may_undo: bool


def read(session: Session, me: Person, head: Head) -> list[Past]:
    """The newest sets first: the client's own row, and the ways to reach it."""
    found = journal.history_of(session, "client", head.client.id, limit=SHOWN)
    for handle in clients.contact_methods.of_client(session, me, head.client.id):
        found += journal.history_of(session, "handle", handle.id, limit=SHOWN)
    sets = {made.id: made for made, _ in found}
    newest = sorted(sets.values(), key=lambda made: made.seq, reverse=True)[:SHOWN]
    undone = _undone(newest)
    return [
        _past(me, made, [line for by, line in found if by.id == made.id], is_undone=made.id in undone)
        for made in newest
    ]


def _undone(newest: Sequence[ChangeSet]) -> set[UUID]:
    """The sets whose undo touched this client, too, and was not itself undone: an undo may leave some of its rows alone."""
    undone: set[UUID] = set()
    for made in newest:
        if made.undoes and made.id not in undone:
            undone.add(made.undoes)
    return undone


def _past(me: Person, made: ChangeSet, lines: Sequence[Change], *, is_undone: bool) -> Past:
    line = history.SetLine(made, "", None)
    return Past(made, tuple(lines), is_undone, not is_undone and history.may_undo(me, line))


def show(me: Person, head: Head, past: list[Past]) -> Action | None:
    if not past:
        st.info(t("Nothing was changed here yet."), icon=":material/history:")
    actions = [_set(me, head, one) for one in past]
    return next((action for action in actions if action), None)


def _set(me: Person, head: Head, past: Past) -> Action | None:
    made = past.made
    who = head.names.get(made.made_by, "") if made.made_by else ""
    marks = [moment(made.made_at, me.time_zone), who or t("the program"), desk_words.change_kind(made.kind)]
    marks.append(render(made.reason) if made.why != made.kind else "")
    with st.container(border=True, gap="xsmall", key=f"past_{made.id}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption(plain(" · ".join(mark for mark in marks if mark)), width="content")
            if past.is_undone:
                st.badge(t("undone"), color="gray")
            pressed = past.may_undo and _undo_pressed(past)
        st.markdown("  \n".join(_lines(me, head, past)) or t("Nothing that one reads: only bookkeeping."))
    if not pressed:
        return None

    def undo(session: WriteSession, by: Person) -> Undone:
        return history.undo(session, by, made.id)

    return Action("undo", "", undo)


def _undo_pressed(past: Past) -> bool:
    """At once where only this client is concerned; where an undo reaches further it says so, and asks."""
    key, others = f"history_undo_{past.made.id}", past.made.changes - len(past.lines)
    if others <= 0:
        return st.button(t("Undo"), icon=":material/undo:", type="tertiary", key=key)
    with st.popover(t("Undo"), icon=":material/undo:", type="tertiary"):
        st.write(
            tn(
                "This also takes back {count} other row of the same change.",
                "This also takes back {count} other rows of the same change.",
                others,
            )
        )
        return st.button(t("Yes, undo all of it"), type="primary", key=key)


def _lines(me: Person, head: Head, past: Past) -> list[str]:
    """A line for each field that differs; what was added or removed at once stands in one line."""
    names = {str(key): name for key, name in head.names.items()}

    def shown(name: str, value: object) -> str:
        known = names.get(value) if isinstance(value, str) else None
        said = journal_view.shown(value, me.time_zone)
        return plain(known or (words.word(said) if name in WORDED else said))

    found = []
    for line in past.lines:
        before, after = line.before or {}, line.after or {}
        fields = [
            name for name in dict.fromkeys([*before, *after]) if _is_told(name, before.get(name), after.get(name))
        ]
        if line.before is None or line.after is None:
            kept, act = (after, "added") if line.before is None else (before, "removed")
            told = " · ".join(f":gray[{words.field(name)}] {shown(name, kept[name])}" for name in fields)
            found.append(f"**{words.entity(line.entity)}** {desk_words.act(act).lower()}: {told}")
        else:
            what = f"{words.entity(line.entity)}, " if line.entity != "client" else ""
            found += [
                f"{what}**{words.field(n)}**: {shown(n, before.get(n))} → {shown(n, after.get(n))}" for n in fields
            ]
    return found


def _is_told(name: str, old: object, new: object) -> bool:
    return name not in HIDDEN and name != "client_id" and old != new and bool(old or new)
