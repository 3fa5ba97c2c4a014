"""The store's own words as people say them: tables, columns, states; one English word each, translated.

The screens of each noun register theirs, and two of them call the same thing by the same word.
"""

from collections.abc import Iterator, Mapping

from babel import Locale

from crm.ground.registry import Registry
from crm.web import locale
from crm.web.locale import t

_VALUES: Registry[str] = Registry("what is meant by")
_FIELDS: Registry[str] = Registry("what people call the field")
_ENTITIES: Registry[str] = Registry("what people call the table")
_ROWS: Registry[str] = Registry("what people call several rows of")
_CHINESE = {"TW": "中国台湾", "HK": "中国香港", "MO": "中国澳门"}  # CLDR has other names, or longer ones


def register(
    *,
    entities: Mapping[str, str] | None = None,
    rows: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
) -> None:
    """What one row of a table is called, and several that hang on a client; its columns; what may stand in them."""
    for known, more in ((_ENTITIES, entities), (_ROWS, rows), (_FIELDS, fields), (_VALUES, values)):
        for name, said in (more or {}).items():
            known.add(name, said)


def registered() -> Iterator[str]:
    """Every word, in English."""
    for known in (_ENTITIES, _ROWS, _FIELDS, _VALUES):
        yield from known.values()


def word(value: str | None) -> str:
    """A stored value in words; an em dash where there is none, and what is not ours as it stands."""
    if not value:
        return "—"
    return t(_VALUES[value]) if value in _VALUES else value


def field(name: str) -> str:
    """What a column is called on the screen; a way to reach somebody may stand where a column does."""
    return t(_FIELDS[name]) if name in _FIELDS else word(name)


def entity(name: str) -> str:
    return t(_ENTITIES[name]) if name in _ENTITIES else name


def rows(name: str) -> str:
    """What several rows of a table are called."""
    return t(_ROWS[name]) if name in _ROWS else entity(name)


def counted() -> list[str]:
    """The tables whose rows are counted where somebody asks what hangs on a client."""
    return list(_ROWS)


def country(code: str) -> str:
    """The name of a country in the reader's language."""
    language = locale.code()
    return (
        _CHINESE[code] if language == "zh" and code in _CHINESE else str(Locale(language).territories.get(code, code))
    )
