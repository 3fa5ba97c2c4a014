"""The Leadership page's charts: each with its title in words, its period and zone, and its numbers under it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from crm.ground.formats import NOTHING
from crm.insights import ChartStyle, TierDowngradeRisk, desk_review, leadership
from crm.insights import charts_leadership as charts
from crm.people import Person
from crm.screens import client_links
from crm.screens.exports import numbers_table
from crm.web.kit import columns, figures, say, table
from crm.web.kit.cache import derived
from crm.web.kit.columns import Unit
from crm.web.kit.phrases import render
from crm.web.kit.table import Column, Order, Table
from crm.web.locale import day, formats, money, number, percent, short_money, t, tn

SHORT_NAME = 14


def note(found: leadership.LeadershipSummary) -> str:
    """Which days, in which zone: stands under the title of every chart."""
    return t(
        "{since} – {until}, exchange days ({zone})",
        since=day(found.period.since),
        until=day(found.period.until),
        zone=found.zone,
    )


def _draw(found: leadership.LeadershipSummary, key: str, make: Callable[[], Any]) -> None:
    """Building a figure takes longer than all else on this page, so each is built once for an answer."""
    figures.figure(derived(found, key, make), key=key)


def style(title: str, found: leadership.LeadershipSummary, told: str = "") -> ChartStyle:
    return ChartStyle(title, told or note(found), dark=st.context.theme.type == "dark", say=render, formats=formats())


def downgrade_risks(me: Person, found: leadership.LeadershipSummary) -> None:
    """Which tier falls when, as a chart and as lines; a name opens the client."""
    worth = short_money(desk_review.revenue_of(found.falling))
    title = (
        t("{worth} of 30-day fees stand on falling tiers", worth=worth) if found.falling else t("No tier is falling")
    )
    left, right = st.columns([1, 2], gap="medium")
    with left:
        told = t("seen from {day}, exchange days ({zone})", day=day(found.as_of), zone=found.zone)
        _draw(found, "chart.falling", lambda: charts.falling(found.falling, style(title, found, told)))
    with right:
        _lines(me, found.falling)


def _lines(me: Person, lines: Sequence[TierDowngradeRisk]) -> None:
    if not lines:
        st.caption(
            t(
                "A client is listed who trades less per day in the last 7 days than in the last 30 and whose tier ends on a known day."
            )
        )
        return
    shown = _falling()
    found = table.arranged(lines, shown.columns, table.asked(shown))
    table.show_all(shown, lines)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(t("Click a name to open the client."), width="content")
        numbers_table.download(me, "tier_cliff", _falling_frame(found))


def _falling() -> Table[TierDowngradeRisk]:
    """Narrow enough to stand beside a chart: texts, a day, two amounts."""
    text = columns.text
    listed = [
        Column[TierDowngradeRisk](
            "client", text(t("Client"), width=130), lambda one: one.name, by=lambda one: one.name, opens=_open
        ),
        Column[TierDowngradeRisk](
            "manager", text(t("Manager"), width=100), lambda one: one.manager, by=lambda one: one.manager
        ),
        Column[TierDowngradeRisk]("tier", text(t("Tier"), width=88), _tier, by=_tier),
        Column[TierDowngradeRisk](
            "falls_on", columns.day(t("Falls on"), width=104), lambda one: one.falls_on, by=lambda one: one.falls_on
        ),
        Column[TierDowngradeRisk](
            "volume",
            text(t("30-day volume"), width=108, alignment="right"),
            lambda one: money(one.volume_30d_usd),
            by=lambda one: one.volume_30d_usd,
        ),
        Column[TierDowngradeRisk](
            "fees",
            text(t("30-day fees"), width=80, alignment="right"),
            lambda one: money(one.revenue_30d_usd),
            by=lambda one: one.revenue_30d_usd,
        ),
    ]
    return Table(
        "falling",
        listed,
        usual=Order("falls_on"),
        row_id=lambda one: one.client_id,
        prefix="falling_",
        highest=285,
        alt=t("Tiers about to fall"),
    )


def _tier(one: TierDowngradeRisk) -> str:
    return f"{one.tier or NOTHING} → {one.falls_to or NOTHING}"


def _open(one: TierDowngradeRisk) -> None:
    client_links.ask_client(one.client_id)


def _falling_frame(lines: Sequence[TierDowngradeRisk]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Client"): [one.name for one in lines],
            t("Manager"): [one.manager for one in lines],
            t("Tier"): [_tier(one) for one in lines],
            t("Falls on"): [one.falls_on for one in lines],
            t("30-day volume"): [amount(one.volume_30d_usd) for one in lines],
            t("30-day fees"): [amount(one.revenue_30d_usd) for one in lines],
        }
    )


def volume(me: Person, found: leadership.LeadershipSummary) -> None:
    total = found.figure("volume")
    title = t("Volume by tier: {total}", total=short_money(total.value))
    _draw(found, "chart.volume", lambda: charts.volume_by_tier(found, style(title, found)))
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
    _draw(found, "chart.books", lambda: charts.revenue_by_manager(found.revenue_by_manager, style(title, found)))
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
    _draw(
        found,
        "chart.growth",
        lambda: charts.growth(moved, style(title, found)).update_xaxes(tickmode="linear", dtick=1),
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
    title = t("The ten largest bring {share} of the fees", share=percent(held.top_share))
    names = {
        "tickvals": list(range(len(found.top))),
        "ticktext": [_short(one.name) for one in found.top],
        "tickangle": -40,
    }
    _draw(
        found,
        "chart.top",
        lambda: (
            charts.top_clients(found.top, style(title, found)).update_layout(showlegend=False).update_xaxes(**names)
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
    title = t("{share} of clients were contacted in time", share=percent(found.figure("coverage").value))
    _draw(found, "chart.coverage", lambda: charts.coverage_by_manager(found.books, style(title, found)))
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
