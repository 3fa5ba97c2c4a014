"""The tasks and promises of a client: open ones to act on, finished ones with what came of them."""

from collections.abc import Sequence

import streamlit as st
from sqlmodel import Session

from crm import tasks
from crm.exports import Selection
from crm.ground import clock
from crm.people import Person
from crm.screens.clients.header import Head
from crm.screens.exports import export_button
from crm.screens.tasks import task_rows
from crm.tasks import Task, TaskStatus
from crm.web.kit import say, words
from crm.web.kit.actions import Action
from crm.web.locale import moment, t

ENDED = 20


def read(session: Session, me: Person, head: Head) -> Sequence[Task]:
    return tasks.of_client(session, me, head.client.id)


def show(me: Person, head: Head, found: Sequence[Task]) -> Action | None:
    if found:
        export_button.export(me, "tasks", Selection(client_id=head.client.id, order=tasks.ORDERS["due"]))
    today = clock.today(me.time_zone)
    still_open = [task for task in found if task.status == TaskStatus.OPEN]
    actions = [
        task_rows.row(
            task, today, place="client", owner="" if task.owner_id == me.id else head.names.get(task.owner_id, "")
        )
        for task in still_open
    ]
    if not still_open:
        st.info(t("Nothing is owed to this client. Plan the next step with New task."), icon=":material/task_alt:")
    ended = [task for task in found if task.status != TaskStatus.OPEN and task.done_at]
    ended.sort(key=lambda task: task.done_at or task.created_at, reverse=True)
    if ended:
        st.subheader(t("Finished"))
    for task in ended[:ENDED]:
        _ended(me, head, task)
    return next((action for action in actions if action), None)


def _ended(me: Person, head: Head, task: Task) -> None:
    who = head.names.get(task.owner_id, "")
    with st.container(gap=None):
        st.markdown(say.text(task.title))
        st.caption(
            say.text(
                " · ".join(
                    part
                    for part in (moment(task.done_at, me.time_zone), who, words.word(task.status), task.outcome)
                    if part
                )
            )
        )
