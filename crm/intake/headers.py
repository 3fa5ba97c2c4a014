"""How the name of a column is compared: case, width, punctuation and a trailing number do not count."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from crm import locale
from crm.ground.messages import Message

if TYPE_CHECKING:
    from opencc import OpenCC

WHY_REFUSED = Message("Why it was refused")  # the column that our file of refused rows has more than its own
BESIDE = " (attribute)"  # behind the name of an attribute in an export in which a field is called like it

_HAN = re.compile("[\u4e00-\u9fff]")
_NOISE = re.compile(r"[\W_]+")
_TAIL = re.compile(r"\d{1,2}$")
_ZONE = re.compile(r"[(\[]?(?<![a-z])(utc|gmt)(?![a-z])\s*[+-]*\d{0,2}(:\d\d)?[)\]]?", re.IGNORECASE)
_PARTS = re.compile(r"\s+[-–>|:]\s+|\s*/\s*|\.(?=\w)")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_UNITS = {
    unit: re.compile(rf"(?<![^\W\d_])(?:{latin})(?![^\W\d_])(?!:)|(?:{han})")
    for unit, latin, han in (
        ("milliseconds", "ms|msec|millis|milliseconds?|millisekunden|millisecondes", "毫秒|ミリ秒"),
        ("seconds", "s|secs?|seconds?|sek|sekunden?|secondes?|segundos?", "秒"),
        ("minutes", "m|mins?|minutes?|minuten?|minutos?", "分钟|分鐘|(?<=[(（\\[])分(?=[)）\\]])"),
        ("hours", "h|hrs?|hours?|stunden?|std|heures?|horas?", "小时|小時|(?<=[(（\\[])(?:时|時間)(?=[)）\\]])"),
    )
}
_DAY, _MONTH, _YEAR = "d{1,2}|t{1,2}|j{1,2}|g{1,2}|日", "m{1,3}|月", "y{2,4}|j{2,4}|a{2,4}|年"
_ORDERS = {
    order: re.compile(
        rf"[(（\[]?(?<![a-z])(?:{first})[-/. ]?(?:{second})[-/. ]?(?:{third})(?![a-z])(?:[ t]h{{1,2}}:m{{1,2}}(?::s{{1,2}})?)?[)）\]]?",
        re.IGNORECASE,
    )
    for order, first, second, third in (
        ("dmy", _DAY, _MONTH, _YEAR),
        ("mdy", _MONTH, _DAY, _YEAR),
        ("ymd", _YEAR, _MONTH, _DAY),
    )
}
_OF_A_CLOCK = re.compile(r"\b[hms]{1,2}(?::[ms]{1,2})+\b")
_CUSTOM = re.compile(r"__c$", re.IGNORECASE)
# A header is compared with the columns of every kind, each time in several ways.
compared = lru_cache(maxsize=10_000)


@compared
def squeezed(name: str) -> str:
    """“Phone_Number”, “ｐｈｏｎｅ ｎｕｍｂｅｒ” and “Phone Number__c” are all “phonenumber”, and 客戶編號 is 客户编号."""
    text = unicodedata.normalize("NFKC", name).strip().removeprefix("\ufeff")
    return _NOISE.sub("", _CUSTOM.sub("", _simplified(text)).casefold())


def _simplified(name: str) -> str:
    """客戶 is 客户."""
    return _simplifier().convert(name) if _HAN.search(name) else name


@lru_cache(maxsize=1)
def _simplifier() -> "OpenCC":
    from opencc import OpenCC  # noqa: PLC0415 -- its tables; who reads no Chinese does not wait for them

    return OpenCC("t2s")


@compared
def without_number(name: str) -> str:
    return _TAIL.sub("", squeezed(name))


def parts(name: str) -> list[str]:
    return _PARTS.split(name.strip())


@compared
def last_part(name: str) -> str:
    """“Person - Name”, “profile.name” and “Name / First Name” end in what they are."""
    return squeezed(parts(name)[-1])


@compared
def bare(name: str) -> str:
    """Without the zone that venues write behind a time: “Date(UTC+8)” and “Date” are the same column, “UTC_Time” is “time”."""
    own = _CUSTOM.sub("", name.strip()).replace("_", " ")
    return squeezed(_ZONE.sub(" ", own)) or squeezed(name)


@compared
def date_order_of(name: str) -> str:
    """The order of day and month that a title names: “Date of birth (MM/DD/YYYY)”, “Datum (TT.MM.JJJJ)”; "" where it names none."""
    return next((order for order, words in _ORDERS.items() if words.search(name)), "")


@compared
def without_date_order(name: str) -> str:
    """“DOB (DD/MM/YYYY)” without it; the very title where nothing else is left."""
    for words in _ORDERS.values():
        name = words.sub(" ", name)
    return squeezed(name)


@compared
def is_of_form(name: str, form: str) -> bool:
    """“TaskId”, “task_id”, “Task-ID:” and “TASK ID” are all of the form “task id”."""
    text = _simplified(unicodedata.normalize("NFKC", name)).strip().removeprefix("\ufeff")
    words = re.sub(r"[\W_]+", lambda found: found[0] if "#" in found[0] else " ", _HUMPS.sub(" ", text)).strip().lower()
    return re.fullmatch(form, words) is not None


@compared
def unit_of(name: str) -> str:
    """The unit of time that a title names: “Duration (s)”, “talk_time_sec”, “CallDurationInSeconds” and 时长(秒) are in seconds."""
    return next((unit for unit, words in _UNITS.items() if words.search(_spaced(name))), "")


@compared
def without_unit(name: str) -> str:
    """“Duration (sec)” and “DurationMinutes” without their unit; the very title where nothing else is left."""
    spaced = _spaced(name)
    for words in (_OF_A_CLOCK, *_UNITS.values(), re.compile(r"\bin\s*$|\bhms\b")):
        spaced = words.sub(" ", spaced)
    return squeezed(spaced) or squeezed(name)


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").casefold()


def is_why_refused(title: str) -> bool:
    return title in {locale.render(WHY_REFUSED, language) for language in locale.LANGUAGES}


def fingerprint(header: Sequence[str]) -> str:
    """The same header, in whatever case and order of writing, gives the same text."""
    return hashlib.sha256(
        "\x1f".join(squeezed(name) for name in header if not is_why_refused(name)).encode()
    ).hexdigest()
