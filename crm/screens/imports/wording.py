"""What imports are called on the screen: kinds, outcomes, states, columns, in the reader's language."""

import re
from collections.abc import Sequence

from crm.ground.messages import Message
from crm.imports import Batch, BatchStatus
from crm.intake import KINDS
from crm.web import locale
from crm.web.kit.phrases import render
from crm.web.locale import t

_OUTCOMES = {
    "created": "New",
    "changed": "Changed",
    "unchanged": "Unchanged",
    "refused": "Refused",
    "duplicate": "Duplicate",
    "held": "Waiting for a lead",
}
_STATES = {
    "staged": "not applied yet",
    "applying": "being applied",
    "applied": "applied",
    "failed": "failed",
    "undone": "taken back",
}
_MODES = {
    "add-and-change": "Change them, and add new rows",
    "add": "Leave them, only add new rows",
    "change": "Change them, add nothing",
}
_ORDERS = {"": "As the column tells", "dmy": "Day first: 3 April", "mdy": "Month first: March 4"}
_LISTS = {
    "append": "Add those of the file",
    "replace": "Replace them by those of the file",
    "remove": "Remove those of the file",
}
_STEPS = {"Reading": "Reading the file", "Matching": "Matching the rows", "Writing": "Writing", "Done": "Done"}
_KEYS = {
    "uid": "UID",
    "further_uid": "UID of another account",
    "email": "E-mail",
    "phone": "Phone",
    "name": "Name only",
    "handle": "Contact",
    "id": "ID",
}
_SURE_KEYS = {"uid", "further_uid", "id"}
_OFFSET = re.compile(r"(Etc/)?GMT([+-])(\d{1,2})(:\d{2})?")
_SURE, _LIKELY = 0.95, 0.6


def kind(value: str) -> str:
    return t(KINDS[value].title) if value in KINDS else value


def outcome(value: str) -> str:
    return t(_OUTCOMES[value]) if value in _OUTCOMES else value


def status(batch: Batch) -> str:
    if is_partly_taken_back(batch):
        return t("partly taken back")
    return t(_STATES[batch.status]) if batch.status in _STATES else batch.status


def is_partly_taken_back(batch: Batch) -> bool:
    return bool(batch.undo_change_set_id) and batch.status == BatchStatus.APPLIED


def mode(value: str) -> str:
    return t(_MODES[value])


def lists(value: str) -> str:
    return t(_LISTS[value])


def order(value: str) -> str:
    return t(_ORDERS[value])


def zone(name: str) -> str:
    """UTC+3 for Etc/GMT-3, which counts the other way round, and UTC+5:30 for GMT+05:30; a place keeps its name."""
    found = _OFFSET.fullmatch(name)
    if not found:
        return name
    posix, sign, hours, minutes = found.groups()
    shown = {"+": "-", "-": "+"}[sign] if posix else sign
    return f"UTC{shown}{int(hours)}{minutes or ''}"


def step(value: str) -> str:
    return t(_STEPS[value]) if value in _STEPS else t("Waiting for its turn")


def header(title: str) -> str:
    """A column of the file as it is called there; one that was worked out, in our words."""
    return f"= {column(title[2:])}" if title.startswith("= ") else title


def key(value: str | None) -> str:
    """By what a row was found to be a known one."""
    if not value:
        return ""
    return t(_KEYS[value]) if value in _KEYS else value


def is_sure(value: str | None) -> bool:
    """A row that is new, or known by a key that means nobody else."""
    return not value or value in _SURE_KEYS


def column(label: str) -> str:
    """A column of ours; labels are English in the kinds and translated here."""
    return t(label)


def sureness(field: str | None, confidence: float) -> str:
    """How sure the reading is of a column, in words that say whether to look."""
    if not field:
        return ""
    if confidence >= _SURE:
        return t("sure")
    return t("likely") if confidence >= _LIKELY else t("please look")


def notes(found: Sequence[Message]) -> list[str]:
    """What reading a file has to say, in the reader's language and with its zone as people write zones."""
    return [render(_in_words(note)) for note in found]


def _in_words(note: Message) -> Message:
    values = {name: zone(str(value)) if name == "zone" else value for name, value in note.values.items()}
    return Message(note.text, one=note.one, **values)


def size(length: int) -> str:
    """1.2 MB, in the reader's digits."""
    if length < 10_000:  # noqa: PLR2004
        return t("{count} bytes", count=locale.number(length))
    if length < 10**6:
        return f"{locale.number(length / 1000)} KB"
    return f"{locale.number(length / 10**6, decimals=1)} MB"
