"""What rooms are found by: each registers how its rows are read for the index, and as whom they are shown."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from crm.ground.registry import Registry
from crm.people import Person


@dataclass(frozen=True)
class Document:
    """What a row is found by. `client_id`: whose client it is about; `person_id`: who sees it in any case.

    `name`: what it is called; `codes`: numbers of which a part is enough; `text`: all else.
    """

    id: UUID
    name: str = ""
    text: str = ""
    codes: tuple[str, ...] = ()
    client_id: UUID | None = None
    person_id: UUID | None = None


@dataclass(frozen=True)
class Shown:
    """A row as its viewer may see it: what it is called, and the texts in which the words may stand."""

    id: UUID
    title: str
    texts: tuple[str, ...] = ()
    external_id: str | None = None
    client_id: UUID | None = None


Select = sa.Select[UUID]


@dataclass(frozen=True)
class Source:
    """One kind of things that are found.

    `read(session, ids)`: the documents of these rows, a select of keys, or of all of them (None).
    `shown(session, viewer, ids)`: those that the viewer sees, by the same function as everywhere.
    `keys(since, until)`: a select of the keys of the documents that change sets of these numbers touched.
    `count`: a select of how many there are, about. `tables`: of the journal, whose rows they are made of; none: ask in any case.
    """

    name: str
    read: Callable[[Session, Select | None], Iterator[Document]]
    shown: Callable[[Session, Person, Sequence[UUID]], Mapping[UUID, Shown]]
    keys: Callable[[int, int], Select]
    count: sa.Select[int]
    tables: frozenset[str] = frozenset()


SOURCES: Registry[Source] = Registry("how to find")


def searchable(source: Source) -> None:
    """Let rows of this kind be found."""
    SOURCES.add(source.name, source)
