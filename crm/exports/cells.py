"""How a value is written into a cell, so that no spreadsheet takes it for a formula."""

import re
from datetime import date, datetime
from decimal import Decimal

import orjson

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
# Written wide they count too: an East Asian spreadsheet takes them for the narrow ones.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r")
_GUARDED = re.compile(f"'+[{re.escape(''.join(_FORMULA))}]")
_SEPARATORS = re.compile(r"^\s*[\[{]|[;|,，；、]")
_DIGITS = 15


def text(value: object) -> str:
    """ISO days and moments, plain decimals, lists joined by semicolons; nothing for None."""
    match value:
        case None:
            written = ""
        case bool():
            written = str(value).lower()
        case Decimal():
            written = plain(value)
        case date() | datetime():
            written = value.isoformat()
        case list() | tuple():
            written = _joined([text(part) for part in value])
        case dict():
            written = orjson.dumps(value).decode()
        case _:
            written = str(value)
    return written


def plain(number: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    written = f"{number:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written in ("-0", "") else written


def harmless(value: object) -> str:
    """The same with an apostrophe before what a spreadsheet would calculate; plain numbers and phone numbers stay."""
    written = guarded(value)
    if not isinstance(value, str | list) or not written.startswith(_FORMULA) or _NUMBER.fullmatch(written):
        return written
    return f"'{written}"


def guarded(value: object) -> str:
    """The importer takes the apostrophe off again: a text that really begins with one gets another."""
    written = text(value)
    return f"'{written}" if isinstance(value, str | list) and _GUARDED.match(written) else written


def fits_a_number(number: Decimal | float) -> bool:
    """A spreadsheet keeps fifteen digits of a number; one of more is written as text."""
    return len(plain(Decimal(str(number))).strip("-0.").replace(".", "")) <= _DIGITS


def _joined(parts: list[str]) -> str:
    """By semicolons; as a JSON list where a part holds one of the signs by which lists are taken apart."""
    return orjson.dumps(parts).decode() if any(map(_SEPARATORS.search, parts)) else ";".join(parts)


def typed(value: object) -> object:
    """A value for JSON: amounts are numbers with all their digits."""
    if isinstance(value, Decimal):
        return orjson.Fragment(plain(value))
    raise TypeError(type(value).__name__)
