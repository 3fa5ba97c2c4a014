"""Figures about one client, from the frames and summaries of the rooms below; none of them knows Streamlit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import plotly.graph_objects as go

from crm.ground.formats import ENGLISH, Formats
from crm.ground.messages import Message
from crm.insights import axes
from crm.insights.chart_style import (
    EACH,
    GAIN,
    LOSS,
    PALETTE,
    PLAIN,
    ChartStyle,
    drawn,
    framed,
    pointed_at,
    told_of_days,
)
from crm.insights.leadership import Figure, Unit
from crm.insights.period import Period
from crm.insights.rows.wanted import target
from crm.trading import Product, Progress

if TYPE_CHECKING:
    import pandas as pd  # half a second, for which no start should wait

PRODUCTS = {
    Product.SPOT: Message("Spot"),
    Product.MARGIN: Message("Margin"),
    Product.PERPETUAL: Message("Perpetual"),
    Product.FUTURES: Message("Futures"),
    Product.OPTIONS: Message("Options"),
    Product.OTHER: Message("Other"),
}
METRICS = {
    "spot_volume_30d": Message("30-day spot volume"),
    "derivatives_volume_30d": Message("30-day derivatives volume"),
    "options_volume_30d": Message("30-day options volume"),
    "total_volume_30d": Message("30-day volume"),
    "assets_usd": Message("Assets"),
    "token_balance": Message("Tokens"),
}
MEAN_DAYS = 7


@dataclass(frozen=True)
class OfClient:
    """Whose rows a bar opens, and of which days."""

    client_id: UUID
    period: Period


def volume(daily: "pd.DataFrame", period: Period, style: ChartStyle, client_id: UUID | None = None) -> go.Figure:
    """Volume by day, stacked by product, with the mean of the last 7 days; a day without a row is a day without trades."""
    figure = go.Figure()
    days = period.each_day()
    if daily.empty:
        return framed(figure, style, dated=True)
    table = _by_day(daily, "product", days)
    for place, product in enumerate(Product):
        if product in table:
            figure.add_bar(
                x=days,
                y=table[product],
                name=style.say(PRODUCTS[product]),
                marker_color=PALETTE[place],
                ids=_targets("volume", client_id, days, product=product.value),
                **told_of_days(days, table[product], style.formats),
            )
    mean = table.sum(axis=1).rolling(MEAN_DAYS).mean()
    figure.add_scatter(
        x=days,
        y=mean,
        name=style.say(Message("7-day mean")),
        mode="lines",
        line={"color": "#8A8A8A", "width": 2, "dash": "dot"},
        **told_of_days(days, mean, style.formats),
    )
    figure.update_layout(barmode="stack")
    return framed(figure, style, dated=True).update_layout(hovermode=EACH)


def mix(daily: "pd.DataFrame", by: str, style: ChartStyle, of: OfClient | None = None, *, most: int = 8) -> go.Figure:
    """Volume by `product` or `instrument`, the largest on top; what is beyond the most is added up as others."""
    figure = go.Figure()
    if not daily.empty:
        sums = daily.groupby(by)["volume_usd"].sum().astype(float).sort_values(ascending=False)
        names = [style.say(PRODUCTS[Product(name)]) if by == "product" else str(name) for name in sums.index[:most]]
        amounts = list(sums.iloc[:most])
        if len(sums) > most:
            names.append(style.say(Message("All others")))
            amounts.append(sums.iloc[most:].sum())
        shares = [amount / sums.sum() if sums.sum() else 0 for amount in amounts]
        told = [
            f"{style.formats.money(usd)} ({style.formats.percent(share)})"
            for usd, share in zip(amounts, shares, strict=True)
        ]
        figure.add_bar(
            x=amounts,
            y=names,
            orientation="h",
            marker_color=PLAIN,
            width=0.7 if len(names) > 1 else 0.4,
            ids=_mix_targets(of, by, list(sums.index), most),
            **pointed_at(told, before="%{y}: ", alone=True),
        )
    framed(figure, style, amounts="x", height=max(180, 100 + 30 * len(figure.data[0].y)) if figure.data else 180)
    return figure.update_layout(hovermode="closest", showlegend=False).update_yaxes(autorange="reversed")


def deposits(balances: "pd.DataFrame", style: ChartStyle, client_id: UUID | None = None) -> go.Figure:
    """Deposits up, withdrawals down, equity as a line; days on which nothing was told have no mark."""
    figure = go.Figure()
    if not balances.empty:
        days = list(balances["day"])
        into = [drawn(amount) for amount in balances["deposits_usd"]]
        out = [None if amount is None else -float(amount) for amount in balances["withdrawals_usd"]]
        equity = [drawn(amount) for amount in balances["equity_usd"]]
        figure.add_bar(
            x=days,
            y=into,
            name=style.say(Message("Deposits")),
            marker_color=GAIN,
            ids=_targets("deposits", client_id, days),
            **told_of_days(days, into, style.formats),
        )
        figure.add_bar(
            x=days,
            y=out,
            name=style.say(Message("Withdrawals")),
            marker_color=LOSS,
            ids=_targets("withdrawals", client_id, days),
            **told_of_days(days, out, style.formats),
        )
        figure.add_scatter(
            x=days,
            y=equity,
            name=style.say(Message("Equity")),
            mode="lines",
            line={"color": PLAIN, "width": 2},
            ids=_targets("equity", client_id, days),
            **told_of_days(days, equity, style.formats),
        )
        figure.update_layout(barmode="relative")
    return framed(figure, style, dated=True).update_layout(hovermode=EACH)


def tier_progress(progress: Progress | None, style: ChartStyle) -> go.Figure:
    """How much of each condition of the nearest route is there."""
    figure = go.Figure()
    if progress:
        names = [style.say(METRICS[gap.metric]) for gap in progress.gaps]
        there = [gap.share for gap in progress.gaps]
        told = [
            f"{style.formats.percent(gap.share)} – {_missing(gap.metric, gap.missing, style)}" for gap in progress.gaps
        ]
        figure.add_bar(
            x=there,
            y=names,
            orientation="h",
            marker_color=PLAIN,
            name=style.say(Message("there")),
            **pointed_at(told, alone=True),
        )
        figure.add_bar(
            x=[1 - share for share in there],
            y=names,
            orientation="h",
            marker_color="rgba(138,138,138,0.25)",
            name=style.say(Message("missing")),
            hoverinfo="skip",
        )
        axes.of_shares(figure, style.formats, "x")
        figure.update_layout(barmode="stack")
    return framed(figure, style, amounts=None, height=180).update_layout(hovermode="closest")


def _missing(metric: str, missing: Decimal, style: ChartStyle) -> str:
    return style.formats.number(missing) if metric == "token_balance" else style.formats.money(missing)


def sparkline(figure: Figure, *, dark: bool = False, formats: Formats = ENGLISH) -> go.Figure:
    """A line without axes beside a number of the headline."""
    write = {Unit.SHARE: formats.percent, Unit.USD: formats.money}.get(figure.unit, formats.number)
    line = go.Scatter(
        x=[point.day for point in figure.series],
        y=[drawn(point.value) for point in figure.series],
        mode="lines",
        line={"color": PALETTE[4] if dark else PLAIN, "width": 2},
        **pointed_at((f"{formats.day(point.day)}: {write(point.value)}" for point in figure.series), alone=True),
    )
    hidden = {"visible": False, "fixedrange": True}
    return go.Figure(line).update_layout(
        template="none",
        height=56,
        margin={"l": 0, "r": 0, "t": 4, "b": 4},
        showlegend=False,
        xaxis=hidden,
        yaxis=hidden,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )


def _targets(of: str, client_id: UUID | None, days: Sequence[date], **about: str) -> list[str] | None:
    return [target(of, client=client_id, day=day, **about) for day in days] if client_id else None


def _mix_targets(of: OfClient | None, by: str, names: Sequence[str], most: int) -> list[str] | None:
    """The rows of each bar; those of the last are what no other bar shows."""
    if of is None:
        return None
    about = {"client": of.client_id, "since": of.period.since, "until": of.period.until}
    found = [target("volume", **about, **{by: name}) for name in names[:most]]
    return [*found, target("volume", **about, beyond=list(names[:most]))] if len(names) > most else found


def _by_day(daily: "pd.DataFrame", by: str, days: Sequence[date]) -> "pd.DataFrame":
    amounts = daily.assign(volume_usd=daily["volume_usd"].astype(float))
    return (
        amounts.pivot_table(index="day", columns=by, values="volume_usd", aggfunc="sum").reindex(list(days)).fillna(0.0)
    )
