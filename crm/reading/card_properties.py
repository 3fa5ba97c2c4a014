"""What the properties of a contact card say, each under the title of a column."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_NO_YEAR = "1604"
_LONGEST = 100_000  # letters: what is longer is a picture or a key
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MESSENGERS = {
    "telegram": "Telegram",
    "tg": "Telegram",
    "whatsapp": "WhatsApp",
    "wechat": "WeChat",
    "weixin": "WeChat",
} | {
    "line": "LINE",
    "discord": "Discord",
    "twitter": "X",
    "x": "X",
}
_PROFILES = {"t.me": "Telegram", "wa.me": "WhatsApp", "twitter.com": "X", "x.com": "X", "discord.com": "Discord"}
_PLAIN = {
    "UID": "Card ID",
    "TITLE": "Title",
    "ROLE": "Role",
    "NOTE": "Notes",
    "NICKNAME": "Nickname",
    "LANG": "Language",
    "URL": "Website",
    "GENDER": "Gender",
    "ANNIVERSARY": "Anniversary",
}
_KINDS = {"individual": "individual", "org": "company"}
_IGNORED = {
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "REV",
    "PHOTO",
    "LOGO",
    "SOUND",
    "KEY",
    "SORT-STRING",
    "X-ABLABEL",
    "X-ABADR",
    "XML",
}
_IN_PARTS = {
    "N": ("Last name", "First name"),
    "ORG": ("Company", "Department"),
    "ADR": ("Post office box", "Address line", "Street", "City", "State", "Postal code", "Country"),
}


@dataclass(frozen=True)
class Property:
    name: str
    told: dict[str, str]
    value: str


def said(found: Property) -> Iterator[tuple[str, str]]:
    """What a property says, and under which title."""
    if found.name in _IGNORED or len(found.value) > _LONGEST or "BASE64" in found.told.get("ENCODING", "").upper():
        return
    parts = [_plain(part) for part in _apart(found.value, ";")]
    if found.name in _IN_PARTS:
        yield from zip(_IN_PARTS[found.name], parts, strict=False)
    elif found.name == "CATEGORIES":
        yield from (("Tags", _plain(part)) for part in _apart(found.value, ","))
    elif found.name in _ALONE:
        yield _ALONE[found.name](found)
    else:
        yield _reached(found) or (_PLAIN.get(found.name) or _titled(found.name), _plain(found.value))


def _telephone(found: Property) -> tuple[str, str]:
    title = "Fax" if "fax" in found.told.get("TYPE", "").lower() else "Phone"
    return title, _bare(_plain(found.value), "tel")


def _kind(found: Property) -> tuple[str, str]:
    kind = _plain(found.value)
    return ("Kind", _KINDS[kind.lower()]) if kind.lower() in _KINDS else ("Kind of card", kind)


def _zone(found: Property) -> tuple[str, str]:
    return "Time zone" if "/" in found.value else "UTC offset", _plain(found.value)


def _reached(found: Property) -> tuple[str, str] | None:
    """An address at a messenger: `IMPP:telegram:name`, `X-SOCIALPROFILE;TYPE=twitter:…`, `X-TELEGRAM:name`, a link to t.me."""
    value = _plain(found.value).strip()
    link = re.match(r"(?i)(?:https?://)?(?:www\.)?([\w-]+\.[a-z]+)/", value)
    site = _PROFILES.get(link.group(1).lower()) if link else None
    scheme, colon, rest = value.partition(":")
    words = [
        found.told.get("X-SERVICE-TYPE", ""),
        found.told.get("SERVICE-TYPE", ""),
        *found.told.get("TYPE", "").split(","),
    ]
    if found.name.startswith("X-"):
        words.append(found.name[2:])
    known = [_MESSENGERS[word.lower()] for word in [scheme if colon else "", *words] if word.lower() in _MESSENGERS]
    if site and (found.name != "URL" or site):
        return site, value
    if known:
        return known[0], rest.lstrip("/") if colon and not link and scheme.lower() not in ("http", "https") else value
    return ("Messenger", value) if found.name == "IMPP" else None


def _titled(name: str) -> str:
    return name.removeprefix("X-").replace("-", " ").replace("_", " ").capitalize()


def _bare(value: str, scheme: str) -> str:
    return re.sub(rf"(?i)^{scheme}:", "", value.strip()).partition(";")[0] if value else ""


def _birthday(found: Property) -> tuple[str, str]:
    """19580412 and 1958-04-12T00:00:00Z are days; one without its year (--0412, or 1604 as Apple writes it) is kept as it is."""
    value = _plain(found.value)
    value = re.sub(rf"^({found.told.get('X-APPLE-OMIT-YEAR', _NO_YEAR)}|{_NO_YEAR})-?(?=\d\d-?\d\d)", "--", value)
    whole = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?$", value)
    if whole:
        return "Birthday", "-".join(whole.groups())
    without = re.match(r"--(\d{2})-?(\d{2})", value)
    return ("Birthday without year", "-".join(without.groups())) if without else ("Birthday", value)


def _apart(value: str, sign: str) -> list[str]:
    """The parts between signs that no backslash takes their meaning from."""
    parts, escaped = [""], False
    for letter in value:
        if letter == sign and not escaped:
            parts.append("")
        else:
            parts[-1] += letter
        escaped = letter == "\\" and not escaped
    return parts


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found.group(1) in "nN" else found.group(1), value).strip()


_ALONE: Mapping[str, Callable[[Property], tuple[str, str]]] = {
    "FN": lambda found: ("Full name", _plain(found.value)),
    "EMAIL": lambda found: ("Email", _bare(_plain(found.value), "mailto")),
    "TEL": _telephone,
    "BDAY": _birthday,
    "KIND": _kind,
    "TZ": _zone,
}
