"""Contact cards (vCard 2.1 to 4.0) as a table: one row for each card, one column for each thing that any of them says."""

import quopri
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.reading.card_properties import Property, said
from crm.reading.encoding import encoding_of
from crm.reading.listed import named
from crm.reading.survey import walk
from crm.reading.table import Row, Table

_LARGEST = 100_000_000
_BEGUN = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*BEGIN:VCARD", re.IGNORECASE)
_LINE = re.compile(
    r"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<told>(?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(?P<value>.*)", re.DOTALL
)
_SEVERAL = {"Email", "Phone", "Tags", "Telegram", "WhatsApp", "WeChat", "LINE", "Discord", "X", "Notes", "Other lines"}
_UNREAD = re.compile(r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE | re.MULTILINE)


def looks_like_cards(path: Path) -> bool:
    with path.open("rb") as file:
        return _BEGUN.match(file.read(64)) is not None


def read_cards(path: Path, name: str, keep: object = None) -> Table:
    """Raises InvalidError where not a single card is whole, or the file is too large."""
    if path.stat().st_size > _LARGEST:
        raise InvalidError("{name} is too large for contact cards; export fewer of them at a time.", name=name)
    text = _text(path)
    cards = list(_cards(text))
    if not cards:
        raise InvalidError("{name} is empty: there is nothing in it to import.", name=name)
    header = list(dict.fromkeys(title for _, card, _ in cards for title in card))
    rows = [Row(line, [card.get(title, "") for title in header], fault) for line, card, fault in cards]
    table = named(name, header, lambda: iter(rows), keep)
    return (
        replace(table, notes=[Message("Pictures, sounds and keys in the cards are not read.")])
        if _UNREAD.search(text)
        else table
    )


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeError:
        return content.decode((encoding_of(walk(path)) or "utf-8").split("+")[0], "replace")


def _cards(text: str) -> Iterator[tuple[int, dict[str, str], str]]:
    """Each card with the line it begins on, and what is wrong with it."""
    card: dict[str, list[str]] | None = None
    begun = 0
    for place, line in _lines(text):
        edge = line.strip().upper()
        if edge in ("BEGIN:VCARD", "END:VCARD"):
            if card:
                yield begun, _joined(card), "" if edge.startswith("END") else _CUT
            card, begun = ({}, place) if edge.startswith("BEGIN") else (None, 0)
        elif card is not None:
            _read(card, line)
    if card:
        yield begun, _joined(card), _CUT


def _read(card: dict[str, list[str]], line: str) -> None:
    """What a line says; one that is no property is kept as it is."""
    found = _property(line)
    for title, value in said(found) if found else [("Other lines", line.strip())]:
        _add(card, title, value)


def _add(card: dict[str, list[str]], title: str, value: str) -> None:
    """A second value of what a client has once, such as a country, is kept beside the first."""
    place, own = 1, title
    while card.get(own) and title not in _SEVERAL and value not in card[own]:
        place, own = place + 1, f"{title} {place + 1}"
    if value and value not in card.setdefault(own, []):
        card[own].append(value)


_CUT = Message("the card is cut off: its end is missing").stored()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with those that continue them: begun with a blank, or behind the `=` of quoted-printable."""
    held, first = "", 0
    for place, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if held and line[:1] in (" ", "\t") and not _is_broken(held):
            held += line[1:]
        elif held and _is_broken(held):
            held = held[:-1] + line
        else:
            if held:
                yield first, held
            held, first = line, place
    if held:
        yield first, held


def _is_broken(line: str) -> bool:
    return line.endswith("=") and "QUOTED-PRINTABLE" in line.partition(":")[0].upper()


def _property(line: str) -> Property | None:
    found = _LINE.fullmatch(line)
    if not found:
        return None
    told: dict[str, str] = {}
    for part in re.findall(r';((?:[^;"]|"[^"]*")*)', found["told"]):
        key, equals, value = part.partition("=")
        key, value = (key.upper(), value.strip('"')) if equals else ("TYPE", key)  # TEL;CELL: of version 2.1
        told[key] = f"{told[key]},{value}" if key in told else value
    return Property(found["name"].upper(), told, _decoded(found["value"], told))


def _decoded(value: str, told: dict[str, str]) -> str:
    coding = f"{told.get('ENCODING', '')},{told.get('TYPE', '')}".upper()
    if "QUOTED-PRINTABLE" not in coding:
        return value
    content = quopri.decodestring(value.encode("utf-8", "replace"))
    for charset in (told.get("CHARSET", "utf-8"), "utf-8", "gb18030"):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeError):
            continue
    return content.decode("latin-1")


def _joined(card: dict[str, list[str]]) -> dict[str, str]:
    """Several ways to reach somebody stand in one cell; the whole name counts, else its parts, else that of the company."""
    told = {
        title: ("\n" if title in ("Notes", "Other lines") else "; ").join(values)
        for title, values in card.items()
        if values
    }
    if not any(told.get(title) for title in ("Full name", "First name", "Last name")):
        return {"Full name": told["Company"]} | told if "Company" in told else told
    parts = ("First name", "Last name") if "Full name" in told else ()
    return {title: value for title, value in told.items() if title not in parts}
