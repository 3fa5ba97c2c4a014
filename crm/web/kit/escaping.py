"""Somebody's words as they were written: nothing in them becomes a heading, a link or a formula."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")


def plain(text: object) -> str:
    """Somebody's words, shown as they were written: nothing in them becomes a heading, a link or a formula."""
    return _MARKS.sub(r"\\\1", str(text)).replace("\n", "  \n")
