"""Which rows of a list are taken, and in which order: as they stand on the screen."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col

from crm import clients
from crm.clients import ClientFilter
from crm.clients.models import Client
from crm.ground.messages import Message, Word, joined
from crm.people import Person
from crm.tasks import TaskFilter


@dataclass(frozen=True)
class Selection:
    """`filter` narrows to the clients of a filter, `tasks` to the tasks of one, `client_id` to a single client.

    `order` is an expression over a client or a task; days are those from `since` to `until`, both included.
    """

    filter: ClientFilter | None = None
    tasks: TaskFilter | None = None
    client_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    order: Any = None
    descending: bool = False

    def clients(self, viewer: Person) -> Any:  # noqa: ANN401 -- a select
        """The clients whose rows are taken, as a select; all that the viewer sees where nothing narrows them."""
        chosen = clients.matching(viewer, self.filter) if self.filter else clients.visible_to(viewer)
        return chosen.where(Client.id == self.client_id) if self.client_id else chosen

    @property
    def is_narrowed(self) -> bool:
        return self.filter is not None or self.client_id is not None

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
        return [Message("without closed clients")] if self.filter else []

    def _parts(self) -> Iterator[Message]:
        for narrowed in (self.filter, self.tasks):
            given = asdict(narrowed) if narrowed else {}
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
