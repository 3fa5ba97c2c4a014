"""Who changed what about a client, what it was before and what it became; and the way back."""

import streamlit as st
from sqlmodel import Session

from crm import clients, history
from crm.db.sessions import WriteSession
from crm.history import Past
from crm.journal import Undone
from crm.people import Person
from crm.screens.clients.header import Head
from crm.screens.journal import journal_view
from crm.web.kit import desk_words, say, words
from crm.web.kit.actions import Action
from crm.web.kit.phrases import render
from crm.web.locale import moment, t, tn

WORDED = ("kind", "status", "risk")


def read(session: Session, me: Person, head: Head) -> list[Past]:
    return clients.past_of(session, me, head.client.id)


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
            st.caption(say.text(" · ".join(mark for mark in marks if mark)), width="content")
            if past.is_undone:
                st.badge(t("undone"), color="gray")
            pressed = past.may_undo and _undo_pressed(past)
        st.markdown(say.lines(_lines(me, head, past) or [t("Nothing that one reads: only bookkeeping.")]))
    if not pressed:
        return None

    def undo(session: WriteSession, by: Person) -> Undone:
        return history.undo(session, by, made.id)

    return Action("undo", "", undo, kind="undo")


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


def _lines(me: Person, head: Head, past: Past) -> list[say.Marked]:
    """A line for each field that differs; what was added or removed at once stands in one line."""
    names = {str(key): name for key, name in head.names.items()}

    def shown(name: str, value: object) -> say.Marked:
        known = names.get(value) if isinstance(value, str) else None
        said = journal_view.shown(value, me.time_zone)
        return say.text(known or (words.word(said) if name in WORDED else said))

    found = []
    for line in past.lines:
        before, after = line.before or {}, line.after or {}
        fields = [
            name for name in dict.fromkeys([*before, *after]) if _is_told(name, before.get(name), after.get(name))
        ]
        if line.before is None or line.after is None:
            kept, act = (after, "added") if line.before is None else (before, "removed")
            told = say.joined(
                say.marked(":gray[{field}] {value}", field=words.field(name), value=shown(name, kept[name]))
                for name in fields
            )
            found.append(
                say.marked(
                    "**{what}** {act}: {told}",
                    what=words.entity(line.entity),
                    act=desk_words.act(act).lower(),
                    told=told,
                )
            )
        else:
            what = f"{words.entity(line.entity)}, " if line.entity != "client" else ""
            found += [
                say.marked(
                    "{what}**{field}**: {old} → {new}",
                    what=what,
                    field=words.field(n),
                    old=shown(n, before.get(n)),
                    new=shown(n, after.get(n)),
                )
                for n in fields
            ]
    return found


def _is_told(name: str, old: object, new: object) -> bool:
    return name != "client_id" and history.differs(name, old, new)
