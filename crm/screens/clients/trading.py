"""How a client trades: volume by day, what and where, what it pays, how far the next tier is and when this one falls."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st
from sqlmodel import Session

from crm import insights, trading
from crm.exports import Selection
from crm.insights import ChartStyle, Period, client_summary
from crm.people import Person
from crm.screens.clients.header import Head, rows_of_days
from crm.screens.exports import export_button
from crm.trading import Policy, tiers
from crm.web.frame import links
from crm.web.kit import figures, query_params, say, words
from crm.web.kit.actions import Action
from crm.web.kit.phrases import render
from crm.web.locale import day, formats, number, percent, short_money, t, tn

SPANS = ("90", "30", "180", "365")
HEIGHT = 300


@dataclass(frozen=True)
class Traded:
    """A client's days in the span that the address asks for, and the policy of its venue."""

    period: Period | None
    daily: pd.DataFrame
    balances: pd.DataFrame
    policy: Policy | None


def read(session: Session, me: Person, head: Head) -> Traded:
    as_of = head.summary.as_of
    policy = next((p for p in trading.policies_in_force(session) if p.venue == head.client.venue), None)
    if not as_of:
        return Traded(None, pd.DataFrame(), pd.DataFrame(), policy)
    period = Period.ending(as_of, int(_span()))
    found = (session, me, head.client.id, period.since, period.until)
    return Traded(period, trading.daily_of(*found), trading.balances_of(*found), policy)


def _span() -> str:
    asked = query_params.get("days")
    return asked if asked in SPANS else SPANS[0]


def show(me: Person, head: Head, traded: Traded) -> Action | None:
    if traded.period is None or (traded.daily.empty and traded.balances.empty and head.summary.volume_30d_usd is None):
        st.info(
            t("No trading is known for this client. Import fills or daily summaries with its UID."),
            icon=":material/candlestick_chart:",
        )
        links.to_page("imports", t("Imports"), ":material/upload_file:")
        return None
    _rates(head.summary, traded.policy)
    _tier(head.summary)
    query_params.segment(t("Days"), SPANS, name="days", shown=lambda n: tn("{count} day", "{count} days", int(n)))
    note = t("{since} to {until}, exchange days", since=day(traded.period.since), until=day(traded.period.until))
    figures.figure(
        insights.charts.volume(
            traded.daily, traded.period, _look(t("Volume by day and product"), note), head.client.id
        ),
        key="chart_volume",
        opens=links.ask_rows,
        alt=t("Volume by day and product"),
    )
    mixes = (("product", t("Volume by product")), ("instrument", t("Volume by instrument")))
    for column, (by, title) in zip(st.columns(2, gap="medium"), mixes, strict=True):
        with column:
            figures.figure(
                insights.charts.mix(
                    traded.daily, by, _look(title, note), insights.charts.OfClient(head.client.id, traded.period)
                ),
                key=f"chart_{by}s",
                opens=links.ask_rows,
            )
    if not traded.balances.empty:
        figures.figure(
            insights.charts.deposits(
                traded.balances, _look(t("Deposits, withdrawals and equity"), note), head.client.id
            ),
            key="chart_deposits",
            opens=links.ask_rows,
        )
    st.caption(t("Click a bar or a number to see its rows."))
    _take(me, head, traded.period)
    return None


def _take(me: Person, head: Head, period: Period) -> None:
    """The numbers of these days, as they came in."""
    asked = Selection(client_id=head.client.id, since=period.since, until=period.until)
    with st.container(horizontal=True):
        export_button.export(me, "daily_activity", asked, key="days", label=t("Export the days"))
        export_button.export(me, "balances", asked, key="balances", label=t("Export the balances"))


def _look(title: str, note: str) -> ChartStyle:
    return ChartStyle(title, note, dark=st.context.theme.type == "dark", say=render, formats=formats())


def _rates(summary: client_summary.ClientSummary, policy: Policy | None) -> None:
    """What it pays beside what its tier's schedule asks."""
    paid = summary.effective_fee_bps
    tier = summary.earned_tier or summary.tier
    fees = [fee for fee in policy.fees if fee.tier == tier] if policy else []
    schedule = "; ".join(
        f"{words.word(fee.product)}: {number(fee.maker_bps, decimals=1)} / {number(fee.taker_bps, decimals=1)}"
        for fee in fees
    )
    with st.container(horizontal=True):
        links.tile(
            "fee",
            t("Effective fee, 30 days"),
            "—" if paid is None else t("{bps} bps", bps=number(paid, decimals=2)),
            to="rows",
            about=rows_of_days(summary, "fee"),
            width=190,
            help=say.tooltip(
                t("Schedule of {tier}, maker / taker in bps: {fees}", tier=tier, fees=schedule) if schedule else None
            ),
        )
        others = (
            ("maker", t("Maker share, 30 days"), percent(summary.maker_share), rows_of_days(summary, "maker")),
            ("week", t("Volume, 7 days"), short_money(summary.volume_7d_usd), rows_of_days(summary, "volume", 7)),
            (
                "earlier",
                t("30 days before"),
                short_money(summary.volume_previous_30d_usd),
                rows_of_days(summary, "volume", before=30),
            ),
        )
        for name, label, value, about in others:
            links.tile(name, label, value, to="rows", about=about, width=170)


def _tier(summary: client_summary.ClientSummary) -> None:
    """The gap to the next tier in words, and when the present one falls."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(say.marked(t("Tier by trading: **{tier}**"), tier=summary.earned_tier or t("none")))
        if summary.gap and summary.progress:
            st.progress(min(1.0, max(0.0, summary.progress.share)), text=say.label(render(summary.gap)))
        elif summary.earned_tier:
            st.caption(t("There is no higher tier within reach of what is known."))
        roll = summary.roll_off
        if not roll:
            return
        falls = (
            (t("without more trading"), roll.without_trading),
            (t("at the pace of the last 7 days"), roll.at_pace_of_7_days),
            (t("at the pace of the last 30 days"), roll.at_pace_of_30_days),
        )
        st.caption(say.lines(_fall(pace, fall, summary.as_of) for pace, fall in falls))


def _fall(pace: str, fall: tiers.Fall | None, as_of: date | None) -> str:
    if not fall:
        return t("Holds for 30 days {pace}", pace=pace)
    left = (fall.on - as_of).days if as_of else 0
    return tn(
        "Falls to {tier} on {day} {pace} ({count} day)",
        "Falls to {tier} on {day} {pace} ({count} days)",
        left,
        tier=fall.to or t("none"),
        day=day(fall.on),
        pace=pace,
    )
