"""The form of a task: a new one, for one client or for each of several; and an open one that is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import streamlit as st

from crm import clients, db, tasks
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import Clash
from crm.ground.formats import TYPED_DAY
from crm.people import Person
from crm.tasks import NewTask, Priority, Repeat, Task, TaskChange, TaskKind
from crm.web.kit import editing, form_errors, forms, words
from crm.web.kit.actions import Action, run
from crm.web.kit.editing import Opened
from crm.web.locale import t, tn

NEW = ("title", "client", "due", "kind", "priority", "repeat")
CHANGEABLE = {
    "title": "title",
    "due": "due_on",
    "priority": "priority",
    "repeat": "repeat",
}  # in the form, and in the row


def add(me: Person, about: UUID | list[UUID] | None) -> None:
    """A task for one client, for several at once, or for nobody in particular."""
    with db.read() as session:
        names = {client.id: client.name for client in clients.book_of(session, me)}
    several = about if isinstance(about, list) else None
    if several:
        st.markdown(tn("One task for this client.", "One task for each of {count} clients.", len(several)))
    draft = forms.draft(
        f"new_task.{'several' if several else about or ''}", *NEW, prefix="new_task_", before=_usual(me, about)
    )
    for name, value in _usual(me, about).items():
        st.session_state.setdefault(draft.key(name), value)
    title = st.text_input(t("What is to be done"), key="new_task_title", max_chars=300)
    form_errors.under("new_task_title")
    client_id = None if several else _client(names)
    day, kind = st.columns(2)
    due_on = day.date_input(t("By when"), value=None, format=TYPED_DAY, key="new_task_due")
    chosen_kind = kind.selectbox(t("Kind"), list(TaskKind), format_func=words.word, key="new_task_kind")
    form_errors.under("new_task_due_on", day)
    more = _urgency("new_task_")
    pressed = st.button(t("Add"), type="primary", key="new_task_now", shortcut="Mod+Enter")
    if not pressed:
        return
    if not (title or "").strip():
        form_errors.tell("new_task_title", t("Write what is to be done."))
        return
    with forms.showing_errors("new_task_"):
        new = form_errors.made(NewTask, title=(title or "").strip(), due_on=due_on, kind=chosen_kind, **more)
    run(me, replace(_added(new, several or [client_id]), after=draft.sent))


def _usual(me: Person, about: object) -> dict[str, object]:
    """What stands in the form of a new task before anybody has typed."""
    return {
        "client": about if isinstance(about, UUID) else None,
        "due": clock.today(me.time_zone),
        "kind": TaskKind.FOLLOW_UP,
        "priority": Priority.NORMAL,
        "repeat": Repeat.NEVER,
    }


def _client(names: Mapping[UUID, str]) -> UUID | None:
    if st.session_state.get("new_task_client") not in names:
        st.session_state["new_task_client"] = None
    return st.selectbox(
        t("Client"),
        [*names],
        index=None,
        format_func=lambda client_id: names.get(client_id, ""),
        key="new_task_client",
        placeholder=t("None"),
    )


def _urgency(place: str) -> dict[str, str]:
    left, right = st.columns(2)
    priority = left.selectbox(t("Priority"), list(Priority), format_func=words.word, key=f"{place}priority")
    repeat = right.selectbox(t("Repeats"), list(Repeat), format_func=words.word, key=f"{place}repeat")
    return {"priority": priority or Priority.NORMAL, "repeat": repeat or Repeat.NEVER}


def _added(new: NewTask, client_ids: Sequence[UUID | None]) -> Action:
    def act(session: WriteSession, me: Person) -> None:
        for client_id in client_ids:
            tasks.add(session, me, new.model_copy(update={"client_id": client_id}))

    said = t("Task added.") if len(client_ids) == 1 else t("{count} tasks added.", count=len(client_ids))
    return Action("new task", said, act, form="new_task_", about="task")


def change(me: Person, task_ids: Sequence[UUID]) -> None:
    """Another day, another title: a promise is moved here once the client has agreed."""
    with forms.showing_errors(), db.read() as session:
        task = tasks.get(session, me, task_ids[0])
    opened = editing.begin(
        me, f"change_{task.id}", task.version, {name: getattr(task, field) for name, field in CHANGEABLE.items()}
    )
    above = st.container()
    changed = {CHANGEABLE[name]: value for name, value in opened.changed(_fields(opened)).items()}
    pressed = st.button(t("Save"), type="primary", key="change_task_now", shortcut="Mod+Enter")
    version, mine = opened.version, False
    if version != task.version:
        with above:
            mine = editing.keeps_mine(opened, _clashes(me, task, opened, changed))
        version = task.version if mine else version
    if pressed or mine:
        run(me, _changed(task, opened, version, changed))


def _fields(opened: Opened) -> dict[str, object]:
    key = opened.key
    title = st.text_input(t("What is to be done"), key=key("title"), max_chars=300)
    form_errors.under(key("title"))
    due_on = st.date_input(t("By when"), value=None, format=TYPED_DAY, key=key("due"))
    form_errors.under(key("due_on"))
    return {
        "title": (title or "").strip() or opened.values["title"],
        "due": due_on,
        **_urgency(opened.place),
    }


def _clashes(me: Person, task: Task, opened: Opened, changed: Mapping[str, object]) -> list[Clash]:
    with db.read() as session:
        return tasks.clashes(session, me, task.id, changed, opened.version)


def _changed(task: Task, opened: Opened, version: int, changed: Mapping[str, object]) -> Action:
    def act(session: WriteSession, me: Person) -> None:
        tasks.change(session, me, task.id, form_errors.made(TaskChange, version=version, **changed))

    return Action("change task", t("Saved."), act, form=opened.place, after=opened.forget)
