"""The number formats of workbooks: what a number looks like in its cell, where that says more than the number itself.

A format may add the zeros of a code, a prefix, the currency, a unit, or make a share of a number. How many decimals are shown,
and marks of thousands, say nothing: the number counts. One that is shown in thousands or millions is read in full.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<money>[^\]-]*)(?:-(?P<locale>[^\]]*))?\]|\[(?P<condition>[<>=]+-?[\d.]+)\]'
    r"|\[[^\]]*\]|_.|\*.|(?P<digits>[0#?]+)|(?P<general>General)|(?P<point>\.)|(?P<comma>,+)|(?P<percent>%)|(?P<power>E[+-])"
    r"|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*)(?:;|$)')
_CONDITION = re.compile(r"([<>=]+)(-?[\d.]+)")
# Signs that may stand between digits, or around them, and are only for the eye.
_GROUPING = re.compile(r"[\s,.'’\u00a0\u202f]*")
_EMPTY = re.compile(r"[\s()\-–−:;,.'’/\u00a0\u202f]*")
_COUNTED = re.compile(r"(?i)\s*(pcs|x|times|trades|fills|orders|rows|items|笔|次|个|條|条|件)\.?\s*")
# Whose dollars or yen they are, by the land of the format: its number in old workbooks, its tag in new ones.
_LANDS = {
    "804": "CNY",
    "CN": "CNY",
    "411": "JPY",
    "JP": "JPY",
    "C04": "HKD",
    "HK": "HKD",
    "404": "TWD",
    "TW": "TWD",
    "1004": "SGD",
    "SG": "SGD",
    "C09": "AUD",
    "AU": "AUD",
    "1009": "CAD",
    "CA": "CAD",
    "1409": "NZD",
    "NZ": "NZD",
    "80A": "MXN",
    "MX": "MXN",
}
_MONEY = re.compile(
    r"[A-Z]{0,3}\$|[€£¥￥₩₽₹₺₿฿]|[元円]|\b(?:USD[TC]?|EUR|GBP|JPY|CN[YH]|RMB|HKD|TWD|SGD|KRW|AUD|CAD|NZD|CHF|INR|RUB|TRY|BRL|MXN"
    r"|AED|THB|IDR|VND|PHP|PLN|SEK|NOK|DKK|ZAR|BTC|ETH)\b"
)
_EXACT = 2.0**53


@dataclass(frozen=True)
class _Section:
    """One part of a format. `before`, `after`: words around the digits; `pieces`: placeholders and what stands between them."""

    condition: str
    has_number: bool
    pieces: tuple[str, ...]
    before: str
    after: str
    has_point: bool
    is_grouped: bool
    is_scaled: bool
    percents: int

    @property
    def digits(self) -> str:
        return "".join(piece for piece in self.pieces if _is_digits(piece))

    @property
    def least(self) -> int:
        """So many digits are shown at least: every place behind the first zero counts."""
        return len(self.digits.lstrip("#?"))

    @property
    def is_code(self) -> bool:
        """It writes a number down as a text of digits: with zeros before it, with something between them or around."""
        if self.has_point or self.is_grouped or self.is_scaled or self.percents or not self.digits:
            return False
        between = "".join(piece for piece in self.pieces if not _is_digits(piece))
        return self.least > 1 or not _GROUPING.fullmatch(between) or not _EMPTY.fullmatch(self.before)

    def holds(self, number: float) -> bool:
        sign, limit = _CONDITION.fullmatch(self.condition).groups()  # type: ignore[union-attr]
        tests = {"<": number < float(limit), ">": number > float(limit), "=": number == float(limit)}
        return any(tests[one] for one in sign if one in tests) if sign != "<>" else number != float(limit)


@dataclass(frozen=True)
class NumberFormat:
    sections: tuple[_Section, ...]

    @property
    def matters(self) -> bool:
        """Whether any number would look different from what it is."""
        return any(_says_more(section) for section in self.sections)

    def shown(self, number: float, plain: str) -> str:
        """What stands in the cell, or `plain`, which is the number itself, where that says as much."""
        section, is_signed = self._section(number)
        if not _says_more(section):
            return plain
        sign = "-" if number < 0 and not is_signed else ""
        whole = float(number).is_integer() and abs(number) < _EXACT
        if section.is_code and whole:
            return f"{sign}{section.before}{_laid_out(section, str(abs(int(number))))}{section.after}".strip()
        return _amount(section, sign or ("-" if number < 0 else ""), plain.lstrip("-"))

    def _section(self, number: float) -> tuple[_Section, bool]:
        """The part that is used for a number, and whether it writes the minus itself."""
        parts = self.sections
        if any(part.condition for part in parts):
            found = next((part for part in parts if not part.condition or part.holds(number)), parts[-1])
            return found, False
        if number < 0 and len(parts) > 1:
            return parts[1], True
        return (parts[2], False) if number == 0 and len(parts) > 2 else (parts[0], False)  # noqa: PLR2004


@lru_cache(maxsize=1000)
def format_of(code: str) -> NumberFormat:
    parts = [found.group(1) for found in _SECTION.finditer(code)]
    return NumberFormat(tuple(_section(part) for part in parts[:4] if part) or (_section("General"),))


def _section(code: str) -> _Section:
    tokens = [(found.lastgroup or "", found) for found in _TOKEN.finditer(code)]
    condition = next((found.group("condition") for _, found in tokens if found.group("condition")), "")
    places = [place for place, (kind, _) in enumerate(tokens) if kind in ("digits", "general")]
    first, last = (places[0], places[-1]) if places else (len(tokens), len(tokens))
    inside, behind = tokens[first : last + 1], tokens[last + 1 :]
    point = next((place for place, (kind, _) in enumerate(inside) if kind == "point"), len(inside))
    return _Section(
        condition=condition,
        has_number=bool(places),
        pieces=tuple(_text(kind, found) for kind, found in inside if kind not in ("comma", "point", "general")),
        before=_words(tokens[:first]),
        after=_words(behind),
        has_point=point < len(inside) or any(kind == "power" for kind, _ in tokens),
        is_grouped=any(kind == "comma" for kind, _ in inside[:point]),
        is_scaled=any(kind == "comma" for kind, _ in [*behind, *inside[max(point - 1, 0) : point]]),
        percents=sum(kind == "percent" for kind, _ in tokens),
    )


def _words(tokens: Sequence[tuple[str, re.Match[str]]]) -> str:
    return "".join(_text(kind, found) for kind, found in tokens if kind not in ("comma", "percent", "digits"))


def _text(kind: str, found: re.Match[str]) -> str:
    if found.group("money") is not None:
        return _money(found.group("money"), found.group("locale") or "")
    if kind in ("condition", "power", "point", "percent") or not kind:
        return " " if found.group(0).startswith("_") else ""
    return found.group(kind)


def _money(sign: str, locale: str) -> str:
    land = _LANDS.get(locale.upper()) or _LANDS.get(locale.upper().rpartition("-")[2])
    return land if land and sign.endswith(("$", "¥", "￥")) else sign


def _is_digits(piece: str) -> bool:
    return bool(piece) and not piece.strip("0#?")


def _says_more(section: _Section) -> bool:
    around = section.before + section.after
    if not section.has_number or _COUNTED.fullmatch(around):
        return False
    if section.is_scaled:
        return bool(_MONEY.search(around))
    return section.is_code or not _EMPTY.fullmatch(around.replace("+", "")) or bool(section.percents)


def _laid_out(section: _Section, digits: str) -> str:
    """The digits on their places from the right; what has no place stands before the first."""
    left = list(digits.zfill(section.least))
    parts = []
    free = len(section.digits)
    for piece in reversed(section.pieces):
        if not _is_digits(piece):
            parts.append(piece)
            continue
        free -= len(piece)
        count = len(left) if free == 0 else min(len(piece), len(left))
        parts.append("".join(left[len(left) - count :]))
        del left[len(left) - count :]
    return "".join(reversed(parts))


def _amount(section: _Section, sign: str, number: str) -> str:
    if section.percents:
        return f"{sign}{_times_hundred(number, section.percents)}{'%' * section.percents}"
    before, after = (
        "".join(_MONEY.findall(words)) if section.is_scaled else words for words in (section.before, section.after)
    )
    before, after = before.strip(" ()+-−–\u00a0"), after.rstrip(" ()-\u00a0")
    # 123.456 could be read as thousands where a mark of money hides that it was a number.
    told = f"{number}0" if (before or after) and re.fullmatch(r"\d{1,3}\.\d{3}", number) else number
    return f"{sign}{before}{' ' if before[-1:].isalpha() else ''}{told}{after}".strip()


def _times_hundred(number: str, times: int) -> str:
    from decimal import Decimal  # noqa: PLC0415 -- most workbooks have no shares

    found = Decimal(number).scaleb(2 * times).normalize()
    return format(found, "f")
