"""The words around an amount, or in a title: “k USD”, “in Tsd. €”, “万元”, “(mn)”, “HK$”."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from crm.intake.money.currencies import COMMON, NAMES, QUOTES, SIGNS, canonical, is_dollar

ONE = "one"
SCALES = {
    ONE: 1,
    "thousand": 1_000,
    "ten_thousand": 10_000,
    "hundred_thousand": 100_000,
    "million": 1_000_000,
    "ten_million": 10_000_000,
    "hundred_million": 100_000_000,
    "billion": 1_000_000_000,
}
_SPELT = {
    **dict.fromkeys(
        ("k", "'000", "’000", "000", "000s", "'000s", "000's", "thousand", "thousands", "thds", "ths"), 1_000
    ),
    **dict.fromkeys(("tsd", "tausend", "milliers", "miles", "mille", "千", "仟", "тыс"), 1_000),
    **dict.fromkeys(("万", "萬", "ten thousand", "ten thousands"), 10_000),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 100_000),
    **dict.fromkeys(("m", "mm", "mn", "mio", "mln", "mill", "million", "millions", "millionen", "millones"), 1_000_000),
    **dict.fromkeys(("百万", "百萬", "млн"), 1_000_000),
    **dict.fromkeys(("千万", "千萬", "crore", "crores"), 10_000_000),
    **dict.fromkeys(("亿", "億"), 100_000_000),
    **dict.fromkeys(
        ("b", "bn", "bln", "billion", "billions", "mrd", "milliarden", "milliards", "十亿", "十億"), 1_000_000_000
    ),
}
_FILLING = """in of amounts amount figures figure values value equivalent equiv eq equ ca approx unit units all are is the and both
    gross net currency ccy money 单位 單位 货币 貨幣 币种 幣種 単位 通貨 金额 金額 等值 约合 约 约为 大约 以 计 計 計價 einheit währung
    en angaben montants importes valores"""
_FILLERS = frozenset(_FILLING.split())
_BETWEEN = r"[\s/,;:=·•|()（）\[\]【】{}\"“”*~≈]+"
_US_DOLLARS = re.compile(r"\bU\.?S\.?[ -]?dollars?\b", re.IGNORECASE)
_UNKNOWN_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_LONGEST = 40


@dataclass(frozen=True)
class Money:
    """`currency`: "" where nothing says; every dollar is "USD". `scale`: by what an amount is multiplied; 0 where nothing says.

    `is_doubtful`: a single letter stands for the scale, with no currency beside it.
    """

    currency: str = ""
    scale: int = 0
    is_negative: bool = False
    is_doubtful: bool = False

    @property
    def factor(self) -> int:
        return self.scale or 1


def scale_named(factor: int) -> str:
    return next(name for name, size in SCALES.items() if size == factor)


@lru_cache(maxsize=10_000)
def money_in(text: str, *, any_code: bool = False) -> Money | None:
    """What words say of money; None where one of them says something else. `any_code`: capitals are a coin nobody knows."""
    plain = _plain(text)
    if len(plain) > _LONGEST:
        return None
    found = _whole(plain)
    if not found:
        words = [word for word in re.split(_BETWEEN, plain) if word and word.casefold() not in _FILLERS]
        parts = [_whole(word, any_code=any_code) for word in words]
        found = [one for part in parts if part for one in part] if all(parts) else []
    return _together(found, plain)


@lru_cache(maxsize=10_000)
def affixed(before: str, behind: str) -> Money | None:
    """What stands around the digits of a cell; None where it is no money."""
    signs = f"{before} {behind}"
    signs = re.sub(r"[.,][-–—]+(?=\s|$)", "", signs)  # CHF 5.-
    is_negative = bool(re.search(r"[-−–]|\(.*\)|\bDR\b", signs, re.IGNORECASE))
    kept = re.sub(r"(?i)[-−–+()'’]|\b[CD]R\b", " ", signs)
    kept = re.sub(r"(?<![A-Za-z])\.|\.(?=\s*$)", " ", kept)
    if not kept.strip(" =\"'"):
        return Money(is_negative=is_negative)
    found = money_in(kept, any_code=True)
    return found and Money(found.currency, found.scale, is_negative)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.replace("＄", "$").replace("￥", "¥")).strip()
    return _US_DOLLARS.sub("USD", plain)


def _together(found: Iterable["str | int"], text: str) -> Money | None:
    """Dollars of several names are dollars; of two scales, or two currencies, nobody knows which counts."""
    currencies = {"USD" if is_dollar(one) else one for one in found if isinstance(one, str)}
    scales = {one for one in found if isinstance(one, int)}
    if len(currencies) > 1 or len(scales) > 1 or not (currencies or scales):
        return None
    is_doubtful = not currencies and len(text.strip(" ()[]'.")) == 1 and text.isascii()
    return Money("".join(currencies), max(scales, default=0), is_doubtful=is_doubtful)


@lru_cache(maxsize=10_000)
def _whole(word: str, *, any_code: bool = False) -> "list[str | int]":
    """The one or two things that a word says, such as kUSD and 万元; nothing where it says more."""
    alone = _one(word)
    if alone is not None:
        return [alone]
    for cut in range(1, len(word)):
        first, second = _one(word[:cut]), _one(word[cut:])
        if first is not None and second is not None and isinstance(first, int) != isinstance(second, int):
            return [first, second]
    if word[:1] in "tT" and isinstance(thousands := _one(word[1:]), str):
        return [thousands, 1_000]
    return [word] if any_code and _UNKNOWN_CODE.fullmatch(word) else []


def _one(word: str) -> "str | int | None":
    """The currency or the scale that a word is."""
    lower = word.casefold()
    if word in SIGNS:
        return SIGNS[word]
    if lower in NAMES:
        return NAMES[lower]
    if lower.rstrip(".") in _SPELT or lower in _SPELT:
        return _SPELT.get(lower) or _SPELT[lower.rstrip(".")]
    if word in QUOTES or lower in COMMON:
        return canonical(word)
    return None
