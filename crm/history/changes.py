"""The rows of a set of changes as people read them: what, whose, and only the fields that differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from crm import clients, journal, people
from crm.journal import Change, UndoConflict
from crm.people import Person
from crm.web.kit import words

# Counters, folded copies and keys say nothing to a reader.
HIDDEN = frozenset(
    {"id", "version", "search_text", "number", "token_hash", "created_at", "client_number", "file_hash", "fill_key"}
)
NAMING = ("name", "title", "summary", "value", "label", "file_name", "email", "instrument", "day")


@dataclass(frozen=True)
class FieldChange:
    """One field of one row: what it was (None: nothing) and what it became."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class RowChange:
    """One row: `act` is added, changed or removed; `name` is what people call it, `client_id` whom it is about.

    Of a row about a client whom the reader does not see, `is_seen` is false and there is nothing more.
    """

    seq: int
    entity: str
    key: str
    name: str
    act: str
    client_id: UUID | None
    fields: list[FieldChange]
    is_seen: bool = True


def rows_of(
    session: Session, viewer: Person, change_set_id: UUID, *, after_seq: int = -1, limit: int = 50
) -> list[RowChange]:
    """The rows after the last one seen, with the names of the clients and people that they speak of."""
    return told(session, viewer, journal.changes_of(session, change_set_id, after_seq=after_seq, limit=limit))


def told(session: Session, viewer: Person, found: Sequence[Change]) -> list[RowChange]:
    unseen, names = clients.undo_scope.unseen(session, viewer, found), _names(session, viewer, found)
    return [_unseen(line) if (line.change_set_id, line.seq) in unseen else _row(line, names) for line in found]


def named(session: Session, viewer: Person, left: Sequence[UndoConflict]) -> list[str]:
    """What people call the rows that an undo left alone, in their order."""
    last = [journal.history_of(session, one.entity, one.entity_key, limit=1) for one in left]
    lines = [past[0][1] for past in last if past]
    rows = {(row.entity, row.key): row.name for row in told(session, viewer, lines)}
    return [rows.get((one.entity, one.entity_key), "") for one in left]


def _unseen(line: Change) -> RowChange:
    return RowChange(line.seq, line.entity, line.entity_key, words.client(None), _act(line), None, [], is_seen=False)


def _act(line: Change) -> str:
    return "added" if line.before is None else "removed" if line.after is None else "changed"


def _row(line: Change, names: dict[str, str]) -> RowChange:
    before, after = line.before or {}, line.after or {}
    fields = [
        FieldChange(field, _read(before.get(field), names), _read(after.get(field), names))
        for field in dict.fromkeys([*before, *after])
        if field not in HIDDEN and (before.get(field) or after.get(field)) and before.get(field) != after.get(field)
    ]
    client = _client_key(line)
    return RowChange(line.seq, line.entity, line.entity_key, _name(line, names), _act(line), client, fields)


def _name(line: Change, names: dict[str, str]) -> str:
    """Its own name if the set holds one, else that of the client or person it belongs to."""
    kept = {**(line.before or {}), **(line.after or {})}
    known = names.get(line.entity_key) or names.get(str(kept.get("client_id")))
    own = next((str(kept[field]) for field in NAMING if kept.get(field)), "")
    return known or own


def _read(value: object, names: dict[str, str]) -> object:
    return names.get(value, value) if isinstance(value, str) else value


def _names(session: Session, viewer: Person, found: Iterable[Change]) -> dict[str, str]:
    """What to call the people and the clients behind the keys of some lines."""
    wanted, named = {key for key in map(_client_key, found) if key}, clients.named(viewer)
    known = session.execute(sa.select(named.c.id, named.c.name).where(named.c.id.in_(wanted)))
    everybody = (*people.names(session).items(), *known)
    return {str(key): name for key, name in everybody}


def _client_key(line: Change) -> UUID | None:
    kept = {**(line.before or {}), **(line.after or {})}
    found = line.entity_key if line.entity == "client" else kept.get("client_id")
    return UUID(str(found)) if found else None
