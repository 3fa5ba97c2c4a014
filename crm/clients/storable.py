"""Whether a form's texts fit into the columns of its table: asked by every action that stores a form."""

import re
from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm.ground.errors import InvalidError
from crm.ground.messages import Word

_NOT_TEXT = re.compile("[\0\ud800-\udfff]")


def check(form: SQLModel, table: type[SQLModel]) -> None:
    """Refuse what no database could hold: NUL, halves of characters, texts longer than their column, an emptied field.

    Raises:
        InvalidError: the sentence names the field.
    """
    columns: dict[str, sa.Column[object]] = dict(sa.inspect(table).columns.items())
    for name in form.model_fields_set:
        value, column = getattr(form, name), columns.get(name)
        if column is not None and value is None and not column.nullable:
            raise InvalidError("{field} cannot be empty.", field=Word(name))
        length = getattr(column.type, "length", None) if column is not None else None
        for text in _texts(value):
            check_text(name, text, length)


def check_text(name: str, text: str, length: int | None = None) -> None:
    if _NOT_TEXT.search(text):
        raise InvalidError(
            "{field} holds a character that cannot be stored (NUL or half a sign); remove it.", field=Word(name)
        )
    if length is not None and len(text) > length:
        raise InvalidError(
            "{field} is {count} letters long; {most} is the most.", field=Word(name), count=len(text), most=length
        )


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(key)
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
