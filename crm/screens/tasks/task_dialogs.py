"""The dialogs in which tasks are finished, put off, handed over, withdrawn and planned."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import streamlit as st

from crm import clients, db, interactions, tasks
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.formats import TYPED_DAY
from crm.interactions import Channel
from crm.people import Person
from crm.screens.tasks import form, task_rows
from crm.tasks import Task
from crm.web.kit import dialogs, form_errors, forms, say, words
from crm.web.kit.actions import Action, run
from crm.web.locale import t

MOST_TITLES = 5


def show(me: Person) -> None:
    """Draw the dialog that a click opened, if it is one about tasks."""
    asked = dialogs.now()
    drawn = {
        "done": (t("Done"), _done),
        "snooze": (t("Snooze"), _snooze),
        "hand_over": (t("Hand over"), _hand_over),
        "withdraw": (t("Withdraw"), _withdraw),
        "change_task": (t("Change the task"), form.change),
        "new_task": (t("New task"), form.add),
    }
    if asked and asked.name in drawn:
        title, draw = drawn[asked.name]
        st.dialog(title, on_dismiss=dialogs.close)(draw)(me, asked.about)


def _done(me: Person, task_ids: Sequence[UUID]) -> None:
    found = _titles(me, task_ids)
    about = found[0].client_id if len(found) == 1 else None
    with db.read() as session:
        talked = about and clients.seen(session, me, about)
    with st.form("done_form", border=False):
        outcome = st.text_area(t("What came of it"), key="done_outcome", height=90)
        form_errors.under("done_outcome")
        logged = (
            st.selectbox(
                t("Also log it as a conversation"),
                list(Channel),
                index=None,
                format_func=words.word,
                key="done_channel",
                placeholder=t("No, only finish the task"),
            )
            if talked
            else None
        )
        pressed = st.form_submit_button(t("Done"), type="primary", key="done_now", shortcut="Mod+Enter")
    if pressed:
        run(me, _finished([task.id for task in found], outcome or "", logged))


def _finished(task_ids: Sequence[UUID], outcome: str, channel: Channel | None) -> Action:
    def act(session: WriteSession, me: Person) -> None:
        for task_id in task_ids:
            if channel:
                interactions.finish_task(session, me, task_id, outcome=outcome, channel=channel)
            else:
                tasks.done(session, me, task_id, outcome=outcome)

    return Action("task done", t("Done."), act, form="done_")


def _snooze(me: Person, task_ids: Sequence[UUID]) -> None:
    found = _titles(me, task_ids)
    tomorrow = clock.today(me.time_zone) + timedelta(days=1)
    with st.form("snooze_form", border=False):
        until = st.date_input(
            t("Show it again on"), value=tomorrow, min_value=tomorrow, format=TYPED_DAY, key="snooze_until"
        )
        form_errors.under("snooze_until")
        pressed = st.form_submit_button(t("Snooze"), type="primary", key="snooze_now", shortcut="Mod+Enter")
    if pressed and isinstance(until, date):
        run(me, replace(task_rows.snoozed([task.id for task in found], until), form="snooze_"))


def _hand_over(me: Person, task_ids: Sequence[UUID]) -> None:
    found = _titles(me, task_ids)
    with db.read() as session:
        colleagues = tasks.owners.offered(session, me, [task.id for task in found])
    if not colleagues:
        st.info(t("Nobody else looks after all of these clients; move the clients first."), icon=":material/group:")
        return
    with st.form("hand_over_form", border=False):
        to = forms.person_picker(t("To"), colleagues, key="hand_over_to")
        pressed = st.form_submit_button(t("Hand over"), type="primary", key="hand_over_now", shortcut="Mod+Enter")
    if pressed and to:
        ids = [task.id for task in found]
        run(me, Action("hand over tasks", t("Handed over."), lambda s, by: tasks.hand_over(s, by, ids, to=to)))


def _withdraw(me: Person, task_ids: Sequence[UUID]) -> None:
    found = _titles(me, task_ids)
    with st.form("withdraw_form", border=False):
        reason = st.text_area(t("Why it will not be done"), key="withdraw_reason", height=90)
        form_errors.under("withdraw_outcome")
        pressed = st.form_submit_button(t("Withdraw"), type="primary", key="withdraw_now", shortcut="Mod+Enter")
    if pressed:
        run(
            me,
            Action(
                "withdraw tasks", t("Withdrawn."), lambda s, by: _withdrawn(s, by, found, reason or ""), "withdraw_"
            ),
        )


def _withdrawn(session: WriteSession, by: Person, found: Sequence[Task], reason: str) -> None:
    for task in found:
        tasks.withdraw(session, by, task.id, reason=reason)


def _titles(me: Person, task_ids: Sequence[UUID]) -> list[Task]:
    with forms.showing_errors(), db.read() as session:
        found = [tasks.get(session, me, task_id) for task_id in task_ids]
    shown = [task.title for task in found[:MOST_TITLES]]
    more = len(found) - len(shown)
    st.markdown(say.lines([*shown, t("and {count} more", count=more) if more else ""]))
    return found
