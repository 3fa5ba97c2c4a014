"""The radar of the Leadership page: which tier falls when, whose it is, and what is at stake."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from crm.ground.formats import NOTHING
from crm.insights import Period, TierDowngradeRisk, charts_leadership, desk_review, leadership
from crm.people import Person
from crm.screens import client_links
from crm.screens.exports import numbers_table
from crm.screens.leadership import charts
from crm.web.frame import links
from crm.web.kit import columns, table
from crm.web.kit.table import Column, Order, Table
from crm.web.locale import day, money, short_money, t


def downgrade_risks(me: Person, found: leadership.LeadershipSummary) -> None:
    """Which tier falls when, as a chart and as lines; a name opens the client."""
    worth = short_money(desk_review.revenue_of(found.falling))
    title = (
        t("{worth} of 30-day fees stand on tiers that fall by {day}", worth=worth, day=day(found.falling[-1].falls_on))
        if found.falling
        else t("No tier is falling")
    )
    left, right = st.columns([1, 2], gap="medium")
    with left:
        told = t("seen from {day}, exchange days ({zone})", day=day(found.as_of), zone=found.zone)
        charts.draw(
            found, "chart.falling", lambda: charts_leadership.falling(found.falling, charts.style(title, found, told))
        )
    with right:
        _lines(me, found.falling, found.as_of)


def _lines(me: Person, lines: Sequence[TierDowngradeRisk], as_of: date | None) -> None:
    if not lines:
        st.caption(
            t(
                "A client is listed who trades less per day in the last 7 days than in the last 30 and whose tier ends on a known day."
            )
        )
        return
    shown = _falling(as_of)
    found = table.arranged(lines, shown.columns, table.asked(shown))
    table.show_all(shown, lines)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(t("Click a name to open the client, an amount or a bar to see its rows."), width="content")
        numbers_table.download(me, "tier_cliff", _falling_frame(found))


def _falling(as_of: date | None) -> Table[TierDowngradeRisk]:
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
            opens=_opens("volume", as_of),
        ),
        Column[TierDowngradeRisk](
            "fees",
            text(t("30-day fees"), width=80, alignment="right"),
            lambda one: money(one.revenue_30d_usd),
            by=lambda one: one.revenue_30d_usd,
            opens=_opens("revenue", as_of),
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


def _opens(of: str, as_of: date | None) -> Callable[[TierDowngradeRisk], None]:
    """The days of a client behind its number of 30 days."""
    days = {"since": Period.ending(as_of).since.isoformat(), "until": as_of.isoformat()} if as_of else {}
    return lambda one: links.ask_page("rows", of=of, client=str(one.client_id), **days)


def _falling_frame(lines: Sequence[TierDowngradeRisk]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Client"): [one.name for one in lines],
            t("Manager"): [one.manager for one in lines],
            t("Tier"): [_tier(one) for one in lines],
            t("Falls on"): [one.falls_on for one in lines],
            t("30-day volume"): [charts.amount(one.volume_30d_usd) for one in lines],
            t("30-day fees"): [charts.amount(one.revenue_30d_usd) for one in lines],
        }
    )
