"""Which dialect a text is written in: the one whose parse is the most even table of the most sensible cells."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean

from crm.reading.cells import TYPED, kind_of
from crm.reading.splitting import Splitter
from crm.reading.table import Dialect, Row

_ROWS = 150
_PROOF = 3
# How often a character separates cells in the wild, against how often it is part of them.
_PRIOR = {
    ",": 1.0,
    ";": 1.0,
    "\t": 1.0,
    "|": 0.95,
    "^": 0.95,
    "~": 0.9,
    "\x1f": 1.0,
    "\x01": 1.0,
    "¦": 0.9,
    "§": 0.9,
    "#": 0.75,
    "&": 0.6,
    "*": 0.6,
    "$": 0.5,
    "!": 0.5,
    " ": 0.6,
    ":": 0.55,
    "/": 0.4,
    "=": 0.5,
    "_": 0.4,
    "-": 0.3,
    "，": 0.9,
    "；": 0.9,
    "、": 0.7,
    "\u3000": 0.7,
}
_SINGLE_QUOTE = 0.95
_BACKSLASH = 0.96
_BROKEN = 0.05
_QUOTES = ("'", '"')
_ANY_BROKEN = 0.88
_LONG_PRIOR = 1.0
_LONG = re.compile(r"[|,;:~^#&@*=!%§¦]{2,4}|<[^\w\s<>]{1,2}>")
_FOREIGN = re.compile(r"[,;|\t]")


def dialect_of(text: str, base: Dialect) -> Dialect:
    """The best reading of the sample; encoding and line end are taken from `base`."""
    lines = _telling([line for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text) if line.strip()])[: _ROWS * 4]
    best, best_score = replace(base, delimiter=",", quote='"'), 0.0
    for candidate in _candidates(lines, base):
        worth = score(candidate, lines)
        if worth > best_score * 1.0001:
            best, best_score = candidate, worth
    return best


def _telling(lines: list[str]) -> list[str]:
    """Lines without remarks: what stands behind a # says nothing about the table, unless all lines begin so."""
    without = [line for line in lines if not line.startswith("#")]
    return without or lines


def _candidates(lines: Sequence[str], base: Dialect) -> Iterator[Dialect]:
    sample, long = "".join(lines[:_ROWS]), _long_ones(lines)
    # What stands only in pairs is no table with every other column empty, but where a spreadsheet wrote it.
    single = [char for char in _PRIOR if char in sample and (char in ",;" or char * 2 not in long)]
    for delimiter in single + long:
        for quote in _quotes(sample, delimiter):
            plain = replace(base, delimiter=delimiter, quote=quote)
            yield plain
            if f"\\{quote}" in sample:
                yield replace(plain, escape="\\")
    yield replace(base, delimiter=",", quote='"')


def _quotes(sample: str, delimiter: str) -> list[str]:
    """The double quote always; the single one where it stands on both sides of cells."""
    edge = re.escape(delimiter)
    opened = len(re.findall(rf"(?:^|{edge})[ ]*'", sample, re.MULTILINE))
    closed = len(re.findall(rf"'[ ]*(?:{edge}|\r|$)", sample, re.MULTILINE))
    return ['"', "'"] if opened and closed and min(opened, closed) * 2 > max(opened, closed) else ['"']


def _long_ones(lines: Sequence[str]) -> list[str]:
    """Runs of signs that stand in most lines, and whose signs stand hardly anywhere else."""
    sample = "".join(lines[:_ROWS])
    counts = Counter(run for line in lines[:50] for run in set(_LONG.findall(line)))
    often = [run for run, count in counts.items() if count * 10 >= len(lines[:50]) * 5]
    return [
        run
        for run in often
        if all(sample.count(sign) <= 1.05 * run.count(sign) * sample.count(run) for sign in set(run))
    ]


def score(dialect: Dialect, lines: Sequence[str]) -> float:
    rows = _some(Splitter(dialect).rows(lines))
    if not rows:
        return 0.0
    return _evenness(rows) * _sense(rows, dialect) * _likelihood(dialect, len(rows))


def _likelihood(dialect: Dialect, count: int) -> float:
    """Before anything is read. One or two rows prove nothing about an unusual delimiter."""
    prior = _PRIOR.get(dialect.delimiter, _LONG_PRIOR)
    prior = prior ** (8 / count) if count < _PROOF else prior
    return prior * (_SINGLE_QUOTE if dialect.quote == "'" else 1.0) * (_BACKSLASH if dialect.escape else 1.0)


def _some(rows: Iterator[Row]) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            found.append(row.cells)
        if len(found) >= _ROWS:
            break
    return found


def _evenness(rows: Sequence[list[str]]) -> float:
    """How many rows have the usual width, times how much a cut of that width says: one column says little."""
    widths = Counter(len(row) for row in rows)
    usual = max(widths, key=lambda width: widths[width] * _meaning(width))
    of_rows = widths[usual] / len(rows)
    of_cells = widths[usual] * usual / sum(width * count for width, count in widths.items())
    if usual == 1:
        return float(of_rows**1.5) * (0.12 + 0.5 * _typed([row[0] for row in rows if len(row) == 1]))
    return float((of_rows * of_cells) ** 0.75) * _meaning(usual) / (1 + 0.1 * (len(widths) - 1))


def _typed(cells: Sequence[str]) -> float:
    return fmean(kind_of(cell) in TYPED for cell in cells)


def _meaning(width: int) -> float:
    """One column is what any wrong delimiter gives; beyond four, more of them prove no more."""
    return 0.12 if width == 1 else 1 - 0.5 / width**1.5


def _sense(rows: Sequence[list[str]], dialect: Dialect) -> float:
    worths = [[_worth(cell, dialect) for cell in row] for row in rows]
    is_broken = any(_BROKEN in row for row in worths)
    return fmean(map(fmean, worths)) * (_ANY_BROKEN if is_broken else 1.0)


def _worth(cell: str, dialect: Dialect) -> float:
    """From 0 to 1: how likely it is that somebody meant this to be one cell."""
    kind = kind_of(cell)
    if kind == "empty":
        return 0.7
    if kind in TYPED:
        return 1.0
    text = cell.strip()
    if dialect.quote and kind != "missing" and _is_broken(text):
        return _BROKEN
    return _of_words(text) if kind == "text" else 0.8


def _of_words(text: str) -> float:
    if any(text.count(opening) != text.count(closing) for opening, closing in ("()", "[]", "{}")):
        return 0.1
    return 0.35 if _FOREIGN.search(text) else 0.7


def _is_broken(text: str) -> bool:
    """A quotation mark at the edge that no reading of quotes explains."""
    first, last = text[0], text[-1]
    if first not in _QUOTES and last not in _QUOTES:
        return False
    quote = first if first in _QUOTES else last
    return first == last or text.count(quote) % 2 == 1 or f"\\{quote}" in text
