"""The form of a task: a new one, for one client or for each of several; and an open one that is changed."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from crm import clients, db, tasks
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.formats import TYPED_DAY
from crm.people import Person
from crm.tasks import NewTask, Priority, Repeat, Task, TaskChange, TaskKind
from crm.web.kit import form_errors, forms, words
from crm.web.kit.actions import Action, run
from crm.web.locale import t, tn


def add(me: Person, about: UUID | list[UUID] | None) -> None:
    """A task for one client, for several at once, or for nobody in particular."""
    with db.read() as session:
        names = {client.id: client.name for client in clients.book_of(session, me)}
    several = about if isinstance(about, list) else None
    if several:
        st.markdown(tn("One task for this client.", "One task for each of {count} clients.", len(several)))
    with st.form("new_task_form", border=False):
        title = st.text_input(t("What is to be done"), key="new_task_title", max_chars=300)
        client_id = None if several else _client(names, about)
        day, kind = st.columns(2)
        due_on = day.date_input(t("By when"), value=clock.today(me.time_zone), format=TYPED_DAY, key="new_task_due")
        chosen_kind = kind.selectbox(t("Kind"), list(TaskKind), format_func=words.word, key="new_task_kind")
        more = _urgency("new_task", Priority.NORMAL, Repeat.NEVER)
        pressed = st.form_submit_button(t("Add"), type="primary", key="new_task_now")
    if not pressed:
        return
    if not (title or "").strip():
        st.error(t("Write what is to be done."), icon=":material/error:")
        return
    with forms.showing_errors():
        new = form_errors.made(NewTask, title=(title or "").strip(), due_on=due_on, kind=chosen_kind, **more)
    run(me, _added(new, several or [client_id]))


def _client(names: Mapping[UUID, str], about: object) -> UUID | None:
    ids = [*names]
    return st.selectbox(
        t("Client"),
        ids,
        index=ids.index(about) if isinstance(about, UUID) and about in names else None,
        format_func=lambda client_id: names.get(client_id, ""),
        key="new_task_client",
        placeholder=t("None"),
    )


def _urgency(form: str, priority: str, repeat: str) -> dict[str, str]:
    left, right = st.columns(2)
    priorities, repeats = list(Priority), list(Repeat)
    place, rhythm = priorities.index(Priority(priority)), repeats.index(Repeat(repeat))
    return {
        "priority": left.selectbox(
            t("Priority"), priorities, index=place, format_func=words.word, key=f"{form}_priority"
        ),
        "repeat": right.selectbox(t("Repeats"), repeats, index=rhythm, format_func=words.word, key=f"{form}_repeat"),
    }


def _added(new: NewTask, client_ids: Sequence[UUID | None]) -> Action:
    def act(session: WriteSession, me: Person) -> None:
        for client_id in client_ids:
            tasks.add(session, me, new.model_copy(update={"client_id": client_id}))

    said = t("Task added.") if len(client_ids) == 1 else t("{count} tasks added.", count=len(client_ids))
    return Action("new task", said, act)


def change(me: Person, task_ids: Sequence[UUID]) -> None:
    """Another day, another title: a promise is moved here once the client has agreed."""
    with forms.showing_errors(), db.read() as session:
        task = tasks.get(session, me, task_ids[0])
    form = f"change_{task.id}_{task.version}"
    with st.form(form, border=False):
        title = st.text_input(t("What is to be done"), task.title, key=f"{form}_title", max_chars=300)
        due_on = st.date_input(t("By when"), value=task.due_on, format=TYPED_DAY, key=f"{form}_due")
        more = _urgency(form, task.priority, task.repeat)
        pressed = st.form_submit_button(t("Save"), type="primary", key="change_task_now")
    if pressed:
        wanted = {"title": (title or "").strip() or task.title, "due_on": due_on, **more}
        run(me, _changed(task, wanted))


def _changed(task: Task, wanted: Mapping[str, object]) -> Action:
    fields = {name: value for name, value in wanted.items() if value != getattr(task, name)}

    def act(session: WriteSession, me: Person) -> None:
        tasks.change(session, me, task.id, form_errors.made(TaskChange, version=task.version, **fields))

    return Action("change task", t("Saved."), act)
