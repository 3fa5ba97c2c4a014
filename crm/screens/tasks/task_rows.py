"""Tasks as they stand in lists: one line with its day, and what can be done with it in place."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import streamlit as st

from crm import tasks
from crm.db.sessions import WriteSession
from crm.people import Person
from crm.screens import client_links
from crm.tasks import Priority, Task, TaskKind, TaskLine, TaskStatus
from crm.web.kit import dialogs, say, words
from crm.web.kit.actions import Action
from crm.web.kit.phrases import due_on
from crm.web.locale import t, weekday

ANOTHER_DAY, CHANGE = "another", "change"
NAME_WIDTH = 140
MONDAY = 7


def row(
    task: Task | TaskLine, today: date, *, place: str, beside: Callable[[], None] = lambda: None, owner: str = ""
) -> Action | None:
    """One open task on one line: finish it, see it and what stands beside it, put it off; `owner` if it is a colleague's."""
    line = st.container(
        horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall", key=f"task_{place}_{task.id}"
    )
    with line:
        st.button(
            "",
            key=f"{place}_done_{task.id}",
            type="tertiary",
            icon=":material/radio_button_unchecked:",
            help=t("Done: say what came of it"),
            on_click=dialogs.ask,
            args=("done", [task.id]),
        )
        st.markdown(say.label(described(task, today, owner)), width="stretch")
        beside()
        return snooze_menu([task.id], today, key=f"{place}_snooze_{task.id}", shown="")


def client(task: Task, name: str | None) -> None:
    """Whom a task is about, to stand beside it."""
    if task.client_id:
        client_links.to_client(task.client_id, name, width=NAME_WIDTH)


def described(task: Task | TaskLine, today: date, owner: str = "") -> say.Marked:
    """The title, and in words when it is due, what it is, and whose."""
    late = tasks.is_overdue(task.due_on, today)
    when = due_on(task.due_on, today)
    marks = [say.marked(":red[{when}]" if late else ":gray[{when}]", when=when)]
    if task.kind == TaskKind.PROMISE:
        marks.append(say.marked(":violet-badge[{kind}]", kind=words.word(task.kind)))
    if task.priority in (Priority.HIGH, Priority.URGENT):
        marks.append(say.marked(":orange-badge[{priority}]", priority=words.word(task.priority)))
    if task.snoozed_until and task.snoozed_until > today:
        marks.append(say.marked(":gray[{until}]", until=t("snoozed until {day}", day=weekday(task.snoozed_until))))
    if owner:
        marks.append(say.marked(":gray[{owner}]", owner=owner))
    return say.joined([task.title, *marks], " ")


def snooze_menu(task_ids: list[UUID], today: date, *, key: str, shown: str | None = None) -> Action | None:
    """Put off until tomorrow, Monday, a week from now or a day to be chosen; one alone can also be changed."""
    days = snooze_days(today)
    options = [*days, ANOTHER_DAY, *([CHANGE] if len(task_ids) == 1 else [])]
    chosen = st.menu_button(
        say.label(t("Snooze") if shown is None else shown),
        options,
        format_func=lambda name: _named(name, days.get(name)),
        key=key,
        type="tertiary",
        icon=":material/snooze:",
    )
    if chosen in (ANOTHER_DAY, CHANGE):
        dialogs.ask("snooze" if chosen == ANOTHER_DAY else "change_task", task_ids)
        st.rerun()
    return snoozed(task_ids, days[chosen]) if chosen else None


def snooze_days(today: date) -> dict[str, date]:
    monday = today + timedelta(days=MONDAY - today.weekday())
    return {"tomorrow": today + timedelta(days=1), "monday": monday, "week": today + timedelta(days=7)}


def _named(name: str, on: date | None) -> str:
    if on is None:
        return t("Another day…") if name == ANOTHER_DAY else t("Change the task…")
    names = {"tomorrow": t("Tomorrow"), "monday": t("Next Monday"), "week": t("In a week")}
    return f"{names[name]} · {weekday(on)}"


def snoozed(task_ids: list[UUID], until: date) -> Action:
    def act(session: WriteSession, me: Person) -> None:
        for task_id in task_ids:
            tasks.snooze(session, me, task_id, until=until)

    return Action("snooze", t("Snoozed until {day}.", day=weekday(until)), act)


def add_button(client_id: UUID | None = None, *, key: str = "add_task", shortcut: str | None = None) -> None:
    st.button(
        t("New task"),
        icon=":material/add_task:",
        key=key,
        shortcut=shortcut,
        on_click=partial(dialogs.ask, "new_task", client_id),
    )


def state(task: Task | TaskLine) -> str:
    return words.word(task.status) if task.status != TaskStatus.OPEN else ""
