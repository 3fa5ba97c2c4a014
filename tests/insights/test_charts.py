"""Figures hold the numbers of their summaries, say their period and zone, and stand empty without falling over."""

import plotly.graph_objects as go
import pytest

from crm import db, trading
from crm.insights import charts, charts_leadership, leadership
from crm.insights.chart_style import PALETTE, ChartStyle
from crm.insights.leadership import LeadershipSummary
from crm.insights.period import Period
from tests.cast import Cast
from tests.trading.make import AS_OF, ago, balance, day, put

MARCH = Period.ending(AS_OF, 30)
LOOK = ChartStyle("Volume", "14 Feb – 15 Mar 2026, Asia/Shanghai", dark=True)


def style(cast: Cast) -> LeadershipSummary:
    with db.read() as session:
        return leadership.summary(session, cast.nadia, MARCH)


def trade(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(0), "100", fees="3"),
        day(cast.harbour, ago(0), "50", "perpetual"),
        day(cast.harbour, ago(20), "10000000", fees="5"),
        day(cast.northlight, ago(35), "40", fees="7"),
        balance(cast.harbour, ago(0), equity="9", into="4", out="1"),
        policies=True,
    )


def figures_of(summary: LeadershipSummary) -> dict[str, go.Figure]:
    return {
        "tiers": charts_leadership.volume_by_tier(summary, LOOK),
        "managers": charts_leadership.revenue_by_manager(summary.revenue_by_manager, LOOK, MARCH),
        "growth": charts_leadership.growth(summary.growth, LOOK, MARCH),
        "falling": charts_leadership.falling(summary.falling, LOOK),
        "top": charts_leadership.top_clients(summary.top, LOOK, MARCH),
        "coverage": charts_leadership.coverage_by_manager(summary.books, LOOK, MARCH),
    }


def test_a_clients_volume_is_stacked_by_product_under_its_mean(cast_on_duckdb: Cast) -> None:
    trade(cast_on_duckdb)
    with db.read() as session:
        daily = trading.daily_of(session, cast_on_duckdb.mei, cast_on_duckdb.harbour.id, MARCH.since, MARCH.until)

    figure = charts.volume(daily, MARCH, LOOK)

    spot, perpetual, mean = figure.data
    assert (spot.name, spot.y[-1], spot.y[-2], len(spot.x)) == ("Spot", 100, 0, 30)
    assert (perpetual.name, perpetual.y[-1]) == ("Perpetual", 50)
    assert mean.y[-1] == pytest.approx(150 / 7)
    assert figure.layout.title.subtitle.text == LOOK.note
    assert [PALETTE.index(bar.marker.color) for bar in (spot, perpetual)] == [0, 2]


def test_mix_deposits_and_progress_hold_their_numbers(cast_on_duckdb: Cast) -> None:
    trade(cast_on_duckdb)
    with db.read() as session:
        harbour = cast_on_duckdb.harbour.id
        daily = trading.daily_of(session, cast_on_duckdb.mei, harbour, MARCH.since, MARCH.until)
        balances = trading.balances_of(session, cast_on_duckdb.mei, harbour, MARCH.since, MARCH.until)
        policy = trading.policies_in_force(session)[0]
    progress = trading.progress(policy, {"assets_usd": balances["equity_usd"][0]})

    assert list(charts.mix(daily, "product", LOOK).data[0].y) == ["Spot", "Perpetual"]
    assert [trace.y[0] for trace in charts.deposits(balances, LOOK).data] == [4, -1, 9]
    assert charts.tier_progress(progress, LOOK).data[0].x[0] == pytest.approx(9 / 100_000)


def test_each_leadership_figure_holds_the_numbers_of_the_summary(cast_on_duckdb: Cast) -> None:
    trade(cast_on_duckdb)
    summary = style(cast_on_duckdb)

    drawn = figures_of(summary)

    assert [(trace.name, trace.y[-1]) for trace in drawn["tiers"].data] == [("VIP4", 150)]
    assert list(drawn["managers"].data[0].x) == [8]
    assert list(drawn["growth"].data[0].y) == [7, 8, 0, 0, 0, -7, 8]
    assert list(drawn["falling"].data[0].x) == [line.falls_on for line in summary.falling]
    assert drawn["top"].data[0].y[0] == 8
    for figure in drawn.values():
        assert figure.layout.title.subtitle.text == LOOK.note
        assert figure.layout.legend.orientation == "h"


def test_figures_of_an_empty_desk_say_that_there_is_nothing(cast_on_duckdb: Cast) -> None:
    put()
    summary = style(cast_on_duckdb)

    drawn = figures_of(summary)

    assert [drawn[name].layout.annotations[0].text for name in ("tiers", "managers", "falling", "top")] == [
        "Nothing to show for these days"
    ] * 4
    assert charts.sparkline(summary.figure("nrr")).data[0].y == (None,) * 6


def test_no_two_colours_of_the_palette_are_the_same() -> None:
    assert len(set(PALETTE)) == len(PALETTE)
