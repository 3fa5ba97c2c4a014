"""The rows behind a number: which one the address asks for, what it comes to, and the list that sums to it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from crm import db
from crm.ground import clock
from crm.ground.formats import NOTHING
from crm.insights import Period
from crm.insights.rows import NO_TIER, SOURCES, Line, Listing, Wanted, listing
from crm.people import Person
from crm.screens import client_links
from crm.screens.exports import export_button
from crm.web.frame import links
from crm.web.kit import columns, list_filters, query_params, say, table, words
from crm.web.kit.phrases import ago, render
from crm.web.kit.table import Column, Order, Table
from crm.web.locale import day, money, number, percent, t, tn

COUNTS = ("every", "in_time")
TEXTS = ("name", "tier", "manager", "instrument", "falls_to", "task", "owner")
DAYS = ("day", "falls_on", "due_on")


def asked() -> Wanted:
    """The number that the address names; without days, the last 30."""
    until = query_params.parsed_day(query_params.get("until")) or clock.exchange_today()
    since = query_params.parsed_day(query_params.get("since")) or Period.ending(until).since
    return Wanted(
        query_params.get("of"),
        min(since, until),
        until,
        manager_id=links.asked_id("manager"),
        client_id=links.asked_id("client"),
        tier=query_params.get("tier"),
        day=query_params.parsed_day(query_params.get("day")),
        product=query_params.get("product"),
        instrument=query_params.get("instrument") if "instrument" in st.query_params else None,
        beyond=list_filters.asked("beyond"),
    )


def head(me: Person, wanted: Wanted, found: Listing, names: Mapping[UUID, str]) -> None:
    """The number, what it speaks of, and the sums of the list below."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(say.text(f"{render(found.source.label)}: {_written(found)}"), anchor=False)
        export_button.table(me, "rows", partial(_frame, me, wanted), key="rows")
    st.caption(say.text(" · ".join(_about(wanted, found, names))))
    if wanted.client_id:
        links.to_page("client", t("Back to the client"), ":material/arrow_back:", id=str(wanted.client_id))
    else:
        links.to_page("leadership", t("Back to Leadership"), ":material/arrow_back:")


def _about(wanted: Wanted, found: Listing, names: Mapping[UUID, str]) -> list[str]:
    narrowed = [
        found.lines[0].cells[found.columns.index("name")] if wanted.client_id and found.lines else "",
        names.get(wanted.manager_id, "") if wanted.manager_id else "",
        t("No tier") if wanted.tier == NO_TIER else wanted.tier,
        words.word(wanted.product) if wanted.product else "",
        wanted.instrument or "",
        _days(wanted),
        tn("{count} row", "{count} rows", found.total),
    ]
    sums = [f"{title(name)} {_cell(name, found.sums[name])}" for name in found.source.sums if name in found.columns]
    return [part for part in narrowed if part] + ([t("together: {sums}", sums=", ".join(sums))] if sums else [])


def _days(wanted: Wanted) -> str:
    zone = clock.exchange_zone().key
    if wanted.day:
        return t("{day}, exchange day ({zone})", day=day(wanted.day), zone=zone)
    if wanted.of in ("clients", "open_tasks", "equity", "falling"):
        return t("up to {day}", day=day(wanted.until)) if wanted.of in ("equity", "falling") else t("today")
    return t("{since} – {until}, exchange days ({zone})", since=day(wanted.since), until=day(wanted.until), zone=zone)


def _written(found: Listing) -> str:
    write = {"usd": money, "share": percent, "count": number}
    if found.number is None:
        return NOTHING
    if found.source.unit == "bps":
        return t("{bps} bps", bps=number(Decimal(found.number), decimals=2))
    return write[found.source.unit](found.number)


def order_asked(wanted: Wanted) -> Order:
    """By what the rows are sorted: the largest first, until the address says otherwise."""
    usual = _usual(wanted)
    by, way = query_params.get("sort"), query_params.get("way")
    return Order(by, descending=way == table.DOWN) if by else Order(usual.by, (way or usual.way) == table.DOWN)


def _usual(wanted: Wanted) -> Order:
    source = SOURCES.get(wanted.of)
    added = [name for name in source.sums if name != "standard"] if source else []
    return Order(added[-1], descending=True) if added else Order("name")


def described(me: Person, wanted: Wanted, names: Sequence[str]) -> Table[Line]:
    """These columns of a number's rows."""
    made = [_column(me, name, place) for place, name in enumerate(names)]
    return Table("rows", made, usual=_usual(wanted), row_id=lambda line: line, alt=render(SOURCES[wanted.of].label))


def _column(me: Person, name: str, place: int) -> Column[Line]:
    def cell(line: Line) -> object:
        found = line.cells[place]
        return found if name in DAYS else _cell(name, found, me)

    if name in DAYS:
        return Column(name, columns.day(title(name), width=110), cell, order=name)
    if name in TEXTS:
        opens = (lambda line: client_links.ask_client(line.client_id)) if name == "name" else None
        return Column(name, columns.text(title(name)), cell, order=name, opens=opens, is_fixed=name == "name")
    return Column(name, columns.text(title(name), alignment="right"), cell, order=name)


def _cell(name: str, value: Any, me: Person | None = None) -> str:  # noqa: ANN401 -- whatever a row holds
    if name == "last_contact":
        return ago(value, me.time_zone if me else clock.exchange_zone().key)
    if value is None:
        return NOTHING
    if name == "product":
        return words.word(value)
    if name in TEXTS:
        return str(value)
    return number(value) if name in COUNTS else money(value)


def title(name: str) -> str:
    """What a column is called."""
    return {
        "name": t("Client"),
        "tier": t("Tier"),
        "manager": t("Manager"),
        "day": t("Day"),
        "product": t("Product"),
        "instrument": t("Instrument"),
        "volume": t("Volume"),
        "volume_before": t("Volume before"),
        "maker_volume": t("Maker volume"),
        "revenue": t("Net fee revenue"),
        "at_stake": t("Fees at stake"),
        "before": t("Fees before"),
        "now": t("Fees now"),
        "at_most": t("Fees now, without growth"),
        "gained": t("Difference"),
        "deposits": t("Deposits"),
        "withdrawals": t("Withdrawals"),
        "net_deposits": t("Net deposits"),
        "equity": t("Equity"),
        "last_contact": t("Last contact"),
        "every": t("To be contacted every … days"),
        "in_time": t("In touch in time"),
        "falls_on": t("Falls on"),
        "falls_to": t("Falls to"),
        "task": t("Task"),
        "due_on": t("Due"),
        "owner": t("Owner"),
    }[name]


def _frame(me: Person, wanted: Wanted) -> pd.DataFrame:
    """All rows, as they are sorted on the screen."""
    order = order_asked(wanted)
    with db.read() as session:
        found = listing(session, me, wanted, order=order.by, descending=order.descending, limit=None)
    return pd.DataFrame([line.cells for line in found.lines], columns=[title(name) for name in found.columns])
