"""How alike two names are, in letters or in Chinese characters, and which of many are worth comparing.

Names are compared as they sound to a reader: folded, traditional characters as simplified ones, words in any order, without
“Ltd” and 有限公司. Each name meets its neighbours in three sorted lists (forwards, backwards, and by its consonants), so that
100,000 names take seconds; two names that stand far apart in all three are not compared.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from crm.clients.names import HAN, simplified

if TYPE_CHECKING:
    import numpy as np

ALIKE = 90  # of 100; one letter in ten
SHORT, WORD, NEIGHBOURS, BLOCK = 8, 3, 6, 200_000
_VOWELS = str.maketrans("", "", "aeiouyhw ")


def likeness(one: str, other: str) -> int:
    """0 to 100 of two plain names; short ones are alike only if they are equal, for a letter is then half of a name."""
    from rapidfuzz import fuzz  # noqa: PLC0415 -- the start does not wait for what only a comparison needs

    if one == other:
        return 100 if one else 0
    if min(len(one), len(other)) < (SHORT if not HAN.search(one + other) else 4):
        return 0
    return int(fuzz.ratio(one, other, score_cutoff=ALIKE))


def alike(names: Sequence[str], others: Sequence[str] | None = None) -> Iterator[tuple[int, int, int]]:
    """Pairs of places in a list of plain names that are alike, and how much; with `others`, only pairs across both lists."""
    import numpy as np  # noqa: PLC0415
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    every = [*names, *(others or ())]
    pairs = _neighbours(every)
    if others is not None:
        pairs = pairs[(pairs[:, 0] < len(names)) & (pairs[:, 1] >= len(names))]
    for start in range(0, len(pairs), BLOCK):
        block = pairs[start : start + BLOCK]
        left, right = ([every[place] for place in block[:, side]] for side in (0, 1))
        scores = process.cpdist(left, right, scorer=fuzz.ratio, score_cutoff=ALIKE)
        for at in np.flatnonzero(scores):
            score = likeness(left[at], right[at])
            if score:
                yield int(block[at, 0]), int(block[at, 1]), score


def beginnings(name: str) -> list[str]:
    """How the words of a plain name begin, as they may stand in a folded text; a Chinese name begins with one character."""
    if HAN.search(name):
        return [name[0], *(chr(old) for old, new in simplified().items() if new == name[0])]
    return [word[:WORD] for word in name.split() if len(word) >= WORD] or name.split()


def _neighbours(names: Sequence[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    """Pairs of places that stand close to each other in one of the sorted lists, the lower first, each once."""
    import numpy as np  # noqa: PLC0415

    filled = [place for place, name in enumerate(names) if name]
    found = [np.empty(0, dtype=np.int64)]
    for key in (str, _backwards, _consonants):
        order = np.array(sorted(filled, key=lambda place: key(names[place])), dtype=np.int64)
        for step in range(1, min(NEIGHBOURS, len(order) - 1) + 1):
            one, other = order[:-step], order[step:]
            found.append(np.minimum(one, other) * len(names) + np.maximum(one, other))
    codes = np.unique(np.concatenate(found))
    return np.stack(np.divmod(codes, len(names) or 1), axis=1)


def _backwards(name: str) -> str:
    return name[::-1]


def _consonants(name: str) -> str:
    """What a slip of the keyboard leaves: no vowels, no doubled letters."""
    return re.sub(r"(.)\1", r"\1", name.translate(_VOWELS))
