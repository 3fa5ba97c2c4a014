"""Text for people: a sentence as its English template and what stands in it, shown in the reader's language."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic_core import core_schema

from crm.ground.formats import ENGLISH

# How one stored message with values begins, and several; anything else in its place is a finished sentence.
_ONE, _SEVERAL = '{"text":', '["'


class Message:
    """A literal template, which is its key in the catalogues, and what stands in it. Programs get it as its English sentence.

    Values are texts, whole numbers, days, `Usd`, `Share`, `Word` and other `Message`: the reader's locale writes them in its
    own way. `one`: the template where `count` is one.
    """

    __slots__ = ("one", "text", "values")

    def __init__(self, text: str, /, **values: object) -> None:
        self.text, self.one, self.values = text, str(values.pop("one", "")), values

    def __str__(self) -> str:
        return filled(self.one if self.one and self.count == 1 else self.text, self.values)

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and self.stored() == other.stored() and self.one == other.one

    def __hash__(self) -> int:
        return hash(self.stored())

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> core_schema.CoreSchema:
        return core_schema.is_instance_schema(cls, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: object, _handler: object) -> dict[str, str]:
        return {"type": "string"}

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
    """What `Message.stored` kept, or a JSON list of such; a sentence of before is its own template without values."""
    if stored.startswith(_SEVERAL):
        return joined([read(one) for one in json.loads(stored)], "; ")
    return _message(json.loads(stored)) if stored.startswith(_ONE) else Message(stored)


def joined(messages: Sequence[Message], between: str) -> Message:
    """One after the other."""
    parts = {f"part_{place}": message for place, message in enumerate(messages)}
    return messages[0] if len(parts) == 1 else Message(between.join(f"{{{name}}}" for name in parts), **parts)


def either(messages: Sequence[Message]) -> Message:
    """One of several: “UID, E-mail or Name”."""
    *others, last = messages
    return Message("{first} or {last}", first=joined(others, ", "), last=last) if others else last


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
