"""Notes what the ORM changes in a write session, and closes each write with its change set."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import InstanceState, UOWTransaction

from crm import clock, rows
from crm.db.sessions import WriteSession, recorders
from crm.journal import chain, entities
from crm.journal.models import ChangeSet, change
from crm.keys import uuid7

Fields = dict[str, object]


@dataclass
class Notes:
    """What one write session has changed so far: ORM rows here, set-based rows already in the table."""

    change_set_id: UUID = field(default_factory=uuid7)
    undoes: UUID | None = None
    in_table: int = 0
    remarked: bool = False
    rows: dict[tuple[str, str], tuple[Fields | None, Fields | None]] = field(default_factory=dict)


def notes(session: WriteSession) -> Notes:
    found: Notes = session.info.setdefault("journal", Notes())
    return found


def remark(session: WriteSession, why: str) -> None:
    """Write down that something was done, even if this write changes no row."""
    session.author.why = why
    notes(session).remarked = True


@event.listens_for(WriteSession, "before_flush")
def _note_old_values(session: WriteSession, _context: UOWTransaction, _instances: object) -> None:
    kept = notes(session)
    for instance in [*session.dirty, *session.deleted]:
        state: InstanceState[Any] = sa.inspect(instance)
        entity = state.mapper.local_table
        if not isinstance(entity, sa.Table) or not rows.is_journalled(entity):
            continue
        key = (entity.name, entities.key_of(entity, instance))
        if instance in session.deleted:
            _merge(kept, key, _old_row(state), None)
        elif session.is_modified(instance):
            before, after = _changed(state)
            _merge(kept, key, before, after)


@event.listens_for(WriteSession, "after_flush")
def _note_new_values(session: WriteSession, _context: UOWTransaction) -> None:
    kept = notes(session)
    for instance in session.new:
        state: InstanceState[Any] = sa.inspect(instance)
        entity = state.mapper.local_table
        if isinstance(entity, sa.Table) and rows.is_journalled(entity):
            _merge(kept, (entity.name, entities.key_of(entity, instance)), None, _row(state))


def _merge(kept: Notes, key: tuple[str, str], before: Fields | None, after: Fields | None) -> None:
    """Two flushes of one row are one change: the first value before, the last value after."""
    if key not in kept.rows:
        kept.rows[key] = (before, after)
        return
    first, last = kept.rows[key]
    if first is None:  # inserted in this very session
        kept.rows[key] = (None, None if after is None else {**(last or {}), **after})
    elif after is None:
        kept.rows[key] = ({**(before or {}), **first}, None)
    elif last is None:  # deleted, then inserted again
        kept.rows[key] = (first, after)
    else:
        kept.rows[key] = ({**(before or {}), **first}, {**last, **after})


def _row(state: InstanceState[Any]) -> Fields:
    return {column.name: plain(state.dict.get(prop.key)) for prop, column in _columns(state)}


def _old_row(state: InstanceState[Any]) -> Fields:
    return {column.name: plain(_old(state, prop.key)) for prop, column in _columns(state)}


def _old(state: InstanceState[Any], name: str) -> object:
    history = state.attrs[name].history
    return history.deleted[0] if history.deleted else state.dict.get(name)


def _changed(state: InstanceState[Any]) -> tuple[Fields, Fields]:
    moved = [(prop.key, column.name) for prop, column in _columns(state) if state.attrs[prop.key].history.has_changes()]
    before = {name: plain(_old(state, key)) for key, name in moved}
    after = {name: plain(state.dict.get(key)) for key, name in moved}
    if "version" in state.dict:
        before["version"], after["version"] = state.dict["version"], state.dict["version"] + 1
    return before, after


def _columns(state: InstanceState[Any]) -> list[tuple[Any, Any]]:
    return [(prop, prop.columns[0]) for prop in state.mapper.column_attrs]


def plain(value: object) -> object:
    """A column's value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def record(session: WriteSession) -> None:
    """Close a write: put its ORM changes beside the set-based ones and add one link to the chain."""
    kept = notes(session)
    lines = [
        {
            "change_set_id": kept.change_set_id,
            "seq": kept.in_table + n,
            "entity": entity,
            "entity_key": key,
            "before": b,
            "after": a,
        }
        for n, ((entity, key), (b, a)) in enumerate(kept.rows.items())
        if b != a
    ]
    if not lines and not kept.in_table and not kept.remarked:
        return
    if lines:
        session.execute(sa.insert(change), lines)
    author = session.author
    link = ChangeSet(
        id=kept.change_set_id,
        seq=0,
        made_at=clock.now(),
        made_by=author.by,
        kind=author.kind,
        why=author.why,
        undoes=kept.undoes,
        changes=kept.in_table + len(lines),
    )
    chain.add(session, link)


recorders.append(record)
