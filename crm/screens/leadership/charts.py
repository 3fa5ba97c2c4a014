"""The Leadership page's charts: each with its title in words, its period and zone, and its numbers under it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from crm.insights import ChartStyle, leadership
from crm.insights import charts_leadership as charts
from crm.people import Person
from crm.screens.exports import numbers_table
from crm.web.frame import links
from crm.web.kit import figures, say
from crm.web.kit.cache import derived
from crm.web.kit.columns import Unit
from crm.web.kit.phrases import render
from crm.web.locale import day, formats, number, percent, short_money, t, tn

SHORT_NAME = 14


def note(found: leadership.LeadershipSummary) -> str:
    """Which days, in which zone: stands under the title of every chart."""
    return t(
        "{since} – {until}, exchange days ({zone})",
        since=day(found.period.since),
        until=day(found.period.until),
        zone=found.zone,
    )


def days_of(found: leadership.LeadershipSummary) -> dict[str, str]:
    """The days of the numbers, as an address carries them."""
    return {"since": found.period.since.isoformat(), "until": found.period.until.isoformat()}


def draw(found: leadership.LeadershipSummary, key: str, make: Callable[[], Any]) -> None:
    """Building a figure takes longer than all else on this page, so each is built once for an answer."""
    figures.figure(derived(found, key, make), key=key, opens=links.ask_rows)


def style(title: str, found: leadership.LeadershipSummary, told: str = "") -> ChartStyle:
    return ChartStyle(title, told or note(found), dark=st.context.theme.type == "dark", say=render, formats=formats())


def volume(me: Person, found: leadership.LeadershipSummary) -> None:
    total = found.figure("volume")
    title = t("Volume by tier: {total}", total=short_money(total.value))
    draw(found, "chart.volume", lambda: charts.volume_by_tier(found, style(title, found)))
    frame = pd.DataFrame(
        {
            t("Day"): [line.day for line in found.volume_by_tier],
            t("Tier"): [line.tier or t("No tier") for line in found.volume_by_tier],
            t("Volume"): [amount(line.volume_usd) for line in found.volume_by_tier],
        }
    )
    numbers_table.numbers(me, "volume_by_tier", frame, units={t("Day"): "day", t("Volume"): "usd"})


def books(me: Person, found: leadership.LeadershipSummary) -> None:
    """Revenue and book by manager: one chart, one table."""
    best = found.revenue_by_manager[0].name if found.revenue_by_manager else ""
    title = t("Net fee revenue by manager: {name} leads", name=best) if best else t("Net fee revenue by manager")
    draw(
        found,
        "chart.books",
        lambda: charts.revenue_by_manager(found.revenue_by_manager, style(title, found), found.period),
    )
    frame = pd.DataFrame(
        {
            t("Manager"): [book.name for book in found.books],
            t("Clients"): [book.clients for book in found.books],
            t("Volume"): [amount(book.volume_usd) for book in found.books],
            t("Net fee revenue"): [amount(book.revenue_usd) for book in found.books],
            t("In touch in time"): [share(book.coverage) for book in found.books],
            t("Open tasks"): [book.open_tasks for book in found.books],
            t("Overdue tasks"): [book.overdue_tasks for book in found.books],
        }
    )
    units: dict[str, Unit] = {
        t("Clients"): "count",
        t("Volume"): "usd",
        t("Net fee revenue"): "usd",
        t("In touch in time"): "share",
        t("Open tasks"): "count",
        t("Overdue tasks"): "count",
    }
    numbers_table.numbers(me, "book_by_manager", frame, units=units)


def growth(me: Person, found: leadership.LeadershipSummary) -> None:
    moved = found.growth
    gained = moved.now_usd - moved.before_usd
    title = (
        t("Fees grew by {amount}", amount=short_money(gained))
        if gained >= 0
        else t("Fees fell by {amount}", amount=short_money(-gained))
    )
    draw(
        found,
        "chart.growth",
        lambda: charts.growth(moved, style(title, found), found.period).update_xaxes(tickmode="linear", dtick=1),
    )
    steps = [
        (t("New"), moved.new),
        (t("Returned"), moved.returned),
        (t("Expansion"), moved.expansion),
        (t("Contraction"), moved.contraction),
        (t("Lost"), moved.lost),
    ]
    frame = pd.DataFrame(
        [(name, step.clients, amount(step.revenue_usd)) for name, step in steps],
        columns=[t("Step"), t("Clients"), t("Fees")],
    )
    numbers_table.numbers(me, "growth", frame, units={t("Clients"): "count", t("Fees"): "usd"})
    if moved.unknown:
        st.caption(
            tn(
                "{count} client is left out: its fees are unknown in one of the periods.",
                "{count} clients are left out: their fees are unknown in one of the periods.",
                moved.unknown,
            )
        )


def concentration(me: Person, found: leadership.LeadershipSummary) -> None:
    held = found.concentration
    title = (
        t("No fees are known")
        if held.top_share is None
        else t("The ten largest bring {share} of the fees", share=percent(held.top_share))
    )
    names = {
        "tickvals": list(range(len(found.top))),
        "ticktext": [_short(one.name) for one in found.top],
        "tickangle": -40,
    }
    draw(
        found,
        "chart.top",
        lambda: (
            charts.top_clients(found.top, style(title, found), found.period)
            .update_layout(showlegend=False)
            .update_xaxes(**names)
        ),
    )
    effective = number(held.effective_clients, decimals=1)
    gini = number(held.gini, decimals=2)
    told = t(
        "Line: share of all, added up. Gini {gini}; the fees are spread as over {effective} equal clients, of {clients}.",
        gini=gini,
        effective=effective,
        clients=number(held.clients),
    )
    st.caption(say.text(told))
    frame = pd.DataFrame(
        {
            t("Client"): [one.name for one in found.top],
            t("Tier"): [one.tier or "—" for one in found.top],
            t("Manager"): [one.manager for one in found.top],
            t("Volume"): [amount(one.volume_usd) for one in found.top],
            t("Net fee revenue"): [amount(one.revenue_usd) for one in found.top],
            t("Share"): [share(one.share) for one in found.top],
        }
    )
    numbers_table.numbers(
        me, "top_clients", frame, units={t("Volume"): "usd", t("Net fee revenue"): "usd", t("Share"): "share"}
    )


def coverage(me: Person, found: leadership.LeadershipSummary) -> None:
    covered = found.figure("coverage").value
    title = (
        t("No client has a tier with a contact standard")
        if covered is None
        else t("{share} of clients were contacted in time", share=percent(covered))
    )
    draw(found, "chart.coverage", lambda: charts.coverage_by_manager(found.books, style(title, found), found.period))
    frame = pd.DataFrame(
        {
            t("Manager"): [book.name for book in found.books],
            t("Clients with a standard"): [book.with_standard for book in found.books],
            t("In touch in time"): [share(book.coverage) for book in found.books],
        }
    )
    numbers_table.numbers(
        me, "coverage", frame, units={t("Clients with a standard"): "count", t("In touch in time"): "share"}
    )


def grid(
    me: Person, found: leadership.LeadershipSummary, *drawn: Callable[[Person, leadership.LeadershipSummary], Any]
) -> None:
    """Charts two by two; below each other on a telephone."""
    for place in range(0, len(drawn), 2):
        for column, draw in zip(st.columns(2, gap="medium"), drawn[place : place + 2], strict=False):
            with column:
                draw(me, found)


def amount(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)


def _short(name: str) -> str:
    return name if len(name) <= SHORT_NAME else f"{name[: SHORT_NAME - 1]}…"


def share(value: float | None) -> float | None:
    """Whole percents: more digits would only pretend."""
    return None if value is None else round(value, 2)
