"""How a value is written into a cell, so that no spreadsheet takes it for a formula."""

from datetime import date, datetime
from decimal import Decimal

import orjson

from crm.ground import texts

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
    """The same, so that no spreadsheet calculates it."""
    return texts.harmless(text(value)) if isinstance(value, str | list) else text(value)


def guarded(value: object) -> str:
    """The same for a cell that is marked as text, in which nothing is calculated."""
    return texts.guarded(text(value)) if isinstance(value, str | list) else text(value)


def fits_a_number(number: Decimal | float) -> bool:
    """A spreadsheet keeps fifteen digits of a number; one of more is written as text."""
    return len(plain(Decimal(str(number))).strip("-0.").replace(".", "")) <= _DIGITS


def _joined(parts: list[str]) -> str:
    """By semicolons; in quotes where a part holds one of the signs by which lists are taken apart."""
    return ";".join(texts.quoted(part) if texts.is_apart(part) else part for part in parts)


def typed(value: object) -> object:
    """A value for JSON: amounts are numbers with all their digits."""
    if isinstance(value, Decimal):
        return orjson.Fragment(plain(value))
    raise TypeError(type(value).__name__)
