"""Text stays text: what others wrote gets to the screen by one module, which takes the life out of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go
import pytest

from crm.insights.chart_style import ChartStyle, framed
from crm.web.kit import say
from tests.screen import ROOT

SHOWN = {"markdown", "caption", "badge", "write", "title", "header", "subheader", "info", "warning", "error", "success"}
LABELLED = {
    *("button", "popover", "expander", "pills", "segmented_control", "radio", "checkbox", "toggle", "selectbox"),
    *("multiselect", "text_input", "text_area", "number_input", "link_button", "form_submit_button", "menu_button"),
    *("metric", "status", "toast"),
}
# Sentences of ours, and what our formats write.
OURS = {"t", "tn", "number", "money", "short_money", "percent", "change", "day", "weekday", "month", "moment", "time"}
# What tells of flash messages escapes by itself, as does this module.
OWN = {"say.py", "flash.py"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for folder in ("crm/screens", "crm/web", "pages"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and path.name not in OWN:
                    yield f"{Path(path).relative_to(ROOT)}:{node.lineno}", node


def shown_by(call: ast.Call) -> list[ast.expr]:
    """What Streamlit reads as Markdown of a call, if it is one of its own."""
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in SHOWN | LABELLED:
        return []
    if isinstance(function.value, ast.Name) and function.value.id in (
        "say",
        "query_params",
        "flash",
        "figures",
        "log",
        "wording",
    ):
        return []
    return [*call.args[:1], *(word.value for word in call.keywords if word.arg in ("label", "body", "help"))]


def is_ours(said: ast.expr) -> bool:
    match said:
        case ast.Constant():
            return True
        case ast.IfExp():
            return is_ours(said.body) and is_ours(said.orelse)
        case ast.BoolOp():
            return all(map(is_ours, said.values))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="say"))):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in OURS:
            return name not in ("t", "tn") or all(is_ours(word.value) for word in said.keywords)
    return False


def test_no_page_shows_what_somebody_wrote_but_by_this_module() -> None:
    wrong = [f"{place} {ast.unparse(said)}" for place, call in calls() for said in shown_by(call) if not is_ours(said)]

    assert wrong == []


def test_marks_of_ours_stand_in_the_source() -> None:
    """A sentence with Markdown that is put together first could hold anything."""
    wrong = [
        f"{place} {ast.unparse(call.args[0])}"
        for place, call in calls()
        if ast.unparse(call.func) == "say.marked" and not (is_ours(call.args[0]) or isinstance(call.args[0], ast.BinOp))
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("words", "alive"),
    [
        ("[Sign in again](https://evil.example)", "]("),
        ("![x](//evil.example/x.png)", "!["),
        ("<b>x</b>", "<b"),
        ("$x^2$", "$x"),
        ("1. one", "1. "),
        ("# one", "# "),
        ("**x**", "**"),
        (":red[x]", ":red["),
    ],
)
def test_nothing_in_somebodys_words_is_markdown(words: str, alive: str) -> None:
    assert alive not in say.text(words).replace("\\" + alive[0], "")


@pytest.mark.parametrize(
    ("words", "alive"),
    [
        ("see https://evil.example", "://"),
        ("HTTPS://EVIL.EXAMPLE", "://"),
        ("WWW.evil.example", "WWW."),
        ("me@evil.example", "@evil"),
        (":material/delete:", ":material"),
        (":smile:", ":smile"),
        ("a -> b", "->"),
        ("a -- b", "--"),
    ],
)
def test_nor_does_anything_come_alive_that_is_looked_for_afterwards(words: str, alive: str) -> None:
    shown = say.text(words).replace("\\", "")

    assert alive not in shown
    assert shown.replace("\u2060", "") == words


def test_words_are_escaped_once_and_marks_of_ours_stay() -> None:
    told = say.marked("**{who}** {what}", who="*Mei*", what=say.marked(":red[{late}]", late="#1"))

    assert told == r"**\*Mei\*** :red[\#1]"
    assert say.joined([told, "", "a.b"]) == f"{told} · a.b"
    assert (say.label("a\n\n# b"), say.tooltip(None)) == ("a # b", None)


def test_a_chart_shows_names_as_they_were_written() -> None:
    attack = '<a href="https://evil.example">&lt;b'
    figure = go.Figure(go.Bar(x=[1.0], y=[attack], name=attack, customdata=[attack], text=attack))

    drawn = framed(figure, ChartStyle(attack, attack), amounts="x")

    trace, title = drawn.data[0], drawn.layout.title
    shown = '&lt;a href="https://evil.example"&gt;&amp;lt;b'
    assert [trace.y[0], trace.name, trace.customdata[0], trace.text, title.text, title.subtitle.text] == [shown] * 6
