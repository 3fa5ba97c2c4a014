"""What somebody typed, taken apart: words, Chinese runs, numbers; and beside each what means the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crm.search import folding

MOST_LETTERS, MOST_CLAUSES = 300, 24
LONGEST_TERM = 4  # words of an entry of the glossary that are looked for together
LONGEST_RUN = 12  # signs of one
_SHORT_NUMBER = 2
Phrase = tuple[str, ...]
Terms = Mapping[Phrase, tuple[Phrase, ...]]


@dataclass(frozen=True)
class Clause:
    """One thing that is looked for: as it was typed or in other words of the same meaning; `code`: as part of a number."""

    phrases: tuple[Phrase, ...]
    code: str = ""


def terms(entries: Iterable[Sequence[str]]) -> Terms:
    """Every word of the glossary, and the others of its meanings."""
    found: dict[Phrase, list[Phrase]] = {}
    for words in entries:
        phrases = [phrase for word in words if (phrase := tuple(folding.PARTS.findall(folding.folded(word))))]
        for phrase in phrases:
            known = found.setdefault(phrase, [])
            known += [other for other in phrases if other != phrase and other not in known]
    return {phrase: tuple(others) for phrase, others in found.items()}


def clauses(text: str, known: Terms) -> list[Clause]:
    """The clauses of a search in the order in which they were typed, numbers last."""
    rest, codes = folding.typed_codes(text[:MOST_LETTERS])
    parts = folding.PARTS.findall(rest)
    found = [*_clauses(parts, known), *(Clause(((code,),), code) for code in codes)]
    return found[:MOST_CLAUSES]


def _clauses(parts: list[str], known: Terms) -> Iterator[Clause]:
    place = 0
    while place < len(parts):
        length = _length_of_term(parts, place, known)
        if length:
            yield _with_others(tuple(parts[place : place + length]), known)
        elif folding.RUNS.fullmatch(parts[place]):
            yield from _of_run(parts[place], known)
            length = 1
        elif _is_pair(parts, place):  # “vip 7”
            pair = tuple(parts[place : place + 2])
            yield Clause((pair, ("".join(pair),)))
            length = 2
        else:
            yield Clause(((parts[place],),))
            length = 1
        place += length


def _length_of_term(parts: list[str], place: int, known: Terms) -> int:
    """Of how many parts the longest entry is that stands here; 0: none does."""
    lengths = range(min(LONGEST_TERM, len(parts) - place), 0, -1)
    return next((length for length in lengths if tuple(parts[place : place + length]) in known), 0)


def _of_run(run: str, known: Terms) -> Iterator[Clause]:
    """A Chinese run, taken apart where an entry of the glossary stands in it."""
    start = place = 0
    while place < len(run):
        lengths = range(min(LONGEST_RUN, len(run) - place), 1, -1)
        length = next((length for length in lengths if (run[place : place + length],) in known), 0)
        if not length:
            place += 1
            continue
        if place > start:
            yield Clause(((run[start:place],),))
        yield _with_others((run[place : place + length],), known)
        start = place = place + length
    if start < len(run):
        yield Clause(((run[start:],),))


def _with_others(phrase: Phrase, known: Terms) -> Clause:
    return Clause((phrase, *known[phrase]))


def _is_pair(parts: list[str], place: int) -> bool:
    if place + 1 >= len(parts):
        return False
    word, number = parts[place : place + 2]
    return word.isalpha() and word.isascii() and number.isdigit() and len(number) <= _SHORT_NUMBER
