"""Lines of a client's timeline, and the rooms that give them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from crm.clients import Client
from crm.ground.messages import Message


@dataclass(frozen=True)
class FieldChange:
    """A field of the client, as JSON keeps it; people are already named."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; of both, a `Message` is ours and translated, and a text is what a person wrote."""

    kind: "EntryKind"
    at: datetime
    person: str | None
    said: Message
    text: str | Message
    entity: str
    entity_id: UUID
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Asked:
    """Whose entries, which of them (the newest `limit` before a moment), and what colleagues are called."""

    session: Session
    client: Client
    before: datetime | None
    limit: int
    names: Mapping[UUID, str]

    def newest(self, query: Any, moment: Any) -> Any:  # noqa: ANN401 -- selects and columns
        """A select, narrowed and ordered as asked by its column of moments."""
        if self.before:
            query = query.where(moment < self.before)
        return query.order_by(moment.desc()).limit(self.limit)


@dataclass(frozen=True)
class EntryKind:
    """One kind of entries: its name in addresses, what people call it, its icon."""

    name: str
    title: Message
    icon: str


Reader = Callable[[Asked], list[Entry]]

readers: list[tuple[EntryKind, Reader]] = []


def entries(kind: EntryKind) -> Callable[[Reader], Reader]:
    """A room gives entries of this kind by what stands below."""

    def registered(read: Reader) -> Reader:
        readers.append((kind, read))
        return read

    return registered
