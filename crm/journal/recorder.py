"""Notes what the ORM changes in a write session, if its policy allows it, and closes each write with its change set."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import InstanceState, UOWTransaction
from sqlmodel import Session

from crm.db.sessions import WriteSession, recorders
from crm.ground import clock, messages, rows
from crm.ground.keys import uuid7
from crm.ground.messages import Message, joined
from crm.journal import chain, entities, policies
from crm.journal.models import ChangeSet, change
from crm.journal.policies import Act, Actor, Rows

Fields = dict[str, object]


@dataclass
class Notes:
    """What one write session has changed so far: ORM rows here, set-based rows already in the table.

    `actor`: who writes, as it stood before the first of these changes. `is_noted`: what is written just now is looked after.
    """

    change_set_id: UUID = field(default_factory=uuid7)
    undoes: UUID | None = None
    in_table: int = 0
    remarked: bool = False
    rows: dict[tuple[str, str], tuple[Fields | None, Fields | None]] = field(default_factory=dict)
    set_based: set[str] = field(default_factory=set)
    actor: Actor | None = None
    is_noted: bool = False


def notes(session: WriteSession) -> Notes:
    found: Notes = session.info.setdefault("journal", Notes())
    return found


def actor_of(session: WriteSession) -> Actor:
    """Who writes; looked up before anything of this write reaches the database, so that nobody gives rights to themselves."""
    kept = notes(session)
    if kept.actor is None:
        kept.actor = policies.resolve(session)
    return kept.actor


@contextmanager
def noted(session: Session) -> Iterator[None]:
    """Inside, journalled tables are written by hand: what is written stands in the journal, or is derived from what does."""
    if not isinstance(session, WriteSession):
        yield
        return
    kept = notes(session)
    before, kept.is_noted = kept.is_noted, True
    try:
        yield
    finally:
        kept.is_noted = before


def remark(session: WriteSession, why: str | Message) -> None:
    """Write down that something was done, even if this write changes no row."""
    session.author.why = messages.stored(why)
    notes(session).remarked = True


@event.listens_for(WriteSession, "before_flush")
def _note_old_values(session: WriteSession, _context: UOWTransaction, _instances: object) -> None:
    kept = notes(session)
    for entity, state in _journalled(session.new):
        _ask(session, entity, Act.INSERT, state, {})
    for entity, state in _journalled([*session.dirty, *session.deleted]):
        instance = state.obj()
        key = (entity.name, entities.key_of(entity, instance))
        if instance in session.deleted:
            _ask(session, entity, Act.DELETE, state, {})
            _merge(kept, key, _old_row(state), None)
        elif session.is_modified(instance):
            before, after = _changed(state)
            _ask(session, entity, Act.UPDATE, state, after)
            _merge(kept, key, before, after)
    kept.is_noted = True


def _journalled(instances: Iterable[object]) -> Iterator[tuple[sa.Table, InstanceState[Any]]]:
    for instance in instances:
        state: InstanceState[Any] = sa.inspect(instance)
        entity = state.mapper.local_table
        if isinstance(entity, sa.Table) and rows.is_journalled(entity):
            yield entity, state


def _ask(session: WriteSession, entity: sa.Table, act: Act, state: InstanceState[Any], changed: Fields) -> None:
    def belongs_to(owner: str, person: UUID) -> bool:
        return {getattr(state.obj(), owner), _old(state, owner)} == {person}

    policies.ask(actor_of(session), entity.name, act, changed, Rows(belongs_to, changed.__contains__))


@event.listens_for(WriteSession, "after_flush")
def _note_new_values(session: WriteSession, _context: UOWTransaction) -> None:
    kept = notes(session)
    for entity, state in _journalled(session.new):
        _merge(kept, (entity.name, entities.key_of(entity, state.obj())), None, _row(state))
    kept.is_noted = False


@event.listens_for(WriteSession, "after_soft_rollback")
def _end_of_a_failed_flush(session: WriteSession, _transaction: object) -> None:
    notes(session).is_noted = False


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
    if not session.is_journalled:
        raise RuntimeError("What is journalled is changed in db.write(), never in db.beside().")
    if lines:
        session.execute(sa.insert(change), lines)
    author = session.author
    link = ChangeSet(
        id=kept.change_set_id,
        seq=0,
        made_at=clock.now(),
        made_by=author.by,
        kind=author.kind,
        why=_why(session),
        undoes=kept.undoes,
        changes=kept.in_table + len(lines),
    )
    chain.add(session, link)
    # Writers take turns from here until they commit: a check sees all that others wrote before.
    written = {str(line["entity"]) for line in lines} | kept.set_based
    policies.check_invariants(session, kept.change_set_id, written)


def _why(session: WriteSession) -> str:
    """The reason that was given; where somebody else let the person in just before, with that name."""
    author = session.author
    maker = actor_of(session).link_of if author.by else ""
    if not maker:
        return author.why
    by_link = Message("by a link of {name}", name=maker)
    return joined([messages.read(author.why), by_link], " · ").stored() if author.why else by_link.stored()


recorders.append(record)
