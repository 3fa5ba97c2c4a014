"""My day on one screen: what is owed first, whom to contact and why, whose birthday it is."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from crm.insights import my_day
from crm.screens import client_links
from crm.screens.tasks import task_rows
from crm.tasks import TaskCounts
from crm.web.frame import links
from crm.web.kit import query_params, say
from crm.web.kit.actions import Action
from crm.web.kit.phrases import render
from crm.web.locale import number, short_money, t, tn, weekday

MOST_ROWS, MOST_REASONS = 6, 2
ALERTS = ("tier_falls", "silence", "volume_down", "kyc")


def head(day: my_day.MyDay, counts: TaskCounts) -> None:
    """The day, and in one line how much of everything there is."""
    told = [
        weekday(day.today),
        t("{count} overdue", count=number(counts.overdue)),
        t("{count} due today", count=number(counts.today)),
        t("{count} in the next 7 days", count=number(counts.next_7_days)),
        tn("{count} promise open", "{count} promises open", counts.promises),
        *([t("{count} snoozed", count=number(counts.snoozed))] if counts.snoozed else []),
    ]
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="content", gap=None):
            st.title(t("My day"), anchor=False)
            st.caption(say.joined(told))
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            links.to_page("log", t("Log"), ":material/edit_note:")
            task_rows.add_button(shortcut="N")


def owed(day: my_day.MyDay) -> Action | None:
    """Overdue, then today, then what was promised for later."""
    promised, reminded = day.promised_later, day.reminded_early
    actions = [
        _group(t("Overdue"), day.overdue, day.today, "overdue"),
        _group(t("Due today"), day.due_today, day.today, "today"),
        _group(t("Reminders"), reminded, day.today, "reminder"),
        _group(t("Promised"), promised, day.today, "promise"),
    ]
    if not (day.overdue or day.due_today or promised or reminded):
        st.info(
            t("Nothing is due. Look on the right whom to contact, or plan the week under Tasks."),
            icon=":material/task_alt:",
        )
    return next((action for action in actions if action), None)


def _group(title: str, found: Sequence[my_day.Due], today: date, place: str) -> Action | None:
    if not found:
        return None
    st.subheader(say.label(t("{title} · {count}", title=title, count=number(len(found)))), anchor=False)
    with st.container(border=True, gap="xxsmall", key=f"group_{place}"):
        actions = [
            task_rows.row(due.task, today, place=place, beside=partial(task_rows.client, due.task, due.client_name))
            for due in found[:MOST_ROWS]
        ]
        if len(found) > MOST_ROWS:
            links.to_page("tasks", t("All {count}", count=number(len(found))), ":material/arrow_forward:")
    return next((action for action in actions if action), None)


def to_contact(found: Sequence[my_day.ToContact], looked: my_day.Looked) -> None:
    """The most pressing first, each with its reasons in words; the name leads to the client, the pen to the log."""
    st.subheader(t("Contact next · {count}", count=number(len(found))), anchor=False)
    if not found:
        st.info(say.text(calm(looked)), icon=":material/check:" if looked.clients else ":material/group:")
    more = query_params.get("contacts") == "all"  # fifty lines cost more than the rest of the page
    for line in found if more else found[:MOST_ROWS]:
        _contact(line)
    if len(found) > MOST_ROWS:
        st.button(
            t("Fewer") if more else t("{count} more", count=number(len(found) - MOST_ROWS)),
            icon=":material/expand_less:" if more else ":material/expand_more:",
            on_click=query_params.put,
            kwargs={"contacts": None if more else "all"},
            key="more_contacts",
            type="tertiary",
        )


def calm(looked: my_day.Looked) -> str:
    """Why nobody stands in the list, of those of whom it can be said."""
    if not looked.clients:
        return t("You look after no clients yet. Add one under Clients, or import a list under Imports.")
    if looked.with_standard == looked.clients:
        told = t("Nobody is waiting: every client was contacted in time.")
    elif looked.with_standard:
        told = t(
            "Nobody is known to be waiting: {count} of {clients} clients have a contact standard and were contacted in time.",
            count=number(looked.with_standard),
            clients=number(looked.clients),
        )
    else:
        told = t("Whether anybody is waiting is not known: no client has a tier with a contact standard.")
    if not looked.with_trading:
        return f"{told} {t('Nothing is known of their trading.')}"
    if looked.with_trading == looked.clients:
        return f"{told} {t('Nobody trades noticeably less.')}"
    of_some = t(
        "Of the {count} of {clients} whose trading is known, nobody trades noticeably less.",
        count=number(looked.with_trading),
        clients=number(looked.clients),
    )
    return f"{told} {of_some}"


def _contact(line: my_day.ToContact) -> None:
    """Two lines: who, and why in words; the rest of the reasons hover over the first three."""
    volume = short_money(line.volume_30d_usd) if line.volume_30d_usd is not None else ""
    marks = [mark for mark in (line.tier or "", volume) if mark]
    said = [
        say.marked(":orange[:material/warning:] {why}" if r.why in ALERTS else "{why}", why=render(r.said))
        for r in line.reasons
    ]
    with st.container(gap=None, key=f"contact_{line.client_id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            client_links.to_client(line.client_id, line.name)
            st.caption(say.text(" · ".join(marks)), width="stretch")
            client_links.to_log(line.client_id, t("Log"))
        st.caption(say.joined(said[:MOST_REASONS]), help=say.lines(said[MOST_REASONS:]) or None)


def birthdays(found: Sequence[my_day.Birthday], today: date) -> None:
    if not found:
        return
    st.subheader(t("Birthdays"), anchor=False)
    for line in found:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            client_links.to_client(line.client_id, line.name)
            st.caption(t("today") if line.on == today else weekday(line.on), width="content")
