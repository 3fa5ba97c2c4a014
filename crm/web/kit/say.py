"""Words on the screen: what others wrote is shown as they wrote it, and only marks of ours come alive.

Streamlit reads texts, labels and tooltips as Markdown. Whatever is not a sentence of ours as it stands in the source goes through
here; a test looks at every call.
"""

import re
from collections.abc import Iterable

from crm.ground.formats import Number
from crm.ground.messages import filled
from crm.web.locale import tn

# Signs that mean something anywhere, and those that do at the start of a line: headings, lists, quotes, rulers.
_MARKS = re.compile(r"([\\`*_\[\]~$<>&|])")
_STARTS = re.compile(r"^([ \t]*)(\d*)(?=[#+\-=.)])", re.MULTILINE)
# Links, icons, emoji and arrows are found in the finished text, where no backslash protects it any more.
_ALIVE = re.compile(r"(?<=:)(?=//|[A-Za-z+-]|\d+:)|(?<=www)(?=\.)|(?<=@)(?=\S)|(?<=[<~>-])(?=[->=])", re.IGNORECASE)
_JOINER = "\u2060"


class Marked(str):
    """Markdown in which everything that others wrote is escaped."""

    __slots__ = ()


def text(words: object) -> Marked:
    """Somebody's words: nothing in them becomes a heading, a link, an icon or a formula; what is marked stays so."""
    if isinstance(words, Marked):
        return words
    escaped = _STARTS.sub(r"\1\2\\", _MARKS.sub(r"\\\1", _ALIVE.sub(_JOINER, str(words))))
    return Marked(escaped.replace("\n", "  \n"))


def label(words: object) -> Marked:
    """The same on one line, for what a field, a button or a column is called."""
    return words if isinstance(words, Marked) else text(" ".join(str(words).split()))


def tooltip(words: object | None) -> Marked | None:
    """What hovers over something, if anything does."""
    return text(words) if words else None


def marked(sentence: str, /, **values: object) -> Marked:
    """A sentence of ours with Markdown in it, and whatever it speaks of as text."""
    return Marked(filled(sentence, {name: text(value) for name, value in values.items()}))


def marked_n(one: str, many: str, count: Number, /, **values: object) -> Marked:
    """The same where a number decides on the form; it stands in the sentence as `count`."""
    return Marked(tn(one, many, count, **{name: text(value) for name, value in values.items()}))


def joined(parts: Iterable[object], separator: str = " · ") -> Marked:
    """Those of the parts that say something."""
    return Marked(separator.join(text(part) for part in parts if part))


def lines(parts: Iterable[object]) -> Marked:
    """One below the other."""
    return joined(parts, "  \n")


def bullets(parts: Iterable[object]) -> Marked:
    """A list."""
    return Marked("\n".join(f"- {text(part)}" for part in parts))
