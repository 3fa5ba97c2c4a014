"""What a form changes in a row that others may have saved since it was opened: different fields go together, the same ones clash."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import object_session
from sqlmodel import Session, SQLModel

from crm.ground.errors import Clash, ConflictError
from crm.journal import entities, queries
from crm.journal.recorder import plain

MOST_LINES = 1000


def moved(row: SQLModel, fields: Mapping[str, Any], version: int, what: str) -> dict[str, Any]:
    """The fields that would change.

    Raises:
        ConflictError: somebody changed one of them since `version`; `clashes` shows each of those, and no other field.
    """
    found = clashes(row, fields, version)
    if found:
        raise ConflictError("Somebody else changed {what} first. Compare both, then save.", what=what, clashes=found)
    return {name: value for name, value in fields.items() if getattr(row, name) != value}


def clashes(row: SQLModel, fields: Mapping[str, Any], version: int) -> list[Clash]:
    """Which of these fields somebody else has given another value since `version`: what they were, and who changed them."""
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if not changed or version == getattr(row, "version"):  # noqa: B009 -- any versioned row
        return []
    since = _since(row, version)
    if not since:  # the journal cannot tell: whatever stands there may be somebody else's
        return [Clash(name, value, getattr(row, name)) for name, value in changed.items()]
    return [_named(row, name, value, since[name]) for name, value in changed.items() if _is_moved(row, name, since)]


def _named(row: SQLModel, name: str, value: object, told: Clash) -> Clash:
    return Clash(name, value, getattr(row, name), told.before, told.by, told.at)


def _is_moved(row: SQLModel, name: str, since: Mapping[str, Clash]) -> bool:
    """Whoever put a field back to what it was has changed nothing."""
    return name in since and since[name].before != plain(getattr(row, name))


def _since(row: SQLModel, version: int) -> dict[str, Clash]:
    """What each field was at that version, and who gave it another value last, as the journal tells."""
    session = object_session(row)
    if not isinstance(session, Session):  # a row that stands in no store was saved by nobody
        return {}
    entity = entities.of(type(row))
    found: dict[str, Clash] = {}
    for made, line in queries.history_of(session, entity.name, entities.key_of(entity, row), limit=MOST_LINES):
        before, after = line.before or {}, line.after or {}
        if _version(before) < version:
            break
        for name in after:
            newest = found.get(name)
            by, at = (newest.by, newest.at) if newest else (made.made_by, made.made_at)
            found[name] = Clash(name, None, None, before.get(name), by, at)
    return found


def _version(fields: Mapping[str, object]) -> int:
    """The version that a change found; one that brought the row in found none."""
    known = fields.get("version")
    return known if isinstance(known, int) else 0
