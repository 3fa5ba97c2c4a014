"""Signs that mean something in a cell, to whoever reads a list as to whoever writes one."""

import re
import string

# What may stand around a cell and says nothing, among it what Asian keyboards and Windows leave.
BLANKS = " \t\r\n\u00a0\u3000\ufeff"
# What takes a list in one cell apart.
SEPARATORS = ";|,，；、"
# What may stand around one item of such a list: opening and closing.
QUOTES = tuple(zip("\"'“„‘«「『＂", "\"'”“’»」』＂", strict=True))
# An item that only fills its place. “NA” and “TBD” may well be what somebody is marked with.
NO_ITEM = r"(?i)^([-–—―_/\\.]+|none|null|nil|nan|n/a|无|無|没有|暂无)$"
# What a spreadsheet calculates begins with one; written wide they count too. The hyphen is the last, for patterns.
FORMULA = "=+@\uff1d\uff0b\uff20\t\r\uff0d-"

# Codes and numbers as Chinese keyboards write them in full width, and the plain signs that they stand for.
_SIGNS = f"{string.digits}{string.ascii_letters}+-.,/:@_%$#()&"
# Arabic and Persian digits and their marks of decimals and thousands have plain ones, too.
_ARABIC = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬"
PLAIN = f"{_SIGNS}¥{string.digits * 2}.,"
WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in _SIGNS) + "\uffe5" + _ARABIC
# Marks that nobody sees: of width 0, of the direction of writing, soft hyphens.
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
NARROWED = str.maketrans(WIDE, PLAIN)

# What may stand before the name of somebody at a messenger.
PROFILES = r"^(https?://)?(www\.|mobile\.)?(t\.me|telegram\.me|telegram\.dog|x\.com|twitter\.com|wa\.me|line\.me/ti/p)/"

# What a cell of a workbook ends with that could not hold a whole text.
CUT = " ... (cut: a cell holds 32,767 letters)"
# The sheet of our workbooks that holds the rest of such texts by their numbers, and where the cell says its number.
LONG_TEXTS, LONG_TEXTS_HEADER = "Long texts", ["No.", "Text"]
CONTINUED = " (no. {number} in “Long texts”)" + CUT

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_GUARDED = re.compile(f"'+[{FORMULA}]")
_LISTED = re.compile(rf"^\s*[\[{{({''.join(quotes[0] for quotes in QUOTES)}]|[{SEPARATORS}\n\\]")
_KEPT_AS_TEXT = re.compile(r'="[^"]*"')  # how other programs keep a number a text; the importer takes it off


def is_apart(text: str) -> bool:
    """Inside a list that is written with separators, this text would be taken apart."""
    return _LISTED.search(text) is not None or re.search(NO_ITEM, text) is not None


def quoted(item: str) -> str:
    """An item as the importer reads it as one, whatever signs stand in it."""
    return '"' + item.replace("\\", "\\\\").replace('"', '""') + '"'


def guarded(text: str) -> str:
    """The importer takes an apostrophe before a formula off; a text that really begins with one gets another."""
    return f"'{text}" if _GUARDED.match(text) or _KEPT_AS_TEXT.fullmatch(text.strip(BLANKS)) else text


def unguarded(text: str) -> str:
    """Without the apostrophe before what a spreadsheet would calculate: as the importer reads a cell."""
    return text[1:] if _GUARDED.match(text) else text


def disarmed(text: str) -> str:
    """With an apostrophe before what a spreadsheet would calculate; plain numbers, phone numbers and ="007" stay."""
    is_plain = _NUMBER.fullmatch(text) or _KEPT_AS_TEXT.fullmatch(text)
    return f"'{text}" if text.startswith(tuple(FORMULA)) and not is_plain else text


def harmless(text: str) -> str:
    """Disarmed in such a way that the importer reads the very text again, whatever it is."""
    return disarmed(guarded(text))
