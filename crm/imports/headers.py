"""How the name of a column is compared: case, width, punctuation and a trailing number do not count."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

WHY_REFUSED = "Why it was refused"  # the column that our file of refused rows has more than its own

_NOISE = re.compile(r"[\W_]+")
_TAIL = re.compile(r"\d{1,2}$")
_ZONE = re.compile(r"[(\[]?(?<![a-z])(utc|gmt)(?![a-z])\s*[+-]*\d{0,2}(:\d\d)?[)\]]?", re.IGNORECASE)
_CUSTOM = re.compile(r"__c$", re.IGNORECASE)


@lru_cache(maxsize=10_000)  # a header is compared with the columns of every kind
def squeezed(name: str) -> str:
    """“Phone_Number”, “ｐｈｏｎｅ ｎｕｍｂｅｒ” and “Phone Number__c” are all “phonenumber”."""
    text = unicodedata.normalize("NFKC", name).strip().removeprefix("\ufeff")
    return _NOISE.sub("", _CUSTOM.sub("", text).casefold())


def without_number(name: str) -> str:
    return _TAIL.sub("", squeezed(name))


def bare(name: str) -> str:
    """Without the zone that venues write behind a time: “Date(UTC+8)” and “Date” are the same column, “UTC_Time” is “time”."""
    own = _CUSTOM.sub("", name.strip()).replace("_", " ")
    return squeezed(_ZONE.sub(" ", own)) or squeezed(name)


def fingerprint(header: Sequence[str]) -> str:
    """The same header, in whatever case and order of writing, gives the same text."""
    return hashlib.sha256("\x1f".join(squeezed(name) for name in header if name != WHY_REFUSED).encode()).hexdigest()
