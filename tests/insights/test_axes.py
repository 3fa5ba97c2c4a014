"""Axes of amounts reach as far as what is drawn, and their marks are few, round and written without loss."""

from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.ground.formats import BY_LANGUAGE, CHINESE, ENGLISH, Formats
from crm.insights import axes
from crm.insights.chart_style import ChartStyle, framed
from tests.share import examples

LANGUAGES = pytest.mark.parametrize("formats", BY_LANGUAGE.values(), ids=BY_LANGUAGE)


@LANGUAGES
def test_bars_on_each_other_are_measured_by_their_sum_upwards_and_downwards(formats: Formats) -> None:
    figure = go.Figure().update_layout(barmode="relative")
    figure.add_bar(x=["a", "b"], y=[30e6, 10e6])
    figure.add_bar(x=["a", "b"], y=[50e6, None])
    figure.add_bar(x=["a", "b"], y=[-3e6, -20e6])
    figure.add_bar(x=["a", "b"], y=[float("nan"), -4e6])

    axis = framed(figure, ChartStyle("", "", formats=formats)).layout.yaxis

    written = {
        ENGLISH: ["-$20M", "$0", "$20M", "$40M", "$60M", "$80M"],
        CHINESE: ["-$2000万", "$0", "$2000万", "$4000万", "$6000万", "$8000万"],
    }
    assert list(axis.ticktext) == written[formats]
    assert axis.range[0] < -24e6
    assert axis.range[1] > 80e6


def test_bars_beside_each_other_are_not_summed() -> None:
    figure = go.Figure()
    figure.add_bar(x=["a"], y=[3e6])
    figure.add_bar(x=["a"], y=[4e6])

    assert framed(figure, ChartStyle("", "")).layout.yaxis.range[1] < 5e6


def test_a_waterfall_is_as_high_as_its_highest_step() -> None:
    figure = go.Figure(
        go.Waterfall(x=list("abcd"), y=[5e6, 4e6, -11e6, 0], measure=["absolute", *["relative"] * 2, "total"])
    )

    low, high = framed(figure, ChartStyle("", "")).layout.yaxis.range

    assert low < -2e6
    assert 9e6 < high < 10e6


ENDS = st.floats(min_value=0, max_value=1e14)


@LANGUAGES
@settings(max_examples=examples(100))
@given(below=ENDS, above=ENDS, most=st.integers(3, 6))
def test_marks_are_few_round_even_and_lose_nothing_when_written(
    formats: Formats, below: float, above: float, most: int
) -> None:
    lowest, highest = -below, max(above, 1 - below)

    marks = axes.round_amounts(lowest, highest, most=most, fits=formats.is_short)

    assert 0 in marks
    assert len(marks) <= most + 1
    assert len(marks) >= 2 or highest - lowest < 2
    assert len({formats.short_money(mark) for mark in marks}) == len(marks)
    assert len({after - before for before, after in pairwise(marks)}) <= 1
    assert all(lowest <= mark <= highest for mark in marks)


@pytest.mark.parametrize(
    ("highest", "english", "chinese"),
    [
        (60_400_000, "$0 $20M $40M $60M", "$0 $2000万 $4000万 $6000万"),
        (1_300_000, "$0 $500K $1M", "$0 $25万 $50万 $75万 $100万 $125万"),
        (12_600, "$0 $2.5K $5K $7.5K $10K $12.5K", "$0 $2500 $5000 $7500 $1万 $1.25万"),
        (3, "$0 $1 $2 $3", "$0 $1 $2 $3"),
    ],
)
def test_marks_at_which_one_can_look(highest: float, english: str, chinese: str) -> None:
    for formats, written in ((ENGLISH, english), (CHINESE, chinese)):
        marks = axes.round_amounts(0, highest, most=5, fits=formats.is_short)
        assert " ".join(map(formats.short_money, marks)) == written
