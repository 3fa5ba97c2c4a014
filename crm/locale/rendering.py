"""A message with everything that stands in it, as one language writes it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from crm.ground.formats import BY_LANGUAGE, NOTHING, Formats
from crm.ground.messages import Message, Share, Usd, Word, filled
from crm.locale.catalogues import catalogue

Words = Callable[[str], str]

_WRITERS: Mapping[type, Callable[[Any, Formats], str]] = {
    Usd: lambda usd, formats: formats.short_money(usd.amount),
    Share: lambda share, formats: formats.percent(round(share.part, 2)),
    date: lambda day, formats: formats.day(day),
    int: lambda number, formats: formats.number(number),
    type(None): lambda _nothing, _formats: NOTHING,
}


def render(message: Message, language: str, words: Words | None = None) -> str:
    """The sentence; `words` says a word of the store, such as a status or a column, where a screen has its own for it."""
    values = {name: _written(value, language, words) for name, value in message.values.items()}
    known = catalogue(language)
    if message.one:
        return filled(known.ngettext(message.one, message.text, 1 if message.count == 1 else 2), values)
    return filled(known.gettext(message.text) if message.text else "", values)


def _written(value: object, language: str, words: Words | None) -> str:
    if isinstance(value, Message):
        return render(value, language, words)
    if isinstance(value, Word):
        return words(value.value) if words else catalogue(language).gettext(str(value))
    write = next((write for kind, write in _WRITERS.items() if isinstance(value, kind)), None)
    return write(value, BY_LANGUAGE[language]) if write else str(value)
