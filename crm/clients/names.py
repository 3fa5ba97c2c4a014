"""Names as they are compared, and whether two of them can be of one client."""

import re
from functools import cache
from itertools import permutations

from crm.clients.search import fold

HAN = re.compile("[\u3400-\u9fff]")
_PARTS = re.compile(r"[^\W_]+")
_FORMS = frozenset(
    {
        "ltd",
        "limited",
        "llc",
        "llp",
        "lp",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "gmbh",
        "ag",
        "sa",
        "sarl",
        "bv",
        "nv",
        "pte",
        "pty",
        "as",
        "oy",
        "ab",
        "the",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "herr",
        "frau",
        "kg",
        "srl",
        "spa",
    }
)
_HAN_FORMS = re.compile("(股份有限公司|有限责任公司|有限公司|集团|公司|先生|女士|小姐|老师|老板|经理|总监|太太|总)$")
# As they sound alike in several languages: Sophia and Sofia, Mueller and Muller, Yuri and Juri.
_SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("th", "t"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("c", "k"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
)
# Short names that are no beginning of the long one.
_CALLED = {
    "bob": "robert",
    "bobby": "robert",
    "bill": "william",
    "billy": "william",
    "dick": "richard",
    "rick": "richard",
    "liz": "elizabeth",
    "beth": "elizabeth",
    "betty": "elizabeth",
    "peggy": "margaret",
    "jack": "john",
    "johnny": "john",
    "ted": "edward",
    "ned": "edward",
    "sasha": "alexander",
    "sandy": "alexander",
    "tony": "anthony",
    "mike": "michael",
    "mick": "michael",
    "misha": "mikhail",
    "kate": "katherine",
    "katya": "ekaterina",
    "jim": "james",
    "jimmy": "james",
    "joe": "joseph",
    "pepe": "jose",
    "paco": "francisco",
    "vova": "vladimir",
    "dima": "dmitry",
    "hans": "johannes",
    "sepp": "josef",
    "chuck": "charles",
    "charlie": "charles",
    "harry": "henry",
    "hank": "henry",
    "larry": "lawrence",
    "nick": "nicholas",
    "steve": "stephen",
    "andy": "andrew",
    "drew": "andrew",
    "jerry": "gerald",
    "gosia": "malgorzata",
    "kasia": "katarzyna",
}
_SCRIPTS = ("[\u0370-\u03ff]", "[\u0400-\u052f]", "[a-z]", "[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
NEARLY, CLOSE, FEW = 85, 81, 3  # of 100; letters


@cache
def simplified() -> dict[int, str]:
    """Every traditional character, and the simplified one that it is compared as."""
    from opencc import OpenCC  # noqa: PLC0415 -- its tables; the start does not wait for them

    every = [chr(code) for code in range(0x3400, 0xA000)]
    written = OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {ord(old): new for old, new in zip(every, written, strict=True) if old != new}


def plain(name: str) -> str:
    """A name as it is compared: “The Harbour Capital Ltd.” is “capital harbour”, 張偉先生 is 张伟."""
    parts = _PARTS.findall(fold(name).translate(simplified()))
    if HAN.search(name):
        whole = "".join(parts)
        return _HAN_FORMS.sub("", whole) or whole
    return " ".join(sorted(part for part in parts if part not in _FORMS) or sorted(parts))


def may_be_one(one: str, other: str) -> bool:
    """False of two names that are plainly of two: some word of the shorter one has no counterpart in the other.

    A counterpart is the same word in whatever order, case and accents, one with a slip in it, its initial, its beginning, or
    a usual short name. “Brandt, S.” and “Sofia Brandt-Ito” may be one; “Sofia Brandt” and “Lukas Brandt” are two. Names in
    different scripts tell nothing; where both have a part in the same one, that is compared.
    """
    if not (_is_name(one) and _is_name(other)):
        return True
    left, right = _by_script(one), _by_script(other)
    shared = [script for script in left if script in right]
    return not shared or any(_alike(left[script], right[script], script == _SCRIPTS[-1]) for script in shared)


def _is_name(text: str) -> bool:
    """A client without a name is called by its UID or its address."""
    return "@" not in text and any(c.isalpha() for c in text) and not text.lower().startswith("0x")


def _by_script(name: str) -> dict[str, list[str]]:
    """The words of a name by the script in which they are written."""
    found: dict[str, list[str]] = {}
    folded = _HAN_FORMS.sub("", fold(name).translate(simplified()))
    parts = _PARTS.findall(folded)
    for part in [part for part in parts if part not in _FORMS] or parts:
        script = next((script for script in _SCRIPTS if re.search(script, part)), "")
        found.setdefault(script, []).append(part)
    found.pop("", None)
    return found


def _alike(one: list[str], other: list[str], is_unspaced: bool) -> bool:  # noqa: FBT001 -- of a script
    from rapidfuzz import fuzz  # noqa: PLC0415 -- the start does not wait for what only a comparison needs

    joined = ["".join(words) for words in (one, other)]
    if is_unspaced:
        short, long = sorted(joined, key=len)
        return short in long or (len(short) > FEW + 1 and fuzz.ratio(short, long) >= NEARLY - 5)
    if len(one) <= FEW and any("".join(words) == joined[1] for words in permutations(one)):
        return True
    if len(other) <= FEW and any("".join(words) == joined[0] for words in permutations(other)):
        return True
    short_words, long_words = sorted((one, other), key=lambda words: (len(words), sum(map(len, words))))
    return _all_found(short_words, long_words)


def _all_found(words: list[str], among: list[str]) -> bool:
    """Each word has a counterpart of its own; the longest choose first."""
    left = list(among)
    for word in sorted(words, key=len, reverse=True):
        found = max(left, key=lambda it: _counterpart(word, it), default="")
        if not found or not _counterpart(word, found):
            return False
        left.remove(found)
    return True


def _counterpart(one: str, other: str) -> float:
    """0 where two words are not the same name, else how close they are."""
    from rapidfuzz import fuzz  # noqa: PLC0415

    if one == other:
        return 100
    short, long = sorted((one, other), key=len)
    if len(short) == 1 or (len(short) >= FEW and long.startswith(short)):
        return 60 if long.startswith(short) else 0
    called = _CALLED.get(one, one), _CALLED.get(other, other)
    if called[0] == called[1]:
        return 70
    close = max(fuzz.ratio(one, other), fuzz.ratio(_sound(one), _sound(other)))
    if len(short) < FEW:
        return 0
    return close if close >= NEARLY or (close >= CLOSE and one[0] == other[0]) else 0


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", word)
