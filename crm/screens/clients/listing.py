"""The list of clients: what it is narrowed to, its columns and order, and the rows that are chosen."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import streamlit as st

from crm.clients import ClientFilter, ClientStatus
from crm.exports import Selection
from crm.ground.formats import NOTHING
from crm.insights import book
from crm.insights.choices import Choices
from crm.people import Person, Role
from crm.screens import client_links
from crm.web.kit import columns, list_filters, query_params, words
from crm.web.kit.phrases import ago, due_on
from crm.web.locale import change, short_money, t

ORDERS = (
    "name",
    "volume_30d",
    "last_contact",
    "tier",
    "status",
    "manager",
    "country",
    "joined_on",
    "created_at",
    "uid",
)
WAYS = ("up", "down")
COLUMNS = (
    "name",
    "tier",
    "health",
    "volume",
    "change",
    "last_contact",
    "manager",
    "next_task",
    "country",
    "status",
    "tags",
    "kind",
    "venue",
    "uid",
    "falls_on",
)
USUAL = COLUMNS[:8]


def asked() -> ClientFilter:
    """The filter that the address spells."""
    return ClientFilter(
        text=list_filters.asked_words(),
        manager_ids=list_filters.asked_ids("manager"),
        statuses=list_filters.asked("status", list(ClientStatus)),
        tiers=list_filters.asked("tier"),
        countries=list_filters.asked("country"),
        tags=list_filters.asked("tag"),
    )


def asked_order() -> tuple[str, bool]:
    """By what the list is sorted, and whether downwards."""
    order = query_params.get("sort")
    return (order if order in ORDERS else ORDERS[0], query_params.get("way") == WAYS[1])


def export_of(wanted: ClientFilter, order: str, *, descending: bool) -> Selection:
    """The same list, to be taken along."""
    return Selection(filter=wanted, order=book.order_of(order), descending=descending)


def filters(colleagues: Sequence[Person], known: Choices) -> None:
    """Search, the filters behind a button, order and columns; everything chosen stands in the address."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width=420):
            list_filters.words(t("Search"), placeholder=t("Name, UID, e-mail, handle or note"))
        with st.popover(_filter_label(), icon=":material/filter_list:"):
            list_filters.several(
                t("Manager"), colleagues, name="manager", code=lambda p: str(p.id), shown=lambda p: p.name
            )
            list_filters.several(t("Status"), list(ClientStatus), name="status", shown=words.word)
            list_filters.several(t("Tier"), known.tiers, name="tier")
            list_filters.several(t("Country"), known.countries, name="country", shown=words.country)
            list_filters.several(t("Tags"), known.tags, name="tag")
        with st.popover(t("View"), icon=":material/view_column:"):
            query_params.choice(t("Sort by"), ORDERS, name="sort", shown=_order, clears=("page",))
            query_params.segment(t("Direction"), WAYS, name="way", shown=_way, clears=("page",))
            list_filters.several(t("Columns"), COLUMNS[1:], name="column", shown=column)


def _filter_label() -> str:
    count = sum(len(list_filters.asked(name)) for name in ("manager", "status", "tier", "country", "tag"))
    return t("Filter ({count})", count=count) if count else t("Filter")


def _order(name: str) -> str:
    return column({"volume_30d": "volume"}.get(name, name))


def _way(name: str) -> str:
    return t("Upwards") if name == WAYS[0] else t("Downwards")


def column(name: str) -> str:
    """What a column of the list is called."""
    names = {
        "health": t("Health"),
        "volume": t("30-day volume"),
        "change": t("Change"),
        "last_contact": t("Last contact"),
        "next_task": t("Next task"),
        "manager": t("Manager"),
        "falls_on": t("Tier falls on"),
        "created_at": t("Added"),
    }
    return names.get(name) or words.field(name)


def table(me: Person, lines: Sequence[book.BookLine], today: date) -> list[UUID]:
    """A page of clients: a name leads to its page; gives the ids of those that are ticked."""
    ids = [line.line.id for line in lines]
    key = "clients_" + hashlib.sha256("".join(map(str, ids)).encode()).hexdigest()[:12]
    event = st.dataframe(
        [_row(me, line, today) for line in lines],
        hide_index=True,
        key=key,
        height="content",
        on_select="rerun",
        selection_mode="multi-row",
        column_order=_columns(me),
        column_config=_config(key, ids),
        alt=t("Clients"),
        placeholder=NOTHING,
    )
    return [ids[place] for place in event.selection.rows if place < len(ids)]


def _columns(me: Person) -> list[str]:
    chosen = list_filters.asked("column", COLUMNS)
    usual = [name for name in USUAL if name != "manager" or me.role == Role.LEAD]
    return ["name", *(name for name in COLUMNS[1:] if name in chosen)] if chosen else usual


def _row(me: Person, line: book.BookLine, today: date) -> dict[str, object]:
    client = line.line
    next_task = f"{line.next_task} · {due_on(line.next_due_on, today)}" if line.next_task else ""
    return {
        "name": client.name,
        "tier": client.tier or line.earned_tier or "",
        "health": line.health.score,
        "volume": "" if line.volume_30d_usd is None else short_money(line.volume_30d_usd),
        "change": "" if line.change is None else change(line.change),
        "last_contact": ago(line.last_contact_at, me.time_zone),
        "next_task": next_task,
        "status": words.word(client.status),
        "manager": client.manager_name,
        "country": words.country(client.country) if client.country else "",
        "tags": client.tags,
        "kind": words.word(client.kind),
        "venue": client.venue,
        "uid": client.uid or "",
        "falls_on": line.falls_on,
    }


def _config(key: str, ids: Sequence[UUID]) -> dict[str, Any]:
    text, opened = st.column_config.TextColumn, f"{key}_open"
    widths = {
        "tier": 80,
        "last_contact": 110,
        "next_task": 230,
        "status": 90,
        "manager": 120,
        "country": 110,
        "venue": 80,
    }
    return {
        **{name: text(column(name), width=widths.get(name)) for name in COLUMNS},
        "name": st.column_config.ButtonColumn(
            t("Name"),
            width=235,
            pinned=True,
            alignment="left",
            type="tertiary",
            key=opened,
            on_click=_ask,
            args=(opened, ids),
        ),
        "volume": text(column("volume"), width=110, alignment="right"),
        "change": text(column("change"), width=80, alignment="right", help=t("Against the 30 days before")),
        "health": st.column_config.ProgressColumn(
            column("health"),
            width=110,
            min_value=0,
            max_value=100,
            format="%d",
            help=t("0 to 100, from volume, activity, deposits, contact, mood and KYC; empty where nothing is known"),
        ),
        "tags": st.column_config.ListColumn(column("tags"), width=160),
        "falls_on": columns.day(column("falls_on"), width=110),
    }


def _ask(key: str, ids: Sequence[UUID]) -> None:
    click = st.session_state.get(key)
    if click and click.row < len(ids):
        client_links.ask_client(ids[click.row])


def nothing(wanted: ClientFilter) -> str:
    """What to do where the list is empty."""
    if wanted == ClientFilter():
        return t("There is no client yet. Add one with New client, or import a list under Imports.")
    if wanted.text:
        return t(
            "Nobody is found by “{text}”. Try a part of the name, the UID or the e-mail; closed clients need the filter Closed.",
            text=wanted.text,
        )
    return t("No client fits these filters. Take one away.")
