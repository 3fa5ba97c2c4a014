"""How every figure looks: colours told apart by everybody, in light and dark, from a telephone to a wide screen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go

from crm.ground.formats import ENGLISH, Formats
from crm.ground.messages import Message
from crm.insights import axes

# After Okabe and Ito: told apart with every kind of colour blindness, and on white as on near-black.
# The same colours, in this order, are chartCategoricalColors in .streamlit/config.toml.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6BB1", "#8A8A8A")
GAIN, LOSS, PLAIN = PALETTE[2], PALETTE[5], PALETTE[0]
HEIGHT = 320
# From the lowest step to the highest, on a light page and on a dark one.
LADDERS = {"VIP": (("b9d6f0", "0e3a66"), ("1d4468", "cfe6fb")), "": (("f3d9a4", "8a5200"), ("5c3d12", "ffdf9e"))}
STEPS = 8
EACH = "closest"  # hovering over all marks of a day, a click would always mean the first of them
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"})


@dataclass(frozen=True)
class ChartStyle:
    """What a page gives a figure: a title that says something, the period and zone, how words are said and numbers written."""

    title: str
    note: str
    dark: bool = False
    say: Callable[[Message], str] = str
    formats: Formats = ENGLISH


def framed(
    figure: go.Figure, style: ChartStyle, *, amounts: axes.Axis | None = "y", dated: bool = False, height: int = HEIGHT
) -> go.Figure:
    """Title and note above, legend below where a narrow screen still reads it.

    `amounts` is the axis along which amounts lie; `dated` where days lie along the bottom.
    """
    _shown_as_written(figure)
    ink, lines = ("#E6E6E6", "#3A3F47") if style.dark else ("#262730", "#E3E6EA")
    figure.update_layout(
        title={
            "text": text(style.title),
            "subtitle": {"text": text(style.note)},
            "x": 0,
            "xanchor": "left",
            "automargin": True,
            "yref": "container",
            "pad": {"t": 10},
        },
        template="none",
        colorway=PALETTE,
        height=height,
        font={"color": ink, "size": 13},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 64, "b": 8},
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": -0.18, "yanchor": "top", "font": {"size": 12}},
        hovermode="x unified",
        hoverlabel={"bgcolor": "#1E2127" if style.dark else "#FFFFFF", "font": {"color": ink}},
        meta={"note": style.note},
    )
    figure.update_xaxes(automargin=True, gridcolor=lines, zeroline=False, linecolor=lines, nticks=6)
    figure.update_yaxes(automargin=True, gridcolor=lines, zerolinecolor=lines)
    if not figure.data:
        return _empty(figure, style)
    if amounts:
        axes.of_amounts(figure, style.formats, amounts)
    if dated:
        axes.of_days(figure, style.formats)
    return figure


def text(words: str) -> str:
    """Somebody's words in a figure: Plotly takes tags and entities in them for its own."""
    return words.translate(_ESCAPED)


def _shown_as_written(figure: go.Figure) -> None:
    """Names of tiers, instruments, clients and colleagues, wherever a trace shows them; lines end in a line feed."""
    for trace in figure.data:
        for place in ("name", "x", "y", "text", "customdata"):
            held = trace[place] if place in trace else None  # noqa: SIM401 -- Plotly has no get
            if isinstance(held, str):
                trace[place] = text(held)
            elif held is not None and any(isinstance(one, str) for one in held):
                trace[place] = [text(one) if isinstance(one, str) else one for one in held]


def _empty(figure: go.Figure, style: ChartStyle) -> go.Figure:
    """Says that there is nothing; axes without anything on them would only count up to a few dollars."""
    message = style.say(Message("Nothing to show for these days"))
    figure.add_annotation(text=message, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False)
    return figure.update_xaxes(visible=False).update_yaxes(visible=False)


def shade(tier: str | None, *, dark: bool) -> str:
    """A tier's own colour: the ladder of VIP in blue and any other in amber, further from the page with each step."""
    if tier is None:
        return PALETTE[7]
    ladder = LADDERS["VIP" if tier.upper().startswith("VIP") else ""][dark]
    step = min(int("".join(filter(str.isdigit, tier)) or 0), STEPS) / STEPS
    return "#" + "".join(f"{round(a + (b - a) * step):02x}" for a, b in zip(*map(bytes.fromhex, ladder), strict=True))


def pointed_at(texts: Iterable[str], *, before: str = "", alone: bool = False) -> dict[str, object]:
    """What one reads of each point of a trace, written by us; `alone`: without the name of the trace."""
    return {"customdata": list(texts), "hovertemplate": f"{before}%{{customdata}}{'<extra></extra>' if alone else ''}"}


def told_of_days(
    days: Iterable[date], amounts: Iterable[Decimal | float | None], formats: Formats
) -> dict[str, object]:
    """What one reads of each day of a trace: the day and the amount; days and amounts are equally many."""
    told = zip(days, amounts, strict=True)
    return pointed_at(f"{formats.day(day)}: {formats.money(amount)}" for day, amount in told)


def drawn(amount: Decimal | float | None) -> float | None:
    """Plotly draws floats; the tables beside the figure keep the Decimal."""
    return None if amount is None else float(amount)
