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
    """One line of the timeline. `said` is ours and is translated; `text` is what a person wrote and is not."""

    kind: "EntryKind"
    at: datetime
    person: str | None
    said: Message
    text: str
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
    """One kind of entries: its name in addresses, what people call it, its icon.

    `is_reason`: its texts are reasons of ours from the journal, and translated.
    """

    name: str
    title: Message
    icon: str
    is_reason: bool = False


Reader = Callable[[Asked], list[Entry]]

readers: list[tuple[EntryKind, Reader]] = []


def entries(kind: EntryKind) -> Callable[[Reader], Reader]:
    """A room gives entries of this kind by what stands below."""

    def registered(read: Reader) -> Reader:
        readers.append((kind, read))
        return read

    return registered
