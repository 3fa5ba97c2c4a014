"""What the title of a column, or a line above the table, says of the money below it: “Volume (k USD)”, “Turnover in GBP”."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crm.intake.headers import squeezed
from crm.intake.money.currencies import COMMON, DOLLARS
from crm.intake.money.wording import Money, money_in

_BRACKETS = re.compile(r"[(（\[【{]([^()（）\[\]【】{}]*)[)）\]】}]")
_IN = re.compile(r"^(.*?\S)\s*[,;:]?\s+(?:in|en|à|em)\s+(.+)$", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z]{2,})|(?<=[a-z])(?=(?:Usd|Eur|Gbp|Jpy|Cny|Hkd)[a-z]?$)")
_LAST = re.compile(r"^(.*[^\s_,;/|·-])[\s_,;/|·-]+([^\s_,;/|·-]+)$")
_FIRST = re.compile(r"^([^\s_,;/|·-]+)[\s_,;/|·-]+(.*)$")
_ABOVE = re.compile(
    r"(?:\b(?:in|currency|ccy|units?|einheit|währung|angaben in|montants en)\b|单位|單位|货币|貨幣|币种|幣種|単位|通貨)\s*[:：=]?\s*(.+)$",
    re.IGNORECASE,
)
# Capitals in brackets that are no coin.
_NO_COIN = re.compile(
    r"UTC|GMT|CET|EST|IST|HKT|YTD|MTD|QTD|AVG|NET|GROSS|EST|ID|UID|VIP|PNL|API|SUM|MAX|MIN|ALL|NEW|OLD|INCL|EXCL"
)
_MOST_WORDS = 6


@dataclass(frozen=True)
class Titled:
    """A title without its money, as titles are compared, and the money."""

    name: str
    money: Money


@lru_cache(maxsize=10_000)
def titled(title: str) -> Titled | None:
    """None where a title says nothing of money."""
    text = unicodedata.normalize("NFKC", title).strip()
    found: list[Money] = []
    for bracket in list(_BRACKETS.finditer(text)):
        if money := _bracketed(bracket.group(1)):
            found.append(money)
            text = text.replace(bracket.group(0), " ", 1)
    rest, trailing = _trailing(" ".join(text.split()))
    found += [trailing] if trailing else []
    money = _merged(found)
    return Titled(squeezed(rest), money) if money and rest else None


def is_share(title: str) -> bool:
    """“Fee %”: how large a part of something an amount is, and no amount."""
    return re.search(r"(?i)[%％‰]|\b(percent|pct|bps)\b", title) is not None


@lru_cache(maxsize=1_000)
def above(lines: tuple[str, ...]) -> Money | None:
    """What the lines above a table say of all amounts below: “in thousands of USD”, “单位：万元”."""
    found = [money for line in lines for part in re.split(r"[()（）\[\];；]", line) if (money := _of_line(part))]
    return _merged(found)


def _of_line(line: str) -> Money | None:
    match = _ABOVE.search(line)
    if not match:
        return None
    words: Sequence[str] = match.group(1).strip(" .。").split()[:_MOST_WORDS]
    each = (money_in(" ".join(words[:count])) for count in range(len(words), 0, -1))
    return next((money for money in each if money and not money.is_doubtful), None)


def _bracketed(inside: str) -> Money | None:
    code = inside.strip()
    any_code = not _NO_COIN.fullmatch(code)
    return money_in(inside, any_code=any_code)


def _trailing(text: str) -> tuple[str, Money | None]:
    """A title without “in EUR”, “, USD” or “ (in) k€” at its end, or “USD ” before it."""
    if (match := _IN.match(text)) and (money := money_in(match.group(2))):
        return match.group(1), money
    text = " ".join(_CAMEL.sub(" ", text).split())
    rest = text
    found: list[Money] = []
    while (match := _LAST.match(rest)) and (money := money_in(match.group(2))) and _is_plain(match.group(2), text):
        rest, found = match.group(1), [*found, money]
    if not found and (match := _FIRST.match(text)) and (money := money_in(match.group(1))) and money.currency:
        return match.group(2), money
    merged = _merged(found)
    return (rest, merged) if merged and not merged.is_doubtful else (text, None)


def _is_plain(word: str, title: str) -> bool:
    """In a title of capitals every word looks like a code: of those, FEES ALL is no money of Albania."""
    return not title.isupper() or word.casefold() in COMMON or not word.isalpha() or word in DOLLARS


def _merged(found: Sequence[Money]) -> Money | None:
    currencies = {one.currency for one in found if one.currency}
    scales = {one.scale for one in found if one.scale}
    if not found or len(currencies) > 1 or len(scales) > 1:
        return None
    doubtful = all(one.is_doubtful for one in found)
    return Money("".join(currencies), max(scales, default=0), is_doubtful=doubtful)
