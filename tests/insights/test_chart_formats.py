"""Every chart writes its marks, and what one points at, as tiles and tables do; in both languages."""

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import ModuleType

import pandas as pd
import plotly.graph_objects as go
import pytest

from crm import db, trading
from crm.ground.formats import CHINESE
from crm.ground.messages import Message
from crm.insights import axes, charts, charts_leadership, leadership
from crm.insights.chart_style import ChartStyle
from crm.insights.leadership import LeadershipSummary, Point
from crm.insights.period import Period
from crm.trading import Progress
from crm.trading.tiers import Gap
from crm.web import locale
from crm.web.kit.phrases import render
from tests.cast import Cast
from tests.trading.make import AS_OF, ago, balance, day, put

DAYS = Period.ending(AS_OF, 90)
PLACES = re.compile(r"%\{([^}]*)\}")


@dataclass(frozen=True)
class Facts:
    """What the charts of a client and of the desk are drawn from."""

    summary: LeadershipSummary
    daily: pd.DataFrame
    balances: pd.DataFrame


DRAWN: dict[str, Callable[[Facts, ChartStyle], go.Figure]] = {
    "charts.volume": lambda facts, style: charts.volume(facts.daily, DAYS, style),
    "charts.mix": lambda facts, style: charts.mix(facts.daily, "product", style),
    "charts.deposits": lambda facts, style: charts.deposits(facts.balances, style),
    "charts.tier_progress": lambda _, style: charts.tier_progress(progress(), style),
    "charts.sparkline": lambda facts, style: charts.sparkline(facts.summary.figure("volume"), formats=style.formats),
    "charts_leadership.volume_by_tier": lambda facts, style: charts_leadership.volume_by_tier(facts.summary, style),
    "charts_leadership.revenue_by_manager": lambda facts, style: charts_leadership.revenue_by_manager(
        facts.summary.revenue_by_manager, style, DAYS
    ),
    "charts_leadership.growth": lambda facts, style: charts_leadership.growth(facts.summary.growth, style, DAYS),
    "charts_leadership.falling": lambda facts, style: charts_leadership.falling(facts.summary.falling, style),
    "charts_leadership.top_clients": lambda facts, style: charts_leadership.top_clients(facts.summary.top, style, DAYS),
    "charts_leadership.coverage_by_manager": lambda facts, style: charts_leadership.coverage_by_manager(
        facts.summary.books, style, DAYS
    ),
}
# On which axis amounts lie; the others have shares on it, or none that is seen.
OF_AMOUNTS = {
    "charts.volume": "y",
    "charts.mix": "x",
    "charts.deposits": "y",
    "charts_leadership.volume_by_tier": "y",
    "charts_leadership.revenue_by_manager": "x",
    "charts_leadership.growth": "y",
    "charts_leadership.falling": "y",
    "charts_leadership.top_clients": "y",
}
OF_SHARES = {
    "charts.tier_progress": "xaxis",
    "charts_leadership.coverage_by_manager": "xaxis",
    "charts_leadership.top_clients": "yaxis2",
}
OF_DAYS = {"charts.volume", "charts.deposits", "charts_leadership.volume_by_tier", "charts_leadership.falling"}


def progress() -> Progress:
    gaps = (Gap("assets_usd", Decimal(12_345), 0.25), Gap("token_balance", Decimal(1_500), 0.5))
    return Progress("VIP1", "VIP2", 0.25, gaps)


@pytest.fixture
def facts(cast_on_duckdb: Cast) -> Facts:
    """A client that shrinks and pays in and out, and one whose rebates are more than its fees."""
    cast = cast_on_duckdb
    for_days = [
        day(cast.harbour, ago(back), str(80_000_000 if back > 12 else 900_000), product, fees="40000", rebates="1500")
        for back in range(40)
        for product in ("spot", "perpetual")
    ]
    put(
        *for_days,
        day(cast.northlight, ago(3), "1234567", fees="100", rebates="90500"),
        balance(cast.harbour, ago(0), equity="60432111", into="4000000", out="1234567"),
        balance(cast.harbour, ago(7), equity="59000000", into="0"),
        policies=True,
    )
    return facts_of(cast)


def facts_of(cast: Cast) -> Facts:
    with db.read() as session:
        summary = leadership.summary(session, cast.nadia, Period.ending(AS_OF, 30))
        whose = (session, cast.mei, cast.harbour.id, DAYS.since, DAYS.until)
        return Facts(summary, trading.daily_of(*whose), trading.balances_of(*whose))


@pytest.fixture(params=["en", "zh"])
def style(request: pytest.FixtureRequest) -> Iterator[ChartStyle]:
    """As a page gives it to a reader of the language."""
    locale.use(request.param)
    yield ChartStyle("Title", "Note", say=render, formats=locale.formats())
    locale.use("en")


@pytest.fixture
def figures(facts: Facts, style: ChartStyle) -> dict[str, go.Figure]:
    return {name: draw(facts, style) for name, draw in DRAWN.items()}


def charts_there(module: ModuleType) -> set[str]:
    room = module.__name__.rsplit(".", 1)[1]
    return {
        f"{room}.{name}"
        for name, made in inspect.getmembers(module, inspect.isfunction)
        if made.__module__ == module.__name__
        and not name.startswith("_")
        and made.__annotations__["return"] is go.Figure
    }


def test_no_chart_is_left_out_here() -> None:
    assert charts_there(charts) | charts_there(charts_leadership) == set(DRAWN)


def test_every_mark_of_an_amount_is_written_as_on_a_tile(figures: Mapping[str, go.Figure], style: ChartStyle) -> None:
    for name, side in OF_AMOUNTS.items():
        axis = figures[name].layout[f"{side}axis"]
        assert list(axis.ticktext) == [style.formats.short_money(mark) for mark in axis.tickvals], name
        assert len(set(axis.ticktext)) == len(axis.ticktext) >= 2, name
        assert (axis.tickmode, axis.fixedrange) == ("array", True), name
        for trace in figures[name].data:
            if trace.type != "waterfall" and not trace.yaxis:
                assert all(axis.range[0] <= amount <= axis.range[1] for amount in trace[side] if pd.notna(amount)), name


def test_plotly_is_left_no_taste_of_its_own(figures: Mapping[str, go.Figure]) -> None:
    for name, figure in figures.items():
        assert not re.search(r'"(tickformat|texttemplate|tickprefix)"|\$~s', figure.to_json()), name


def test_every_amount_and_day_that_one_points_at_is_written_by_us(
    figures: Mapping[str, go.Figure], style: ChartStyle
) -> None:
    pointed = [(name, trace) for name, figure in figures.items() for trace in figure.data if trace.hoverinfo != "skip"]

    for name, trace in pointed:
        asked = set(PLACES.findall(trace.hovertemplate))
        assert {"customdata"} <= asked <= {"customdata", "x", "y"}, name
        assert all(isinstance(value, str) for axis in asked & {"x", "y"} for value in trace[axis]), name
        assert len(trace.customdata) == len(trace.x), name
        for text in trace.customdata:
            assert not re.search(r"\d{4}-\d\d|\d[.,]?\d* ?[km]\b|Sept|\.\d{3}|None|nan", text), (name, text)
        if name in OF_AMOUNTS and trace.type != "waterfall" and not trace.yaxis:
            amounts = zip(trace[OF_AMOUNTS[name]], trace.customdata, strict=True)
            assert all(style.formats.money(usd) in text for usd, text in amounts), name


def test_every_mark_of_a_share_is_written_as_on_a_tile(figures: Mapping[str, go.Figure]) -> None:
    for name, side in OF_SHARES.items():
        axis = figures[name].layout[side]
        assert list(axis.ticktext) == ["0%", "25%", "50%", "75%", "100%"], name
        assert axis.fixedrange, name


def test_every_day_along_the_bottom_is_written_as_everywhere_however_far_one_zooms_in(
    figures: Mapping[str, go.Figure], style: ChartStyle
) -> None:
    formats = style.formats
    for name in OF_DAYS:
        axis = figures[name].layout.xaxis
        assert [(stop.dtickrange, stop.value) for stop in axis.tickformatstops] == [
            ((None, axes.DAY_MS - 1), formats.axis_moment),
            ((axes.DAY_MS, 28 * axes.DAY_MS - 1), formats.axis_short_day),
            (("M1", None), formats.axis_month),
        ], name
        assert (axis.hoverformat, axis.fixedrange) == (formats.axis_day, None), name


def test_the_steps_of_growth_say_how_much_and_of_how_many(facts: Facts, style: ChartStyle) -> None:
    [trace] = charts_leadership.growth(facts.summary.growth, style, DAYS).data

    told = dict(zip(trace.x, trace.customdata, strict=True))
    before, lost = style.say(Message("Before")), style.say(Message("Contraction"))
    assert told[before] == style.formats.money(facts.summary.growth.before_usd)
    assert told[lost].startswith(f"{style.formats.money(-facts.summary.growth.contraction.revenue_usd)} · ")


def test_a_falling_day_says_when_how_much_and_whose(facts: Facts, style: ChartStyle) -> None:
    unknown = replace(facts.summary.falling[0], revenue_30d_usd=None, falls_on=date(2026, 9, 6))

    figure = charts_leadership.falling([unknown], style)

    on = {"en": "6 Sep 2026", "zh": "2026年9月6日"}[locale.code()]
    assert figure.data[0].customdata[0] == f"{on}: —<br>{unknown.name}: {unknown.tier} → {unknown.falls_to or '–'}"
    assert list(figure.layout.yaxis.ticktext) == ["$0", "$1"]
    assert figure.layout.xaxis.dtick == axes.DAY_MS  # no hours of the one day


def test_an_empty_chart_has_no_axes_that_count_up_to_nothing(cast_on_duckdb: Cast, style: ChartStyle) -> None:
    put()
    nothing = facts_of(cast_on_duckdb)
    nothing = replace(nothing, summary=replace(nothing.summary, books=()))

    for name in (set(OF_AMOUNTS) | set(OF_DAYS) | set(OF_SHARES)) - {
        "charts.tier_progress",
        "charts_leadership.growth",
    }:
        figure = DRAWN[name](nothing, style)
        assert (figure.layout.xaxis.visible, figure.layout.yaxis.visible) == (False, False), name
        assert len(figure.layout.annotations) == 1, name


def test_a_small_line_says_its_day_and_number() -> None:
    figure = leadership.Figure(
        "nrr",
        Message("Net retention"),
        leadership.Unit.SHARE,
        0.5,
        None,
        (Point(date(2026, 9, 6), 0.725),),
    )

    assert charts.sparkline(figure, formats=CHINESE).data[0].customdata[0] == "2026年9月6日: 72.5%"
    assert json.loads(charts.sparkline(figure).to_json())["data"][0]["customdata"] == ["6 Sep 2026: 72.5%"]
