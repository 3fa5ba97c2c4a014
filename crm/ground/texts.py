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

# What parts cells for some program: other separators than ours, and each line end. FORMULA without two of them.
PARTS_CELLS = ",;\t\n\r\v\f\u0085\u2028\u2029"
CALCULATED = "=+@\uff1d\uff0b\uff20\uff0d-"
# Blanks, controls and everything that Unicode lets no font draw, but for what parts cells; for patterns.
INVISIBLE = (
    "\x01-\x08\x0e-\x20\x7f-\x84\x86-\xa0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u202a-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
# What keeps a formula from being one: at the start of a cell as everybody does it, inside it so that only we take it off.
APOSTROPHE, INNER = "'", "\u2060'"

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_STARTS = re.compile(f"(['{INVISIBLE}{PARTS_CELLS}]*)[{FORMULA}]")
_INSIDE = re.compile(f'(?<=[{PARTS_CELLS}])(?=[{INVISIBLE}"]*[{CALCULATED}])')
_INSIDE_GUARDED = re.compile(f'(?<=[{PARTS_CELLS}])({INNER})(?=({INNER})*[{INVISIBLE}"]*[{CALCULATED}])')
_LISTED = re.compile(rf"^\s*[\[{{({''.join(quotes[0] for quotes in QUOTES)}]|[{SEPARATORS}\n\\]")
_KEPT_AS_TEXT = re.compile(r'="[^"]*"')  # how other programs keep a number a text; the importer takes it off


def is_apart(text: str) -> bool:
    """Inside a list that is written with separators, this text would be taken apart."""
    return _LISTED.search(text) is not None or re.search(NO_ITEM, text) is not None


def quoted(item: str) -> str:
    """An item as the importer reads it as one, whatever signs stand in it."""
    return '"' + item.replace("\\", "\\\\").replace('"', '""') + '"'


def guarded(text: str) -> str:
    """The importer takes an apostrophe before a formula off; a text that really has one gets another."""
    inside = _INSIDE_GUARDED.sub(r"\1\1", text)
    is_taken = _has_apostrophe(text) or _KEPT_AS_TEXT.fullmatch(text.strip(BLANKS))
    return APOSTROPHE + inside if is_taken else inside


def unguarded(text: str) -> str:
    """Without the apostrophes before what a spreadsheet would calculate: as the importer reads a cell."""
    is_taken = text.startswith(APOSTROPHE) and _STARTS.match(text)
    return _INSIDE_GUARDED.sub("", text[1:] if is_taken else text)


def disarmed(text: str) -> str:
    """With an apostrophe before what a spreadsheet would calculate; plain numbers, phone numbers and ="007" stay.

    Also where a cell would begin for a program that parts cells by other signs or ends lines at other ones.
    """
    inside = _INSIDE.sub(INNER, text)
    is_plain = _NUMBER.fullmatch(text) or _KEPT_AS_TEXT.fullmatch(text)
    return inside if is_plain or _has_apostrophe(text) or not _STARTS.match(text) else APOSTROPHE + inside


def harmless(text: str) -> str:
    """Disarmed in such a way that the importer reads the very text again, whatever it is."""
    return disarmed(guarded(text))


def _has_apostrophe(text: str) -> bool:
    """One stands before the sign by which a formula begins."""
    starts = _STARTS.match(text)
    return starts is not None and APOSTROPHE in starts[1]
