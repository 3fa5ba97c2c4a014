"""Which rows of a list are taken, and in which order: as they stand on the screen."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from sqlmodel import col

from crm.ground.messages import Message, Word, joined


class Filter(Protocol):
    """What narrows a list: a dataclass of its room. Words that were typed stand in a field `text`."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Narrowed = TypeVar("Narrowed")


@dataclass(frozen=True)
class Selection:
    """`filter` narrows to what a room's list shows under it, `client_id` to a single client.

    `order` is an expression over a row of the list; days are those from `since` to `until`, both included.
    """

    filter: Filter | None = None
    client_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    order: Any = None
    descending: bool = False

    def filter_of(self, kind: type[Narrowed]) -> Narrowed | None:
        """The filter, if it is one of this room."""
        return self.filter if isinstance(self.filter, kind) else None

    def ordered(self, query: Any, usual: tuple[Any, ...], key: Any) -> Any:  # noqa: ANN401 -- a select, columns
        """In the order asked for, unknown values last and equal ones by their key; otherwise in the usual one."""
        if self.order is None:
            return query.order_by(*usual)
        by = self.order.desc() if self.descending else self.order.asc()
        return query.order_by(by.nulls_last(), key)

    def within(self, query: Any, day: Any) -> Any:  # noqa: ANN401
        query = query.where(col(day) >= self.since) if self.since else query
        return query.where(col(day) <= self.until) if self.until else query

    def described(self) -> list[Message]:
        """For the journal: what narrowed the list. Typed words are often a name, which nothing could take out of there again."""
        parts = list(self._parts())
        if parts:
            return [Message("only {what}", what=joined(parts, "; "))]
        left_out = getattr(self.filter, "leaves_out", "")
        return [Message("without {what}", what=Message(left_out))] if left_out else []

    def _parts(self) -> Iterator[Message]:
        given = asdict(self.filter) if self.filter else {}
        yield from (
            Message("typed words")
            if name == "text"
            else Message("{field} {value}", field=Word(name), value=_listed(value))
            for name, value in given.items()
            if value
        )
        for name in ("client_id", "since", "until"):
            if value := getattr(self, name):
                yield Message("{field} {value}", field=Word(name), value=str(value))


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
