"""Figures of the Leadership page, each from one part of its summary."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from crm.ground.messages import Message
from crm.insights import axes
from crm.insights.attention import BookOfManager
from crm.insights.chart_style import (
    EACH,
    GAIN,
    LOSS,
    PALETTE,
    PLAIN,
    ChartStyle,
    framed,
    pointed_at,
    shade,
    told_of_days,
)
from crm.insights.leadership import LeadershipSummary, RevenueOfManager
from crm.insights.movement import Growth, TopClient
from crm.insights.period import Period
from crm.insights.rows.wanted import NO_TIER, target
from crm.insights.tier_downgrade_risk import TierDowngradeRisk

NAMED = 8  # whom a bar names before it only counts


def volume_by_tier(summary: LeadershipSummary, style: ChartStyle) -> go.Figure:
    """Volume by day, stacked by tier; each tier has a colour of its own, stronger with each step."""
    figure = go.Figure()
    days, amounts = summary.period.each_day(), defaultdict[str | None, dict[date, float]](dict)
    for line in summary.volume_by_tier:
        amounts[line.tier][line.day] = float(line.volume_usd)
    for tier in sorted(amounts, key=lambda name: (name is None, name or "")):
        drawn = [amounts[tier].get(day, 0.0) for day in days]
        figure.add_bar(
            x=days,
            y=drawn,
            name=tier or style.say(Message("No tier")),
            marker_color=shade(tier, dark=style.dark),
            ids=[target("volume", tier=tier or NO_TIER, day=day) for day in days],
            **told_of_days(days, drawn, style.formats),
        )
    figure.update_layout(barmode="stack")
    return framed(figure, style, dated=True).update_layout(hovermode=EACH)


def revenue_by_manager(lines: Sequence[RevenueOfManager], style: ChartStyle, period: Period) -> go.Figure:
    figure = go.Figure()
    if lines:
        amounts = [float(line.revenue_usd or 0) for line in lines]
        figure.add_bar(
            x=amounts,
            y=[line.name for line in lines],
            orientation="h",
            marker_color=[LOSS if amount < 0 else PLAIN for amount in amounts],
            ids=[_in(period, "revenue", manager=line.manager_id) for line in lines],
            **pointed_at(map(style.formats.money, amounts), before="%{y}: ", alone=True),
        )
    return _lying(framed(figure, style, amounts="x", height=_tall(len(lines))))


def growth(parts: Growth, style: ChartStyle, period: Period) -> go.Figure:
    """From the revenue before to the revenue now, step by step."""
    steps = (
        (Message("Before"), "absolute", parts.before_usd, None),
        (Message("New"), "relative", parts.new.revenue_usd, parts.new.clients),
        (Message("Returned"), "relative", parts.returned.revenue_usd, parts.returned.clients),
        (Message("Expansion"), "relative", parts.expansion.revenue_usd, parts.expansion.clients),
        (Message("Contraction"), "relative", -parts.contraction.revenue_usd, parts.contraction.clients),
        (Message("Lost"), "relative", -parts.lost.revenue_usd, parts.lost.clients),
        (Message("Now"), "total", parts.now_usd, None),
    )
    names = ("before", "new", "returned", "expansion", "contraction", "lost", "now")
    told = [style.formats.money(usd) + ("" if n is None else f" · {_clients(n, style)}") for _, _, usd, n in steps]
    figure = go.Figure(
        go.Waterfall(
            x=[style.say(label) for label, *_ in steps],
            measure=[kind for _, kind, _, _ in steps],
            y=[float(amount) for _, _, amount, _ in steps],
            increasing={"marker": {"color": GAIN}},
            decreasing={"marker": {"color": LOSS}},
            totals={"marker": {"color": PLAIN}},
            connector={"line": {"width": 1}},
            ids=[_in(period, name) for name in names],
            **pointed_at(told, before="%{x}: ", alone=True),
        )
    )
    return framed(figure, style).update_layout(hovermode="closest", showlegend=False)


def falling(lines: Sequence[TierDowngradeRisk], style: ChartStyle) -> go.Figure:
    """On which day how much 30-day revenue is at stake; a client of unknown revenue is counted and not drawn as 0."""
    figure = go.Figure()
    days: dict[date, list[TierDowngradeRisk]] = defaultdict(list)
    for line in lines:
        days[line.falls_on].append(line)
    if days:
        known = [[one.at_stake_usd for one in those if one.at_stake_usd is not None] for those in days.values()]
        worth = [float(sum(amounts)) if amounts else None for amounts in known]
        told = [_told(day, usd, those, style) for (day, those), usd in zip(days.items(), worth, strict=True)]
        figure.add_bar(
            x=list(days),
            y=worth,
            text=[str(len(those)) for those in days.values()],
            textposition="outside",
            marker_color=LOSS,
            cliponaxis=False,
            ids=[target("falling", day=day) for day in days],
            **pointed_at(told, alone=True),
        )
    return framed(figure, style, dated=True).update_layout(hovermode="closest", showlegend=False)


def _told(day: date, worth: float | None, those: Sequence[TierDowngradeRisk], style: ChartStyle) -> str:
    names = [f"{one.name}: {one.tier} → {one.falls_to or '–'}" for one in those[:NAMED]]
    more = [style.say(Message("and {count} more", count=len(those) - NAMED))] if len(those) > NAMED else []
    return "\n".join([f"{style.formats.day(day)}: {style.formats.money(worth)}", *names, *more])


def top_clients(lines: Sequence[TopClient], style: ChartStyle, period: Period) -> go.Figure:
    """The largest clients by net fee revenue, and the share of all that they bring together."""
    figure = go.Figure()
    if lines:
        names = [line.name for line in lines]
        running = [sum(line.share or 0.0 for line in lines[: n + 1]) for n in range(len(lines))]
        amounts = [float(line.revenue_usd) for line in lines]
        figure.add_bar(
            x=names,
            y=amounts,
            name=style.say(Message("Net fee revenue")),
            marker_color=PLAIN,
            ids=[_in(period, "revenue", client=line.client_id) for line in lines],
            **pointed_at(map(style.formats.money, amounts), before="%{x}: "),
        )
        figure.add_scatter(
            x=names,
            y=running,
            name=style.say(Message("Share of all, added up")),
            yaxis="y2",
            mode="lines+markers",
            line={"color": PALETTE[1]},
            **pointed_at(map(style.formats.percent, running), before="%{x}: "),
        )
        axes.of_shares(figure, style.formats, "y2")
    return framed(figure, style).update_layout(
        hovermode=EACH, yaxis2={"overlaying": "y", "side": "right", "showgrid": False}
    )


def coverage_by_manager(lines: Sequence[BookOfManager], style: ChartStyle, period: Period) -> go.Figure:
    """Clients contacted in time, of those whose tier has a standard; a book without such clients is left out."""
    told = [line for line in lines if line.coverage is not None]
    figure = go.Figure()
    if told:
        written = [f"{style.formats.percent(line.coverage)} · {_clients(line.with_standard, style)}" for line in told]
        figure.add_bar(
            x=[line.coverage for line in told],
            y=[line.name for line in told],
            orientation="h",
            marker_color=PALETTE[4],
            ids=[_in(period, "coverage", manager=line.manager_id) for line in told],
            **pointed_at(written, before="%{y}: ", alone=True),
        )
        axes.of_shares(figure, style.formats, "x")
    return _lying(framed(figure, style, amounts=None, height=_tall(len(told))))


def _in(period: Period, of: str, **about: object) -> str:
    """The rows of a mark, in the days of the chart."""
    return target(of, since=period.since, until=period.until, **about)


def _clients(count: int, style: ChartStyle) -> str:
    return style.say(Message("{count} clients", one="{count} client", count=count))


def _lying(figure: go.Figure) -> go.Figure:
    return figure.update_layout(hovermode="closest", showlegend=False).update_yaxes(autorange="reversed")


def _tall(bars: int) -> int:
    return max(200, 96 + 30 * bars)
