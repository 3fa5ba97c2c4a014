"""The rows of a set of changes as people read them: what, whose, and only the fields that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from crm import journal, people
from crm.history import registry, sets
from crm.journal import Change, UndoConflict
from crm.people import Person

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
    """One row: `act` is added, changed or removed; `name` is what people call it.

    A row about what the viewer does not see has None for a name, its place for a key, and no fields: the key of a trading
    day says what was traded.
    """

    seq: int
    entity: str
    key: str
    name: str | None
    act: str
    fields: list[FieldChange]

    @property
    def is_seen(self) -> bool:
        return self.name is not None


def rows_of(
    session: Session, viewer: Person, change_set_id: UUID, *, after_seq: int = -1, limit: int = 50
) -> list[RowChange]:
    """The rows after the last one seen, of a set that the viewer may look at."""
    sets.get(session, viewer, change_set_id)
    return described(session, viewer, journal.changes_of(session, change_set_id, after_seq=after_seq, limit=limit))


def described(session: Session, viewer: Person, lines: Sequence[Change]) -> list[RowChange]:
    """Lines of the journal, with the names of the clients and people that they speak of."""
    unseen = {place for look in registry.sights for place in look(session, viewer, lines)}
    names = {str(key): name for key, name in people.names(session).items()}
    for call in registry.namings:
        names |= call(session, viewer, lines)
    return [_row(line, names, is_seen=(line.change_set_id, line.seq) not in unseen) for line in lines]


def names_of(session: Session, viewer: Person, left: Sequence[UndoConflict]) -> list[str | None]:
    """What people call the rows that an undo left alone, in their order; None: the viewer does not see what it is about."""
    last = [journal.history_of(session, one.entity, one.entity_key, limit=1) for one in left]
    lines = [past[0][1] for past in last if past]
    rows = {
        (line.entity, line.entity_key): row.name
        for line, row in zip(lines, described(session, viewer, lines), strict=True)
    }
    return [rows.get((one.entity, one.entity_key), "") for one in left]


def differs(field: str, before: object, after: object) -> bool:
    """Whether a reader is told of a field: it is no bookkeeping, and became something else."""
    return field not in HIDDEN and before != after and bool(before or after)


def _row(line: Change, names: Mapping[str, str], *, is_seen: bool) -> RowChange:
    act = "added" if line.before is None else "removed" if line.after is None else "changed"
    if not is_seen:
        return RowChange(line.seq, line.entity, str(line.seq), None, act, [])
    before, after = line.before or {}, line.after or {}
    fields = [
        FieldChange(field, _read(before.get(field), names), _read(after.get(field), names))
        for field in dict.fromkeys([*before, *after])
        if differs(field, before.get(field), after.get(field))
    ]
    return RowChange(line.seq, line.entity, line.entity_key, _name(line, names), act, fields)


def _name(line: Change, names: Mapping[str, str]) -> str:
    """Its own name if the set holds one, else that of the client or person it belongs to."""
    kept = {**(line.before or {}), **(line.after or {})}
    known = names.get(line.entity_key) or names.get(str(kept.get("client_id")))
    own = next((str(kept[field]) for field in NAMING if kept.get(field)), "")
    return known or own


def _read(value: object, names: Mapping[str, str]) -> object:
    return names.get(value, value) if isinstance(value, str) else value
