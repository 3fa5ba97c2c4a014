"""The axes of a figure: where their marks stand, and how amounts, shares and days are written at them."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

import plotly.graph_objects as go

from crm.ground.formats import Formats

Axis = Literal["x", "y"]

INTERVALS = {"x": 4, "y": 5}  # amounts side by side need more room than one above the other
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))
HEADROOM = 0.08
QUARTERS = (0, 0.25, 0.5, 0.75, 1)
DAY_MS = 24 * 60 * 60 * 1000
FEW_DAYS = 6


def of_amounts(figure: go.Figure, formats: Formats, axis: Axis) -> None:
    """Round amounts from the lowest to the highest that is drawn, written as on a tile.

    Nobody can zoom along this axis: Plotly knows the marks of this range only, and writes others in its own way.
    """
    lowest, highest = _extent(figure, axis)
    shown = lowest * (1 + HEADROOM), max(highest * (1 + HEADROOM), lowest + 1)
    marks = round_amounts(*shown, most=INTERVALS[axis], fits=formats.is_short)
    written = [formats.short_money(mark) for mark in marks]
    _mark(figure, axis, [float(mark) for mark in marks], written, shown)


def of_shares(figure: go.Figure, formats: Formats, axis: Literal["x", "y2"]) -> None:
    """From nothing to all, and as far beyond as the last mark needs for its words."""
    _mark(figure, axis, QUARTERS, [formats.percent(mark) for mark in QUARTERS], (0, 1 + HEADROOM / 2))


def of_days(figure: go.Figure, formats: Formats) -> None:
    """Days along the bottom, months where many are shown; one may zoom in until the hours are seen."""
    stops = [
        {"dtickrange": [None, DAY_MS - 1], "value": formats.axis_moment},
        {"dtickrange": [DAY_MS, 4 * 7 * DAY_MS - 1], "value": formats.axis_short_day},
        {"dtickrange": ["M1", None], "value": formats.axis_month},
    ]
    figure.update_xaxes(tickformatstops=stops, hoverformat=formats.axis_day)
    days = [day for trace in figure.data for day in trace.x]
    if (max(days) - min(days)).days < FEW_DAYS:
        figure.update_xaxes(dtick=DAY_MS)  # left alone, Plotly would mark the hours of a single day


def round_amounts(lowest: float, highest: float, *, most: int, fits: Callable[[Decimal], bool]) -> list[Decimal]:
    """The multiples of the smallest round step that need at most so many intervals and all fit; never parts of a dollar."""
    exponent = max(0, math.floor(math.log10((highest - lowest) / most)))
    while True:
        for step in (step.scaleb(exponent) for step in STEPS):
            first, last = math.ceil(lowest / float(step)), math.floor(highest / float(step))
            marks = [step * place for place in range(first, last + 1)] if last - first <= most else []
            if marks and step % 1 == 0 and all(map(fits, marks)):
                return marks
        exponent += 1


def _mark(
    figure: go.Figure, axis: str, marks: Sequence[float], written: Sequence[str], shown: tuple[float, float]
) -> None:
    marked = {"tickmode": "array", "tickvals": marks, "ticktext": written, "range": shown, "fixedrange": True}
    figure.update_layout({f"{axis[0]}axis{axis[1:]}": marked})


def _extent(figure: go.Figure, axis: Axis) -> tuple[float, float]:
    """Between these lies everything that is drawn along the axis, and nought."""
    drawn = [0.0]
    stacks: dict[tuple[object, bool], float] = defaultdict(float)
    is_stacked = figure.layout.barmode in ("stack", "relative")
    for trace in figure.data:
        if trace[f"{axis}axis"] not in (None, axis):
            continue
        amounts = [0.0 if amount is None or not math.isfinite(amount) else float(amount) for amount in trace[axis]]
        if trace.type == "waterfall":
            drawn += _running(trace.measure, amounts)
        elif trace.type == "bar" and is_stacked:
            for place, amount in zip(trace["x" if axis == "y" else "y"], amounts, strict=True):
                stacks[place, amount < 0] += amount
        else:
            drawn += amounts
    drawn += stacks.values()
    return min(drawn), max(drawn)


def _running(measures: Sequence[str], amounts: Sequence[float]) -> Iterator[float]:
    """How high a waterfall stands after each of its steps; a total is where it stood."""
    height = 0.0
    for measure, amount in zip(measures, amounts, strict=True):
        height = {"absolute": amount, "relative": height + amount, "total": height}[measure]
        yield height
