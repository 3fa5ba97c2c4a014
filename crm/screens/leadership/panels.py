"""The top of the Leadership page: the period, what is at risk and whose call it is, the headline."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pandas as pd
import streamlit as st

from crm.insights import desk_review, leadership
from crm.insights.desk_review import Call, DeskReview
from crm.insights.period import SPANS, USUAL_SPAN
from crm.people import Person
from crm.screens.exports import numbers_table
from crm.screens.leadership import charts
from crm.web.frame import links
from crm.web.kit import columns, query_params, say, table
from crm.web.kit.phrases import render
from crm.web.kit.table import Column, Table
from crm.web.locale import change, day, money, number, percent, short_money, t, tn


def span_word(span: str) -> str:
    words = {"quarter": t("Quarter"), "custom": t("From … to …")}
    return words.get(span) or tn("{count} day", "{count} days", int(span))


def asked() -> tuple[str, date | None, date | None]:
    """The period of the address: a span, and the two days of a custom one."""
    span = query_params.get("span") if query_params.get("span") in SPANS else USUAL_SPAN
    return span, query_params.parsed_day(query_params.get("since")), query_params.parsed_day(query_params.get("until"))


def period(latest: date) -> None:
    """Chooses the period; it stands in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        span = query_params.segment(t("Period"), SPANS, name="span", shown=span_word, default=USUAL_SPAN)
        if span == "custom":
            query_params.day(t("From"), name="since", latest=latest)
            query_params.day(t("To"), name="until", latest=latest)


def said_about(found: leadership.LeadershipSummary) -> None:
    before = found.period.previous
    told = [
        charts.note(found),
        t("compared with {since} – {until}", since=day(before.since), until=day(before.until)),
    ]
    if found.fees_known is not None and found.fees_known < 1:
        told.append(t("fees are known for {share} of the volume", share=percent(found.fees_known)))
    st.caption(say.joined(told))


def at_risk(me: Person, desk: DeskReview) -> None:
    """The first thing on the screen: what is at risk in a sentence, then whose call it is, line by line."""
    for sentence, about in _sentences(desk):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(say.bullets([sentence]), width="content")
            if about:
                links.to_rows(t("Show the rows"), about)
    if not desk.calls:
        return
    shown = _calls(desk)
    calls = table.arranged(desk.calls, shown.columns, table.asked(shown))
    table.show_all(shown, desk.calls)
    numbers_table.download(me, "whose_call", _calls_frame(calls))


def _calls(desk: DeskReview) -> Table[Call]:
    """A line for each manager with something to decide; until another order is asked for, the most revenue first.

    The name leads to the manager's clients, each number to its rows.
    """
    text = columns.text
    days = charts.days_of(desk.summary)

    def opens(of: str, **about: str) -> Callable[[Call], None]:
        return lambda one: links.ask_page("rows", of=of, manager=str(one.manager_id), **days | about)

    soon = opens("falling", until=desk.soon_until.isoformat())

    def of_manager(one: Call) -> None:
        links.ask_page("clients", manager=str(one.manager_id))

    listed = [
        Column[Call]("name", text(t("Owner")), lambda one: one.name, by=lambda one: one.name, opens=of_manager),
        Column[Call](
            "falling",
            text(t("Tiers about to fall"), alignment="right"),
            lambda one: number(one.falling),
            by=lambda one: one.falling,
            opens=soon,
        ),
        Column[Call](
            "fees",
            text(t("Fees of 30 days on them"), alignment="right"),
            lambda one: money(one.revenue_usd),
            by=lambda one: one.revenue_usd,
            opens=soon,
        ),
        Column[Call]("first_on", columns.day(t("First on")), lambda one: one.first_on, by=lambda one: one.first_on),
        Column[Call](
            "overdue",
            text(t("Overdue tasks"), alignment="right"),
            lambda one: number(one.overdue),
            by=lambda one: one.overdue,
            opens=opens("late_tasks"),
        ),
        Column[Call](
            "coverage",
            text(t("In touch in time"), alignment="right"),
            lambda one: percent(charts.share(one.coverage)),
            by=lambda one: one.coverage,
            opens=opens("coverage"),
        ),
    ]
    return Table("calls", listed, row_id=lambda one: one.manager_id, prefix="call_", alt=t("Owner"))


def _calls_frame(calls: Sequence[Call]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Owner"): [call.name for call in calls],
            t("Tiers about to fall"): [call.falling for call in calls],
            t("Fees of 30 days on them"): [charts.amount(call.revenue_usd) for call in calls],
            t("First on"): [call.first_on for call in calls],
            t("Overdue tasks"): [call.overdue for call in calls],
            t("In touch in time"): [charts.share(call.coverage) for call in calls],
        }
    )


Sentence = tuple[say.Marked | str, dict[str, str]]  # and what the address of its rows carries


def _sentences(desk: DeskReview) -> list[Sentence]:
    found, days = desk.summary, charts.days_of(desk.summary)
    told: list[Sentence] = []
    if desk.soon:
        first, worth = desk.soon[0], short_money(desk_review.revenue_of(desk.soon))
        sentence = say.marked_n(
            "**{count} client** loses its tier within 14 days at this pace; "
            "**{worth}** of 30-day fees hang on it: {name} on {day} ({manager}).",
            "**{count} clients** lose their tier within 14 days at this pace; "
            "**{worth}** of 30-day fees hang on them. First: {name} on {day} ({manager}).",
            len(desk.soon),
            worth=worth,
            name=first.name,
            day=day(first.falls_on),
            manager=first.manager,
        )
        told.append((sentence, {"of": "falling", "until": desk.soon_until.isoformat()}))
    risk = found.figure("at_risk").value
    if risk:
        sentence = say.marked(
            t("**{amount}** of fees came from clients whose 30-day volume has fallen by more than half."),
            amount=short_money(risk),
        )
        told.append((sentence, {"of": "at_risk", **days}))
    late = found.figure("promises").value
    if late:
        sentence = say.marked_n(
            "**{count} promise** to a client is overdue.", "**{count} promises** to clients are overdue.", late
        )
        told.append((sentence, {"of": "promises", **days}))
    calm = t("Nothing is at risk that we can see: no tier falls within 14 days, no promise is overdue.")
    return told or [(calm, {})]


def headline(found: leadership.LeadershipSummary) -> None:
    """Tiles that wrap: five side by side on a wide screen, two on a telephone."""
    short = {"nrr": t("Net retention"), "grr": t("Gross retention")}
    with st.container(horizontal=True, gap="small", key="headline"):
        for figure in found.headline:
            series = [charts.amount(point.value) for point in figure.series if point.value is not None]
            before = t("Before: {value}", value=_written(figure, figure.previous))
            links.tile(
                figure.key,
                short.get(figure.key) or render(figure.label),
                _written(figure, figure.value),
                _change(figure),
                to="rows",
                about={"of": figure.key, **charts.days_of(found)},
                width=172,
                delta_color="normal" if figure.more_is_better else "inverse",
                chart_data=series if len(series) > 1 else None,
                chart_type="line",
                help=say.tooltip(f"{render(figure.label)}. {before}"),
            )


def _written(figure: leadership.Figure, value: Decimal | float | None) -> str:
    if figure.unit is leadership.Unit.USD:
        return short_money(value)
    return percent(value) if figure.unit is leadership.Unit.SHARE else number(value)


def _change(figure: leadership.Figure) -> str | None:
    """Relative for amounts and counts, in points for shares; an amount that may change its sign by how much it moved."""
    if figure.change is None or figure.value is None or figure.previous is None:
        return None
    if min(figure.value, figure.previous) < 0:
        moved = Decimal(figure.value) - Decimal(figure.previous)
        return f"{'+' if moved > 0 else ''}{short_money(moved)}"
    if figure.unit is leadership.Unit.SHARE:
        points = number(figure.change * 100, decimals=1)
        return tn(
            "{count} point",
            "{count} points",
            abs(round(figure.change * 100, 1)),
            count=f"+{points}" if figure.change > 0 else points,
        )
    return change(figure.change)


def nothing_yet() -> None:
    st.info(
        t(
            "No trading of your clients has come in yet. Import a file of daily trading or of trades; the numbers follow by themselves."
        )
    )
    links.to_page("imports", t("Go to Imports"), ":material/upload_file:")
