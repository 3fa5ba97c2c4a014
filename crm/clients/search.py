"""Finding a text in another, whatever the case, width and accents in which either was written.

Folding goes character by character, so a part of a text always folds to a part of the folded text, in Python as in SQL.
"""

import re
import string
import unicodedata
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

WORDS_SEARCHED = 12


def _folded_character(code: int) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not "\u0300" <= c <= "\u036f")
    return bare.lower() if len(bare) == len(bare.lower()) == 1 else chr(code)


# Quotes, colons and the like would have to be escaped in SQL; nobody searches by them.
_WIDE = {ord(c) + 0xFEE0: c.lower() for c in "+-.0123456789@_" + string.ascii_letters} | {0x3000: " "}
_LETTERS = {
    code: _folded_character(code)
    for low, high in ((0x41, 0x5B), (0xC0, 0x300), (0x370, 0x590), (0x1E00, 0x2000))
    for code in range(low, high)
    if chr(code).isalpha() and _folded_character(code) != chr(code)
}
_STROKES = dict(zip(map(ord, "ØøŁłĐđıς"), "oollddiσ", strict=True))
_MARKS = dict.fromkeys(range(0x300, 0x370))
_TABLE: dict[int, str | None] = {**_LETTERS, **_WIDE, **_STROKES, **_MARKS}
_BLOCKS = {
    "west": "\u00c0-\u00ff",
    "east": "\u0100-\u017f",
    "marks": "\u0180-\u019f\u01a2-\u01ae\u01b1-\u036f",
    "greek": "\u0370-\u03ff",
    "cyrillic": "\u0400-\u052f",
    "armenian": "\u0530-\u058f",
    "vietnamese": "\u01a0\u01a1\u01af\u01b0\u1ea0-\u1eff",
    "rare": "\u1e00-\u1e9f\u1f00-\u1fff",
    "wide": "".join(map(chr, _WIDE)),
}
# DuckDB builds the table of a translate anew for each row, so a text gets the shortest table that covers it.
_TABLES = ((), ("west",), ("wide",), ("west", "east"), ("cyrillic",), ("west", "east", "vietnamese"))


def fold(text: str) -> str:
    """Lower case, half width, without accents: “Ｖｉｐ Ångström” is “vip angstrom”."""
    return text.translate(_TABLE)


def search_text(*parts: object) -> str:
    """What a row is found by: its parts folded, one below the other; empty ones are left out."""
    return "\n".join(fold(str(part)) for part in parts if part)


def fold_sql(expression: str, *, duckdb: bool) -> str:
    """The same folding as text SQL, for set-based writes."""
    # DuckDB's lower knows no languages; that of PostgreSQL may be a Turkish one.
    plain = f"WHEN strlen({expression}) = length({expression}) THEN lower({expression}) " if duckdb else ""
    cases = " ".join(
        f"WHEN {expression} ~ '^[^{_outside(blocks)}]*$' THEN {_translated(expression, blocks)}" for blocks in _TABLES
    )
    return f"CASE {plain}{cases} ELSE {_translated(expression, tuple(_BLOCKS))} END"


def _outside(blocks: tuple[str, ...]) -> str:
    return "".join(span for name, span in _BLOCKS.items() if name not in blocks)


@cache
def _pairs(blocks: tuple[str, ...]) -> tuple[str, str]:
    """What a translate turns into what; characters without a counterpart at the end are dropped."""
    inside = re.compile(f"[A-Z{''.join(_BLOCKS[name] for name in blocks)}]")
    mapped = sorted((to is None, chr(code), to or "") for code, to in _TABLE.items() if inside.match(chr(code)))
    return "".join(character for _, character, _ in mapped), "".join(to for *_, to in mapped)


def _translated(expression: str, blocks: tuple[str, ...]) -> str:
    before, after = _pairs(blocks)
    return f"translate({expression}, '{before}', '{after}')"


class folded(FunctionElement[str]):  # noqa: N801 -- reads like sa.func.lower(...)
    """The same folding as an expression, for short columns that are not kept folded."""

    type = sa.String()
    name = "folded"
    inherit_cache = True


@compiles(folded)
def _folded(element: folded, compiler: Any, **kwargs: Any) -> str:  # noqa: ANN401
    return fold_sql(str(compiler.process(element.clauses, **kwargs)), duckdb=compiler.dialect.name == "duckdb")


class _holds(FunctionElement[bool]):  # noqa: N801
    """`column` holds `word`; given again as a pattern for engines that search by LIKE."""

    type = sa.Boolean()
    name = "holds"
    inherit_cache = True


@compiles(_holds)
def _by_pattern(element: _holds, compiler: Any, **kwargs: Any) -> str:  # noqa: ANN401
    column, _, pattern = element.clauses
    return f"({compiler.process(column, **kwargs)} LIKE {compiler.process(pattern, **kwargs)} ESCAPE '!')"


@compiles(_holds, "duckdb")
def _by_contains(element: _holds, compiler: Any, **kwargs: Any) -> str:  # noqa: ANN401
    column, word, _ = element.clauses
    return f"contains({compiler.process(column, **kwargs)}, {compiler.process(word, **kwargs)})"


def words(text: str) -> list[str]:
    """The folded words of what somebody typed into a search box."""
    return fold(text.replace("\0", " ")).split()[:WORDS_SEARCHED]


def holds(column: Mapped[str] | ColumnElement[str], word: str) -> ColumnElement[bool]:
    """The folded column holds this one folded word."""
    pattern = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return _holds(column, sa.literal(word, sa.String), sa.literal(f"%{pattern}%", sa.String))


def matches(column: Mapped[str] | ColumnElement[str], text: str) -> ColumnElement[bool]:
    """The folded column holds every word of the text, in any order; an empty text matches all."""
    return sa.and_(sa.true(), *(holds(column, word) for word in words(text)))
