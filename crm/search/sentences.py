"""Where in a text a hit stands: its sentence, and which letters of it were looked for."""

import re
from collections.abc import Iterable, Sequence

from crm.search import folding

LONGEST = 200  # letters of what is shown
_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?](?!\s|$)[^.!?。！？\n]*)*[.!?。！？\n]*")
Mark = tuple[int, int]


def best(texts: Iterable[str], words: Sequence[str]) -> tuple[str, tuple[Mark, ...]]:
    """The sentence with most of the words, cut to what can be shown, and where they stand in it."""
    sentences = [found.strip() for text in texts if text for found in _SENTENCE.findall(text) if found.strip()]
    scored = [(_score(one, words), -place, one) for place, one in enumerate(sentences)]
    if not scored:
        return "", ()
    chosen = max(scored)[2]
    marks = marks_of(chosen, words)
    if len(chosen) <= LONGEST:
        return chosen, marks
    start = max(0, (marks[0][0] if marks else 0) - LONGEST // 4)
    cut = chosen[start : start + LONGEST]
    return cut, marks_of(cut, words)


def _score(sentence: str, words: Sequence[str]) -> int:
    plain = folding.folded(sentence)
    return sum(len(word) for word in words if word in plain)


def marks_of(text: str, words: Sequence[str]) -> tuple[Mark, ...]:
    """Spans of the text, in order and apart, in which a folded word stands."""
    plain, places = _with_places(text)
    spans = sorted(
        (places[found.start()], places[found.end() - 1] + 1)
        for word in words
        if word
        for found in re.finditer(re.escape(word), plain)
    )
    apart: list[Mark] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


def _with_places(text: str) -> tuple[str, list[int]]:
    """The text folded letter by letter, and from which letter of the text each came."""
    plain, places = "", []
    for place, letter in enumerate(text):
        folded = folding.folded(letter)
        plain += folded
        places += [place] * len(folded)
    return plain, places
