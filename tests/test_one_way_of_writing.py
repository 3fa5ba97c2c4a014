"""Amounts, days and months are written by one module; nobody beside it has a taste of their own."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOME = "crm/ground/formats.py"
# Who may name these: the formats themselves, the axes, the columns of lists; files of others are read with all names of months.
MAY = {
    "babel": set[str](),
    "month": {HOME, "crm/intake/checking/dates.py"},
    "axis": {"crm/insights/axes.py"},
    "d3": set[str](),
    "column": {"crm/web/kit/columns.py"},
    "percent": {HOME},
    "dollar": {HOME},
}
AXES = {"tickformat", "tickformatstops", "hoverformat", "texttemplate", "tickprefix", "ticksuffix", "exponentformat"}
BABEL = {"babel.dates", "babel.numbers"}
COLUMNS = {"NumberColumn", "DateColumn", "DatetimeColumn", "TimeColumn"}
# What is read on a console, by a program or in a file is no part of the screen.
ELSEWHERE = ("crm/cli", "crm/bench", "crm/demo", "crm/upkeep", "crm/migrations", "crm/worker.py")


def offences(path: Path) -> Iterator[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    documented = [node for node in nodes if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    documents = {ast.get_docstring(node, clean=False) for node in documented}
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ("babel" for name in node.names if name.name in BABEL)
        elif isinstance(node, ast.ImportFrom):
            yield from ("babel" for name in node.names if {node.module, f"{node.module}.{name.name}"} & BABEL)
        elif getattr(node, "arg", None) in AXES or getattr(node, "attr", None) in AXES:
            yield "axis"
        elif isinstance(node, ast.Attribute) and node.attr in COLUMNS:
            yield "column"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in documents:
            yield from _in_text(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from _in_template(node)


def _in_text(text: str) -> Iterator[str]:
    if re.search(r"%-?[bBhaAcx]\b", text):
        yield "month"
    if text in AXES:
        yield "axis"
    if re.search(r"%\{\w+[:|]|\$~s", text):
        yield "d3"


def _in_template(node: ast.JoinedStr) -> Iterator[str]:
    for before, part in pairwise([ast.Constant(""), *node.values]):
        if not isinstance(part, ast.FormattedValue):
            continue
        spec = ast.unparse(part.format_spec) if part.format_spec else ""
        if "%'" in spec or '%"' in spec:
            yield "percent"
        if isinstance(before, ast.Constant) and str(before.value).endswith("$"):
            yield "dollar"


def test_nobody_else_decides_how_an_amount_or_a_day_is_written() -> None:
    paths = [path for top in ("crm", "pages") for path in sorted((ROOT / top).rglob("*.py"))]
    names = {path: path.relative_to(ROOT).as_posix() for path in paths}

    wrong = {
        f"{names[path]}: {offence}"
        for path in paths
        if not names[path].startswith(ELSEWHERE)
        for offence in offences(path)
        if names[path] not in MAY[offence]
    }

    assert wrong == set()


@pytest.mark.parametrize(
    ("source", "offence"),
    [
        ("from babel import dates", "babel"),
        ("from babel.numbers import format_compact_currency", "babel"),
        ("f'{day:%d %b}'", "month"),
        ("day.strftime('%-d %b')", "month"),
        ("figure.update_yaxes(tickformat='$~s')", "axis"),
        ("figure.layout.yaxis.tickformat = ',d'", "axis"),
        ("figure.update_layout(xaxis={'tickformat': ',d'})", "axis"),
        ("bar(hovertemplate='%{y:$,.0f}')", "d3"),
        ("bar(hovertemplate='%{x|%Y-%m-%d}')", "d3"),
        ("st.column_config.NumberColumn(format='dollar')", "column"),
        ("f'{share:.0%}'", "percent"),
        ("f'${amount:,.0f}'", "dollar"),
    ],
)
def test_who_decides_it_elsewhere_is_found(source: str, offence: str, tmp_path: Path) -> None:
    path = tmp_path / "page.py"
    path.write_text(source)

    assert offence in set(offences(path))
