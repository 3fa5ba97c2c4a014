"""The list of tasks: what it is narrowed to, the table, and what can be done with those that are chosen."""

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import streamlit as st

from crm import tasks
from crm.clients import Client
from crm.exports import Selection
from crm.people import Person, Right, may
from crm.screens import client_links
from crm.screens.tasks import task_rows
from crm.tasks import TaskFilter, TaskKind, TaskLine, TaskStatus, groups
from crm.web.frame import links
from crm.web.kit import dialogs, list_filters, query_params, words
from crm.web.kit.actions import Action
from crm.web.kit.phrases import due_on
from crm.web.locale import number, t

WHOSE = ("mine", "all")


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


def export_of(wanted: TaskFilter) -> Selection:
    """The same list, to be taken along."""
    return Selection(filter=wanted, order=tasks.ORDERS["due"])


def asked_group() -> str:
    return _one_of("when", groups.GROUPS)


def _one_of(name: str, known: Sequence[str]) -> str:
    found = query_params.get(name)
    return found if found in known else str(known[0])


def filters(colleagues: Sequence[Person], book: Sequence[Client]) -> None:
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


def when(counted: dict[str, int]) -> None:
    """How many are overdue, due today, this week and later; a click narrows the list."""
    query_params.segment(
        t("When"),
        groups.GROUPS,
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
    }
    return names[name]


def _whose(value: str) -> str:
    return t("Mine") if value == "mine" else t("Everyone")


def table(lines: Sequence[TaskLine], today: date) -> list[TaskLine]:
    """A page of tasks; gives those that are chosen. The key follows the rows, so that a choice never slips to another task."""
    is_open = bool(lines) and lines[0].status == TaskStatus.OPEN
    rows = [_row(line, today) for line in lines]
    ids = [line.id for line in lines]
    key = "tasks_" + hashlib.sha256("".join(map(str, ids)).encode()).hexdigest()[:12]
    event = st.dataframe(
        rows,
        hide_index=True,
        key=key,
        height="content",
        on_select="rerun",
        selection_mode="multi-row",
        column_order=_columns(is_open=is_open),
        column_config={
            "done": st.column_config.ButtonColumn(
                "", width=48, type="tertiary", key=f"{key}_done", on_click=_ask_done, args=(f"{key}_done", ids)
            ),
            "title": st.column_config.TextColumn(t("Task"), width=340),
            "client": st.column_config.ButtonColumn(
                t("Client"),
                width="medium",
                alignment="left",
                type="tertiary",
                key=f"{key}_open",
                on_click=_ask_client,
                args=(f"{key}_open", [line.client_id if line.client_name else None for line in lines]),
            ),
            "when": st.column_config.TextColumn(t("Due"), width=120),
            "kind": st.column_config.TextColumn(t("Kind"), width=100),
            "priority": st.column_config.TextColumn(t("Priority"), width=90),
            "owner": st.column_config.TextColumn(t("Owner"), width=120),
            "outcome": st.column_config.TextColumn(t("Outcome"), width="medium"),
        },
    )
    return [lines[place] for place in event.selection.rows if place < len(lines)]


_ORDER = ("done", "title", "client", "when", "kind", "priority", "owner", "outcome")


def _columns(*, is_open: bool) -> list[str]:
    """Finished tasks show their outcome instead of what could be done; one's own need no owner."""
    left_out = {"outcome"} if is_open else {"done", "priority"}
    if is_open and _one_of("whose", WHOSE) == "mine" and not list_filters.asked("owner"):
        left_out.add("owner")
    return [name for name in _ORDER if name not in left_out]


def _row(line: TaskLine, today: date) -> dict[str, object]:
    return {
        "done": ":material/check_circle:",
        "title": line.title,
        "client": client_links.called(line.client_name) if line.client_id else "",
        "when": due_on(line.due_on, today),
        "kind": words.word(line.kind),
        "priority": words.word(line.priority),
        "owner": line.owner_name,
        "outcome": line.outcome,
    }


def _ask_done(key: str, ids: Sequence[UUID]) -> None:
    click = st.session_state.get(key)
    if click and click.row < len(ids):
        dialogs.ask("done", [ids[click.row]])


def _ask_client(key: str, ids: Sequence[UUID | None]) -> None:
    click = st.session_state.get(key)
    found = ids[click.row] if click and click.row < len(ids) else None
    if found:
        client_links.ask_client(found)


def bar(me: Person, chosen: Sequence[TaskLine], today: date) -> Action | None:
    """What can be done with the tasks that are chosen; without any, how to choose them."""
    ids = [line.id for line in chosen if line.status == TaskStatus.OPEN]
    if not ids:
        st.caption(t("Tick tasks on the left to finish, snooze or hand them over together."))
        return None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("**{count}** chosen", count=number(len(ids))))
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
