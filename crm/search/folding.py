"""How a text is compared: folded, simplified, Chinese apart from the rest; how names sound; digits of numbers."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import combinations

from crm.clients import telephones
from crm.clients.names import simplified
from crm.clients.search import fold

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUNS = re.compile(f"[{HAN}]+")
WORDS = re.compile(rf"[^\W_{HAN}]+")
PARTS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
LONGEST_SPELT = 8  # signs of a name that are also found from any sign on
LEAST_DIGITS = 4
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_OTHER_FORMS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\uff00-\uffef\u2460-\u24ff]")
_CODE = re.compile(r"[0-9a-z]+")
_APART = re.compile(r"(?<=\d)[\s().\-/]+(?=\d)|(?<=\d)[\s().\-/]+(?=\()|(?<=\))[\s.\-/]*(?=\d)|\((?=\d)|(?<=\d)\)")


def folded(text: str) -> str:
    """Lower case, half width, no accents, simplified; 1,140 is 1140."""
    if text.isascii():
        return _GROUPED.sub("", text.lower()) if "," in text else text.lower()
    if _OTHER_FORMS.search(text):
        text = unicodedata.normalize("NFKC", text)
    plain = (fold(text) if _accented().search(text) else text).lower()
    if _traditional().search(plain):
        plain = plain.translate(simplified())
    return _GROUPED.sub("", plain)


def signs(plain: str) -> str:
    """The Chinese runs of a folded text."""
    return "" if plain.isascii() else " ".join(RUNS.findall(plain))


def spellings(name: str) -> list[str]:
    """How a Chinese name is typed without Chinese: its syllables one by one and joined from any sign on, and initials."""
    found: list[str] = []
    for run in RUNS.findall(folded(name)):
        syllables = _syllables(run)
        if len(run) <= LONGEST_SPELT:
            ends = combinations(range(len(syllables) + 1), 2)
            found += ["".join(syllables[first:last]) for first, last in ends]
        else:
            found += [*syllables, "".join(syllables)]
        found.append("".join(one[0] for one in syllables))
    return found


def codes(*texts: str | None) -> list[str]:
    """UIDs, addresses and telephones as they are found by a part: small letters and digits alone."""
    return [code for text in texts if text and len(code := "".join(_CODE.findall(folded(text)))) >= LEAST_DIGITS]


def typed_codes(text: str) -> tuple[str, list[str]]:
    """What of a search may be part of a UID or a telephone in any form people write, and the search without it."""
    number = telephones.TRUNK.sub(r"\1", telephones.plain(text))  # +44 (0)20 is +44 20
    joined = _APART.sub("", folded(number).replace("+", " "))
    found = [word for word in joined.split() if _is_code(word)]
    rest = " ".join(word for word in joined.split() if not _is_code(word))
    return rest, ["".join(_CODE.findall(word)).lstrip("0") if word.isdigit() else word for word in found]


def _is_code(word: str) -> bool:
    return (word.isdigit() and len(word) >= LEAST_DIGITS + 1) or bool(re.fullmatch(r"0x[0-9a-f]{2,}", word))


@lru_cache(maxsize=50_000)
def _syllables(run: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- its tables; the start does not wait for them

    return tuple(str(one).lower().replace("ü", "v") for one in lazy_pinyin(run) if one)


@cache
def _accented() -> re.Pattern[str]:
    """Letters that are more than small when they are folded; most texts have none."""
    letters = (chr(code) for code in (*range(0x80, 0x2000), *range(0xFF00, 0x10000)))
    return re.compile(f"[{''.join(re.escape(one) for one in letters if fold(one) != one.lower())}]")


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, simplified()))}]")
