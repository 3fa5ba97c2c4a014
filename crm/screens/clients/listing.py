"""The list of clients: what it is narrowed to, its columns and order, and the rows that are chosen."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from crm import db
from crm.clients import ClientFilter, ClientStatus
from crm.exports import Selection
from crm.ground import clock
from crm.insights import book
from crm.insights.choices import Choices
from crm.people import Person, Role
from crm.screens import client_links
from crm.web.kit import columns, list_filters, say, table, words
from crm.web.kit.phrases import ago, due_on
from crm.web.kit.table import Column, Order, Table
from crm.web.locale import change, short_money, t

Lines = Column[book.BookLine]


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


def export_of(wanted: ClientFilter, order: Order) -> Selection:
    """The same list, to be taken along."""
    return Selection(filter=wanted, order=book.order_of(order.by), descending=order.descending)


def frame(me: Person, wanted: ClientFilter, shown: Table[book.BookLine], order: Order) -> pd.DataFrame:
    """Every row of the list, under the columns and in the order of the screen."""
    with db.read() as session:
        lines = book.every(session, me, wanted, order=order.by, descending=order.descending)
    return table.taken(shown, lines)


def filters(managers: Sequence[Person], known: Choices, shown: Table[book.BookLine]) -> None:
    """Search, the filters behind a button, order and columns; everything chosen stands in the address."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width=420):
            list_filters.words(t("Search"), placeholder=t("Name, UID, e-mail, handle or note"))
        with st.popover(say.label(_filter_label()), icon=":material/filter_list:"):
            list_filters.several(
                t("Manager"), managers, name="manager", code=lambda p: str(p.id), shown=lambda p: p.name
            )
            list_filters.several(t("Status"), list(ClientStatus), name="status", shown=words.word)
            list_filters.several(t("Tier"), known.tiers, name="tier")
            list_filters.several(t("Country"), known.countries, name="country", shown=words.country)
            list_filters.several(t("Tags"), known.tags, name="tag")
        table.view(shown)


def _filter_label() -> str:
    count = sum(len(list_filters.asked(name)) for name in ("manager", "status", "tier", "country", "tag"))
    return t("Filter ({count})", count=count) if count else t("Filter")


def described(me: Person, today: date) -> Table[book.BookLine]:
    """The columns of the list, by what they sort it, and what a click on a name does."""
    return Table(
        "clients",
        [*_usual(me, today), *_seldom(me)],
        usual=Order("name"),
        row_id=lambda line: line.line.id,
        is_ticked=True,
        alt=t("Clients"),
    )


def _usual(me: Person, today: date) -> list[Lines]:
    """What a manager looks at every day; whose book it is only tells a lead something."""
    text = columns.text
    health = st.column_config.ProgressColumn(
        t("Health"),
        width=110,
        min_value=0,
        max_value=100,
        format="%d",
        help=t("0 to 100, from volume, activity, deposits, contact, mood and KYC; empty where nothing is known"),
    )
    moved = text(t("Change"), width=80, alignment="right", help=t("Against the 30 days before"))
    return [
        Lines(
            "name",
            text(t("Name"), width=235, pinned=True),
            lambda line: line.line.name,
            order="name",
            is_fixed=True,
            opens=lambda line: client_links.ask_client(line.line.id),
        ),
        Lines("tier", text(t("Tier"), width=80), lambda line: line.line.tier or line.earned_tier or "", order="tier"),
        Lines("health", health, lambda line: line.health.score),
        Lines(
            "volume",
            text(t("30-day volume"), width=110, alignment="right"),
            _volume,
            order="volume_30d",
            taken=lambda line: line.volume_30d_usd,
        ),
        Lines(
            "change",
            moved,
            lambda line: "" if line.change is None else change(line.change),
            order="change",
            taken=lambda line: line.change,
        ),
        Lines(
            "last_contact",
            text(t("Last contact"), width=110),
            lambda line: ago(line.last_contact_at, me.time_zone),
            order="last_contact",
            taken=lambda line: line.last_contact_at,
        ),
        Lines(
            "manager",
            text(t("Manager"), width=120),
            lambda line: line.line.manager_name,
            order="manager",
            is_usual=me.role == Role.LEAD,
        ),
        Lines("next_task", text(t("Next task"), width=230), lambda line: _next_task(line, today), order="next_due_on"),
    ]


def _seldom(me: Person) -> list[Lines]:
    """What is there for whoever chooses it."""

    def seldom(name: str, shown: Callable[[book.BookLine], object], *, width: int | None = None) -> Lines:
        return Lines(name, columns.text(words.field(name), width=width), shown, order=name, is_usual=False)

    return [
        seldom("country", lambda line: words.country(line.line.country) if line.line.country else "", width=110),
        seldom("status", lambda line: words.word(line.line.status), width=90),
        Lines("tags", st.column_config.ListColumn(t("Tags"), width=160), lambda line: line.line.tags, is_usual=False),
        seldom("kind", lambda line: words.word(line.line.kind)),
        seldom("venue", lambda line: line.line.venue, width=80),
        seldom("uid", lambda line: line.line.uid or ""),
        _day("falls_on", t("Tier falls on"), lambda line: line.falls_on),
        _day("joined_on", words.field("joined_on"), lambda line: line.line.joined_on),
        _day("created_at", t("Added on"), lambda line: clock.day_in(me.time_zone, line.line.created_at)),
    ]


def _day(name: str, title: str, shown: Callable[[book.BookLine], date | None]) -> Lines:
    return Lines(name, columns.day(title, width=110), shown, order=name, is_usual=False)


def _volume(line: book.BookLine) -> str:
    return "" if line.volume_30d_usd is None else short_money(line.volume_30d_usd)


def _next_task(line: book.BookLine, today: date) -> str:
    return f"{line.next_task} · {due_on(line.next_due_on, today)}" if line.next_task else ""


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
