"""What people write into the fields of a client, in one form; refused in a sentence where it cannot be right.

Everything here raises InvalidError, so that forms and import checks tell the same sentence.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel import Locale

from crm.clients.models import ContactKind
from crm.clients.search import fold
from crm.clients.telephones import phone
from crm.ground import clock
from crm.ground.errors import InvalidError
from crm.ground.texts import NARROWED, PROFILES, UNSEEN
from crm.intake.checking.cells import VENUES

LONGEST_TAG, MOST_TAGS, OLDEST_YEAR = 60, 50, 1900
_EXCEL_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?e\+?\d+", re.IGNORECASE)
_OTHER_NAMES = {
    "usa": "US",
    "uk": "GB",
    "england": "GB",
    "holland": "NL",
    "czech republic": "CZ",
    "turkey": "TR",
    "russia": "RU",
    "uae": "AE",
    "korea": "KR",
    "south korea": "KR",
    "hong kong": "HK",
    "macau": "MO",
    "taiwan": "TW",
    "香港": "HK",
    "澳门": "MO",
    "阿联酋": "AE",
    "韩国": "KR",
}


@lru_cache(maxsize=1)
def _territories() -> dict[str, str]:
    """Every country's code by its code and by its names in English and Chinese, folded."""
    found: dict[str, str] = {}
    for locale in ("en", "zh_Hans", "zh_Hant"):
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"):  # noqa: PLR2004
                found[fold(name)] = found[fold(code)] = code
    return found | _OTHER_NAMES


def country(text: str | None) -> str | None:
    """“VN”, “Vietnam” and “越南” are VN."""
    written = (text or "").strip()
    if not written:
        return None
    code = _territories().get(fold(written))
    if not code:
        raise InvalidError(
            "“{value}” is not a country; write its name or its two letters, like VN.", value=shown(written)
        )
    return code


def uid(text: str | None) -> str | None:
    """A venue's UID is text: leading zeros and eighteen digits stay. What Excel rounded is lost and refused."""
    plain = (text or "").translate(NARROWED).translate(dict.fromkeys(map(ord, UNSEEN)))
    written = plain.strip().removeprefix("'").strip()
    if _EXCEL_NUMBER.fullmatch(written):
        raise InvalidError(
            "“{value}” is a UID that Excel rounded, its last digits are lost; take it from the exchange "
            "again, with the column formatted as text.",
            value=shown(written),
        )
    return written or None


def venue(text: str) -> str:
    """By its usual name, as an import would call it: “okex” and “欧易” are OKX."""
    return VENUES.get(text.strip().lower(), text.strip())


def email(text: str) -> str:
    address = bare_email(text)
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)*", address):
        raise InvalidError("“{value}” is not an e-mail address.", value=shown(text))
    return address


def bare_email(text: str) -> str:
    """“mailto:Bo@X.example?subject=…” and “Bo <bo@x.example>” are bo@x.example."""
    address = re.sub(r"^.*<([^<>]+)>\s*$", r"\1", unicodedata.normalize("NFKC", text).strip())
    return re.sub(r"^mailto:", "", address, flags=re.IGNORECASE).partition("?")[0].strip().lower()


def bare_handle(text: str) -> str:
    """A name at a messenger without its @, its link and what links carry."""
    name = re.sub(PROFILES, "", text.strip(), flags=re.IGNORECASE)
    return (re.sub(r"[/?].*$", "", name) if name != text.strip() else name).lstrip("@")


def handle(kind: ContactKind, text: str, region: str | None = None) -> str:
    """A way to reach somebody, as it is kept."""
    if kind == ContactKind.EMAIL:
        return email(text)
    is_number = kind in (ContactKind.PHONE, ContactKind.WHATSAPP)
    value = phone(text, region) if is_number else bare_handle(text)
    if not value:
        raise InvalidError("Write the number or name by which the client is reached.")
    return value


def birthday(day: date | None) -> date | None:
    if day and not OLDEST_YEAR <= day.year <= clock.now().year:
        raise InvalidError("The birthday {day} cannot be right.", day=day)
    if day and day > clock.exchange_today():
        raise InvalidError("A birthday cannot be in the future.")
    return day


def time_zone(name: str | None) -> str | None:
    if not (name or "").strip():
        return None
    return clock.zone(str(name).strip()).key


def tags(written: Iterable[str]) -> list[str]:
    """Trimmed, each once (whatever its case), in the order in which they were given."""
    kept: dict[str, str] = {}
    for tag in (" ".join(text.split()) for text in written):
        if len(tag) > LONGEST_TAG:
            raise InvalidError("The tag “{tag}” is longer than {most} letters.", tag=shown(tag), most=LONGEST_TAG)
        if tag:
            kept.setdefault(fold(tag), tag)
    if len(kept) > MOST_TAGS:
        raise InvalidError("A client can have {most} tags at most.", most=MOST_TAGS)
    return list(kept.values())


def shown(text: str) -> str:
    """A text short enough to stand in a sentence."""
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004
