"""A list on its way out: its columns, what they hold, and its rows one after the other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

_HELD: tuple[tuple[Any, type], ...] = (
    (sa.DateTime, datetime),
    (sa.Date, date),
    (sa.Numeric, Decimal),
    (sa.Integer, int),
    (sa.JSON, list),
)
AT_ONCE = 2000


@dataclass(frozen=True)
class Sheet:
    """`rows` are read once, as they are needed. `types` says what columns hold that are no text, `taken_by` for whom it leaves."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    types: Mapping[str, type] = field(default_factory=dict)
    taken_by: str = ""


def types_of(model: type[SQLModel], *names: str) -> dict[str, type]:
    """What these columns of a table hold; columns of text are left out."""
    columns = sa.inspect(model).columns
    found = {name: next((held for kind, held in _HELD if isinstance(columns[name].type, kind)), str) for name in names}
    return {name: held for name, held in found.items() if held is not str}


def streamed(session: Session, query: sa.Executable) -> Iterator[Sequence[object]]:
    """The rows of a select, read as they are needed."""
    return (tuple(row) for row in session.execute(query.execution_options(yield_per=AT_ONCE)))
