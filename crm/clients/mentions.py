"""Clients of whom a stored sentence speaks: by name only to those who see them when it is read."""

import re
from collections.abc import Iterable, Iterator
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.clients.models import Client
from crm.clients.scope import named
from crm.ground.messages import Message
from crm.people import Person

UNSEEN = Message("a client whom you do not look after")
_BEGINS = "\x1fclient:"
_MENTION = re.compile(rf"{_BEGINS}([0-9a-f-]{{36}}) (.*)", re.DOTALL)


def mention(client_id: UUID | str, text: str) -> str:
    """What is to be kept instead of a client's name: whose it is beside it."""
    return f"{_BEGINS}{client_id} {text}"


def text_of(kept: str) -> str:
    """What was written, whoever reads it."""
    found = _MENTION.fullmatch(kept)
    return found[2] if found else kept


class Reading:
    """How one person reads what mentions clients. `new_too`: also clients who are not here yet, as in a preview."""

    def __init__(
        self, session: Session, viewer: Person, kept: Iterable[str | Message], *, new_too: bool = False
    ) -> None:
        ids = {UUID(found[1]) for text in _texts(kept) if (found := _MENTION.fullmatch(text))}
        self._hidden = ids - _seen(session, viewer, ids) - (_missing(session, ids) if new_too else set())

    def text(self, kept: str) -> str:
        """Empty for who does not see the client."""
        return "" if self._is_hidden(kept) else text_of(kept)

    def message(self, kept: Message) -> Message:
        values = {name: self._value(value) for name, value in kept.values.items()}
        return Message(kept.text, **values, **({"one": kept.one} if kept.one else {})) if values else kept

    def _value(self, value: object) -> object:
        if isinstance(value, Message):
            return self.message(value)
        if not isinstance(value, str):
            return value
        return UNSEEN if self._is_hidden(value) else text_of(value)

    def _is_hidden(self, kept: str) -> bool:
        found = _MENTION.fullmatch(kept)
        return found is not None and UUID(found[1]) in self._hidden


def _texts(kept: Iterable[object]) -> Iterator[str]:
    for one in kept:
        if isinstance(one, Message):
            yield from _texts(one.values.values())
        elif isinstance(one, str):
            yield one


def _seen(session: Session, viewer: Person, ids: set[UUID]) -> set[UUID]:
    known = named(viewer)
    return set(session.execute(sa.select(known.c.id).where(known.c.id.in_(ids))).scalars()) if ids else set()


def _missing(session: Session, ids: set[UUID]) -> set[UUID]:
    here = set(session.exec(select(Client.id).where(col(Client.id).in_(ids))).all()) if ids else set()
    return ids - here
