"""The list of tasks: what it is narrowed to, the table, and what can be done with those that are chosen."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from crm import db, tasks
from crm.clients import Client
from crm.exports import Selection
from crm.people import Person, Right, may
from crm.screens import client_links
from crm.screens.tasks import task_rows
from crm.tasks import TaskFilter, TaskKind, TaskLine, TaskStatus, groups
from crm.web.frame import links
from crm.web.kit import columns, dialogs, list_filters, query_params, table, words
from crm.web.kit.actions import Action
from crm.web.kit.phrases import due_on
from crm.web.kit.table import Column, Order, Table
from crm.web.locale import day, moment, number, t, tn, weekday

Lines = Column[TaskLine]

WHOSE = ("mine", "all")
MOST = 1_000_000


def asked(me: Person, today: date) -> TaskFilter:
    """The filter that the address spells; without a word about it, one's own open tasks."""
    status = _one_of("status", list(TaskStatus))
    owner_ids = list_filters.asked_ids("owner") or ((me.id,) if _one_of("whose", WHOSE) == "mine" else ())
    client_id = links.asked_id("client")
    return TaskFilter(
        text=list_filters.asked_words(),
        owner_ids=owner_ids,
        kinds=list_filters.asked("kind", list(TaskKind)),
        client_id=client_id,
        statuses=(status,),
        awake_on=today if status == TaskStatus.OPEN and not client_id else None,
    )


def export_of(wanted: TaskFilter, order: Order) -> Selection:
    """The same list, to be taken along."""
    return Selection(filter=wanted, order=tasks.ORDERS[order.by], descending=order.descending)


def frame(me: Person, wanted: TaskFilter, shown: Table[TaskLine], order: Order) -> pd.DataFrame:
    """Every row of the list, under the columns and in the order of the screen."""
    with db.read() as session:
        lines = tasks.page(session, me, wanted, order=order.by, descending=order.descending, limit=MOST).lines
    return table.taken(shown, lines)


def asked_group() -> str:
    return _one_of("when", (*groups.GROUPS, groups.SNOOZED))


def _one_of(name: str, known: Sequence[str]) -> str:
    found = query_params.get(name)
    return found if found in known else str(known[0])


def filters(colleagues: Sequence[Person], book: Sequence[Client], shown: Table[TaskLine]) -> None:
    """The row of filters; everything chosen stands in the address."""
    names = {client.id: client.name for client in book}
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width=240):
            list_filters.words(t("Search"), placeholder=t("Search titles"))
        query_params.segment(t("Whose"), WHOSE, name="whose", shown=_whose, clears=("page", "owner"))
        query_params.segment(t("Status"), list(TaskStatus), name="status", shown=words.word, clears=("page", "when"))
        with st.popover(t("Filter"), icon=":material/filter_list:"):
            list_filters.several(t("Owner"), colleagues, name="owner", code=lambda p: str(p.id), shown=lambda p: p.name)
            list_filters.several(t("Kind"), list(TaskKind), name="kind", shown=words.word)
            query_params.choice(t("Client"), list(names), name="client", shown=lambda i: names[i], clears=("page",))
        table.view(shown)


def when(counted: dict[str, int]) -> None:
    """How many are overdue, due today, this week, later and snoozed; a click narrows the list."""
    query_params.segment(
        t("When"),
        list(counted),
        name="when",
        shown=lambda g: f"{_group(g)} · {number(counted.get(g, 0))}",
        clears=("page",),
    )


def _group(name: str) -> str:
    names = {
        "all": t("All"),
        "overdue": t("Overdue"),
        "today": t("Today"),
        "week": t("Next 7 days"),
        "later": t("Later"),
        groups.SNOOZED: t("Snoozed"),
    }
    return names[name]


def _whose(value: str) -> str:
    return t("Mine") if value == "mine" else t("Everyone")


def described(wanted: TaskFilter, today: date, zone: str = "UTC") -> Table[TaskLine]:
    """The columns of the list; one's own tasks need no owner.

    Finished tasks show when that was, newest first, in the reader's zone, and their outcome instead of what could be done.
    """
    is_open = wanted.statuses == (TaskStatus.OPEN,)
    is_mine = is_open and _one_of("whose", WHOSE) == "mine" and not list_filters.asked("owner")
    text = columns.text
    all_columns = [
        Lines(
            "done",
            text("", width=48, alignment="center"),
            lambda _: ":material/check_circle:",
            is_fixed=True,
            opens=lambda line: dialogs.ask("done", [line.id]),
        ),
        Lines("title", text(t("Task"), width=340), lambda line: line.title, order="title", is_fixed=True),
        Lines("client", text(t("Client"), width="medium"), _client, order="client", opens=_open_client),
        Lines(
            "when",
            text(t("Due"), width=120),
            lambda line: _due(line, today),
            order="due",
            taken=lambda line: line.due_on,
        ),
        Lines(
            "until",
            text(t("Snoozed until"), width=120),
            lambda line: weekday(line.snoozed_until) if line.snoozed_until else "",
        ),
        Lines("finished", text(t("Finished"), width=170), lambda line: moment(line.done_at, zone), order="done_at"),
        Lines("kind", text(t("Kind"), width=100), lambda line: words.word(line.kind), order="kind"),
        Lines("priority", text(t("Priority"), width=90), lambda line: words.word(line.priority), order="priority"),
        Lines("owner", text(t("Owner"), width=120), lambda line: line.owner_name, order="owner", is_usual=not is_mine),
        Lines("outcome", text(t("Outcome"), width="medium"), lambda line: line.outcome),
    ]
    left_out = {"outcome", "finished"} if is_open else {"done", "priority"}
    if not is_open or asked_group() != groups.SNOOZED:
        left_out.add("until")
    return Table(
        "tasks",
        [one for one in all_columns if one.name not in left_out],
        usual=Order("due") if is_open else Order("done_at", descending=True),
        row_id=lambda line: line.id,
        is_ticked=True,
        alt=t("Tasks"),
    )


def _due(line: TaskLine, today: date) -> str:
    """Of a finished task its day, and how late it was finished if it was."""
    if line.status == TaskStatus.OPEN:
        return due_on(line.due_on, today)
    if not line.due_on:
        return t("no day")
    late = (
        tn("{count} day late", "{count} days late", line.days_late)
        if line.status == TaskStatus.DONE and line.days_late
        else ""
    )
    return " · ".join(part for part in (day(line.due_on), late) if part)


def _client(line: TaskLine) -> str:
    return client_links.called(line.client_name) if line.client_id else ""


def _open_client(line: TaskLine) -> None:
    if line.client_id and line.client_name:
        client_links.ask_client(line.client_id)


def bar(me: Person, chosen: Sequence[TaskLine], today: date) -> Action | None:
    """What can be done with the tasks that are chosen; without any, how to choose them."""
    ids = [line.id for line in chosen if line.status == TaskStatus.OPEN]
    if not ids:
        st.caption(t("Tick tasks on the left to finish, snooze or hand them over together."))
        return None
    with table.bar(len(ids)):
        st.button(t("Done"), icon=":material/check:", key="bar_done", on_click=dialogs.ask, args=("done", ids))
        action = task_rows.snooze_menu(ids, today, key="bar_snooze")
        if may(me, Right.REASSIGN):
            st.button(
                t("Hand over"),
                icon=":material/forward:",
                key="bar_hand_over",
                on_click=dialogs.ask,
                args=("hand_over", ids),
            )
        st.button(
            t("Withdraw"),
            icon=":material/cancel:",
            key="bar_withdraw",
            type="tertiary",
            on_click=dialogs.ask,
            args=("withdraw", ids),
        )
    return action


def nothing(wanted: TaskFilter) -> str:
    """What to do where the list is empty."""
    if wanted.text or wanted.kinds or wanted.client_id or query_params.get("when"):
        return t("No task fits these filters. Take one away, or choose All.")
    if wanted.statuses == (TaskStatus.OPEN,):
        return t(
            "Nothing is owed. Plan the next step with New task, or log a conversation with a day for the follow-up."
        )
    return t("Nothing here yet: finished tasks appear here with their outcome.")
