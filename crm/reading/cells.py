"""What a single cell looks like: a number, a day, a mail address, words, or leftovers of a wrong cut."""

import re
from functools import lru_cache

from crm.ground.texts import NARROWED

_SIGN = r"[-+−]?"
_CURRENCY = r"(?:[$€£¥₽₹₩฿]|US\$|HK\$|USDT?|USDC|EUR|GBP|CNY|RMB|BTC|ETH)"
_AMOUNT = r"(?:\d{1,3}(?:[, '’.\u00a0]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d{1,3})?"
_DAY = (
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{1,2}[-/. ]?[A-Za-z]{3,9}[-/., ]{0,2}\d{2,4}"
    r"|[A-Za-z]{3,9}[-/. ]{1,2}\d{1,2},? \d{4}|[A-Za-z]{3,9}[-/. ]\d{2,4}|\d{1,2}[-/. ][A-Za-z]{3})"
)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|[-+]\d{2}:?\d{2}))?"

KINDS = {
    "number": rf"\(?{_SIGN} ?(?:{_CURRENCY} ?)?{_SIGN}{_AMOUNT}(?: ?(?:%|‰|{_CURRENCY}|[kKmMbB]|[A-Z]{{3,5}}))?\)?",
    "day": rf"{_DAY}|{_DAY}[T ,]{{1,2}}{_CLOCK}",
    "clock": _CLOCK,
    "missing": r"(?i:n/?a|nan|null|none|nil|-{1,3}|\?|#n/a|\\n|missing|unknown|tbc|tbd|无|—|''|\"\")",
    "truth": r"(?i:true|false|yes|no|y|n|t|f|是|否)",
    "mail": r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+",
    "link": r"(?i:(?:https?|ftp|file)://\S+|www\.\S+|//\S+)",
    "address": r"\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?:/\d+)?|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){3,7}|0x[0-9a-fA-F]{6,}",
    "handle": r"[@#][\w.-]+",
    "phone": r"\+?\(?\d[\d ()./-]{5,20}\d(?: ?(?:x|ext\.?) ?\d{1,6})?",
    "code": r"(?=\S*\d)[A-Za-z0-9_./:#+-]+",
}
_KNOWN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in KINDS.items()))
TYPED = frozenset(KINDS) - {"missing", "truth", "code", "handle"}


@lru_cache(maxsize=65536)
def kind_of(cell: str) -> str:
    """One of KINDS, "empty" or "text"."""
    text = cell.strip() if cell.isascii() else cell.strip().translate(NARROWED)
    if not text:
        return "empty"
    if len(text) > 80:  # noqa: PLR2004 -- nothing typed is so long, except a link
        return "link" if text.startswith(("http://", "https://")) and " " not in text else "text"
    found = _KNOWN.fullmatch(text)
    return found.lastgroup or "text" if found else "text"
