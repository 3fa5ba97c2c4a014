"""The head of a client's page: who, in whose book, where and what time there; how it is doing and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from crm import clients, handover, people
from crm.clients import Client, ClientStatus
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.insights import Period, client_summary
from crm.people import Person
from crm.screens import client_links
from crm.screens.clients import briefing
from crm.web.frame import links
from crm.web.kit import dialogs, say, words
from crm.web.kit.actions import Action
from crm.web.kit.cache import remembered
from crm.web.kit.phrases import ago, render
from crm.web.locale import change, day, number, short_money, t, time, tn

Colour = Literal["normal", "off", "inverse"]


@dataclass(frozen=True)
class Head:
    client: Client
    summary: client_summary.ClientSummary
    names: Mapping[UUID, str]


def read(_session: Session, me: Person, client_id: UUID) -> Head:
    return remembered(_head, me, client_id)


def _head(session: Session, me: Person, client_id: UUID) -> Head:
    client = handover.merging.current(session, me, client_id)
    return Head(client, client_summary.summary_of(session, me, client.id), people.names(session))


def nobody() -> None:
    """The address names no client."""
    st.info(t("Choose a client from the list."), icon=":material/group:")
    links.to_page("clients", t("Clients"), ":material/group:")


def show(me: Person, head: Head) -> Action | None:
    """Name and marks, the actions, the numbers of a glance, the reasons to act."""
    client = head.client
    links.back_to("clients", t("Clients"))
    links.name_tab(client.name)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.title(say.text(client.name), anchor=False)
            _marks(me, head)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            client_links.to_log(client.id, t("Log"))
            st.button(
                t("New task"),
                icon=":material/add_task:",
                key="head_task",
                shortcut="N",
                on_click=dialogs.ask,
                args=("new_task", client.id),
            )
            action = _more(client)
    st.caption(say.label(_line(head)))
    _numbers(me, head.summary)
    with st.container(gap=None):
        _reasons(head.summary)
    return action


def _reasons(summary: client_summary.ClientSummary) -> None:
    for reason in summary.reasons:
        st.markdown(say.marked(":orange[:material/priority_high:] {why}", why=render(reason.said)))


def _marks(me: Person, head: Head) -> None:
    client, earned = head.client, head.summary.earned_tier
    tier = client.tier or earned
    if tier:
        differs = earned and client.tier and earned != client.tier
        st.badge(
            say.label(tier),
            color="blue",
            help=say.tooltip(t("By trading alone: {tier}", tier=earned) if differs else None),
        )
    if client.status != ClientStatus.ACTIVE:
        st.badge(say.label(words.word(client.status)), color="gray")
    briefing.health(head.summary)
    if client.kyc_expires_on and client.kyc_expires_soon(clock.today(me.time_zone)):
        st.badge(t("KYC until {day}", day=day(client.kyc_expires_on)), color="red")


def _more(client: Client) -> Action | None:
    """Close or reopen: what is needed once in a client's life."""
    act = "reopen" if client.status == ClientStatus.CLOSED else "close"
    names = {"close": t("Close client"), "reopen": t("Reopen client")}
    chosen = st.menu_button(
        t("More"), [act], format_func=names.__getitem__, key="head_more", type="tertiary", icon=":material/more_horiz:"
    )
    if not chosen:
        return None
    said = t("{name} is closed.", name=client.name) if act == "close" else t("{name} is open again.", name=client.name)

    def done(session: WriteSession, me: Person) -> None:
        {"close": clients.close, "reopen": clients.reopen}[act](session, me, client.id)

    return Action(f"{act} client", said, done)


def _line(head: Head) -> str:
    client = head.client
    found = [
        f"{client.venue} {client.uid}" if client.uid else client.venue,
        words.word(client.kind),
        t("with {manager}", manager=head.names.get(client.manager_id, "—")),
        t("backup {manager}", manager=head.names.get(client.backup_id, "—")) if client.backup_id else "",
        words.country(client.country) if client.country else "",
        t("{time} there now", time=time(clock.now(), client.time_zone)) if client.time_zone else "",
        _kyc(client.kyc_level),
        ", ".join(client.tags or []),
    ]
    return say.text(" · ".join(part for part in found if part))


def _kyc(level: str | None) -> str:
    """A level that does not name itself gets the word before it."""
    if not level:
        return ""
    return level if level.startswith("KY") else t("KYC {level}", level=level)


def _numbers(me: Person, summary: client_summary.ClientSummary) -> None:
    """Six numbers, each with its unit and window, and each a link to what it is made of."""
    moved = change(summary.change) if summary.change is not None else None
    every = summary.contact_every_days
    overdue = t("{count} overdue", count=number(summary.overdue_tasks)) if summary.overdue_tasks else None
    tiles: tuple[tuple[str, str, str, str | None, Colour], ...] = (
        ("volume", t("Volume, 30 days"), short_money(summary.volume_30d_usd), moved, "normal"),
        ("revenue", t("Net fees, 30 days"), short_money(summary.net_fees_30d_usd), None, "off"),
        ("equity", t("Equity"), short_money(summary.equity_usd), None, "off"),
        ("net_deposits", t("Net deposits, 30 days"), short_money(summary.net_deposits_30d_usd), None, "off"),
        (
            "contact",
            t("Last contact"),
            ago(summary.last_contact_at, me.time_zone),
            tn("every day", "every {count} days", every) if every else None,
            "off",
        ),
        ("tasks", t("Open tasks"), number(summary.open_tasks), overdue, "inverse"),
    )
    with st.container(horizontal=True, key="numbers"):
        for name, label, value, delta, colour in tiles:
            to, about = _rows_of(summary, name)
            arrow = "off" if colour != "normal" else "auto"
            links.tile(name, label, value, delta, to=to, about=about, delta_color=colour, delta_arrow=arrow, width=150)


def _rows_of(summary: client_summary.ClientSummary, name: str) -> tuple[str, dict[str, str]]:
    """Where a number leads: contacts and tasks have their own place on this page."""
    client = str(summary.client_id)
    if name == "contact":
        return "client", {"id": client, "tab": "timeline", "kind": "interaction"}
    if name == "tasks":
        return "client", {"id": client, "tab": "tasks"}
    return "rows", rows_of_days(summary, name)


def rows_of_days(summary: client_summary.ClientSummary, of: str, days: int = 30, *, before: int = 0) -> dict[str, str]:
    """What the address of a number's rows carries: so many days that end with the last one told, or so many before it."""
    told = {"of": of, "client": str(summary.client_id)}
    if not summary.as_of:
        return told
    period = Period.ending(summary.as_of - timedelta(days=before), days)
    return told | {"since": period.since.isoformat(), "until": period.until.isoformat()}
