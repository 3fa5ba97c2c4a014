"""Text for people: a sentence as its English template and what stands in it, shown in the reader's language."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crm.ground.formats import ENGLISH

_MARK = '{"text":'  # how a stored message begins; anything else in its place is a finished sentence


@dataclass(frozen=True, init=False)
class Message:
    """A literal template, which is its key in the catalogues, and what stands in it.

    Values are texts, whole numbers, days, `Usd`, `Share`, `Word` and other `Message`: the reader's locale writes them in its
    own way. `one`: the template where `count` is one.
    """

    text: str
    values: Mapping[str, object]
    one: str

    def __init__(self, text: str, /, **values: object) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "one", str(values.pop("one", "")))
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        return filled(self.one if self.one and self.count == 1 else self.text, self.values)

    @property
    def count(self) -> object:
        """What decides between one and many."""
        return self.values.get("count")

    def stored(self) -> str:
        """As a column keeps it: the sentence itself, or with values one JSON object."""
        return json.dumps(_json(self), ensure_ascii=False) if self.values else self.text


@dataclass(frozen=True)
class Usd:
    """An amount in USD; in English 4,200,000 reads $4.2M."""

    amount: Decimal

    def __str__(self) -> str:
        return ENGLISH.short_money(self.amount)


@dataclass(frozen=True)
class Share:
    """A part of a whole, from 0 to 1; in English 0.62 reads 62%."""

    part: float

    def __str__(self) -> str:
        return ENGLISH.percent(round(self.part, 2))


@dataclass(frozen=True)
class Word:
    """A word of the store, such as a status, a channel or a column; in English `due_on` reads “Due on”."""

    value: str

    def __str__(self) -> str:
        return self.value.replace("_", " ").capitalize().replace("Uid", "UID").replace("Kyc", "KYC")


# How a value that JSON does not know is kept: its type, then to JSON and back.
_TAGS: Mapping[str, tuple[type, Callable[[Any], object], Callable[[Any], object]]] = {
    "usd": (Usd, lambda usd: str(usd.amount), lambda kept: Usd(Decimal(kept))),
    "share": (Share, lambda share: share.part, Share),
    "word": (Word, lambda word: word.value, Word),
    "day": (date, date.isoformat, date.fromisoformat),
}


def stored(text: str | Message) -> str:
    return text.stored() if isinstance(text, Message) else text


def read(stored: str) -> Message:
    """What `Message.stored` kept; a sentence of before, or of somebody else's, is its own template without values."""
    return _message(json.loads(stored)) if stored.startswith(_MARK) else Message(stored)


def filled(template: str, values: Mapping[str, object]) -> str:
    """The template with its values; without any it is a sentence already, whatever braces it quotes."""
    return template.format(**{name: _written(value) for name, value in values.items()}) if values else template


def _written(value: object) -> object:
    if isinstance(value, date):
        return ENGLISH.day(value)
    return ENGLISH.number(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _json(value: object) -> object:
    if isinstance(value, Message):
        one = {"one": value.one} if value.one else {}
        return {"text": value.text, **one, "values": {name: _json(inner) for name, inner in value.values.items()}}
    for tag, (kind, write, _) in _TAGS.items():
        if isinstance(value, kind):
            return {tag: write(value)}
    return value if value is None or isinstance(value, int) else str(value)


def _read(kept: object) -> object:
    if not isinstance(kept, Mapping):
        return kept
    if "text" in kept:
        return _message(kept)
    tag, value = next(iter(kept.items()))
    return _TAGS[tag][2](value)


def _message(kept: Mapping[str, Any]) -> Message:
    values = {name: _read(value) for name, value in kept["values"].items()}
    return Message(kept["text"], one=kept.get("one", ""), **values)
