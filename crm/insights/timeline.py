"""Everything about one client, newest first: what was said, what was owed and done, what was changed, what was imported."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import clients, people
from crm.clients import Client
from crm.clients.models import MergedClient
from crm.ground.messages import Message
from crm.interactions.models import Interaction
from crm.journal.models import ChangeSet, change, told
from crm.people import Person
from crm.tasks.models import Task, TaskStatus


class EntryKind(StrEnum):
    INTERACTION = "interaction"
    TASK = "task"
    CHANGE = "change"
    IMPORT = "import"


@dataclass(frozen=True)
class FieldChange:
    """A field of the client, as JSON keeps it; people are already named."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `said` is ours and is translated; `text` is what a person wrote and is not."""

    kind: EntryKind
    at: datetime
    person: str | None
    said: Message
    text: str
    entity: str
    entity_id: UUID
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class _Asked:
    session: Session
    client: Client
    before: datetime | None
    limit: int
    names: Mapping[UUID, str]


def of_client(
    session: Session,
    viewer: Person,
    client_id: UUID,
    *,
    kinds: Collection[EntryKind] = tuple(EntryKind),
    before: datetime | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The newest entries of the kinds wanted; the next page is `before` the last moment seen."""
    asked = _Asked(session, clients.get(session, viewer, client_id), before, limit, people.names(session))
    found = [entry for kind in EntryKind if kind in kinds for read in _READERS[kind] for entry in read(asked)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:limit]


def _interactions(asked: _Asked) -> list[Entry]:
    query = sa.select(Interaction).where(col(Interaction.client_id) == asked.client.id)
    rows = asked.session.scalars(_newest(asked, query, col(Interaction.happened_at)))
    return [
        Entry(
            EntryKind.INTERACTION, row.happened_at, asked.names.get(row.person_id), Message("Talked ({channel})", channel=row.channel),
            "\n".join(part for part in (row.topic, row.summary) if part), "interaction", row.id,
        )
        for row in rows
    ]  # fmt: skip


def _tasks_made(asked: _Asked) -> list[Entry]:
    query = sa.select(Task).where(col(Task.client_id) == asked.client.id)
    rows = asked.session.scalars(_newest(asked, query, col(Task.created_at)))
    return [
        Entry(
            EntryKind.TASK, row.created_at, asked.names.get(row.created_by) if row.created_by else None,
            Message("Task planned for {day}", day=row.due_on) if row.due_on else Message("Task planned"), row.title, "task", row.id,
        )
        for row in rows
    ]  # fmt: skip


def _tasks_ended(asked: _Asked) -> list[Entry]:
    query = sa.select(Task).where(col(Task.client_id) == asked.client.id, col(Task.done_at).is_not(None))
    rows = asked.session.scalars(_newest(asked, query, col(Task.done_at)))
    return [
        Entry(
            EntryKind.TASK, row.done_at, asked.names.get(row.owner_id),
            Message("Task done") if row.status == TaskStatus.DONE else Message("Task withdrawn"),
            "\n".join(part for part in (row.title, row.outcome) if part), "task", row.id,
        )
        for row in rows
        if row.done_at
    ]  # fmt: skip


def _changes(asked: _Asked) -> list[Entry]:
    line = told.c
    query = (
        sa.select(ChangeSet, line.before, line.after)
        .join(told, line.change_set_id == col(ChangeSet.id))
        .where(line.entity == "client", line.entity_key.in_([str(asked.client.id), *_merged(asked)]))
    )
    rows = asked.session.execute(_newest(asked, query.add_columns(line.entity_key), col(ChangeSet.made_at)))
    return [
        _merging(asked, made, before)
        if after is None and before and key != str(asked.client.id)
        else _change(asked, made, before, after)
        for made, before, after, key in rows
    ]


def _merged(asked: _Asked) -> list[str]:
    """The ids of the records that were merged into this client: what happened to them is its past, too."""
    query = sa.select(col(MergedClient.id)).where(col(MergedClient.client_id) == asked.client.id)
    return [str(found) for found in asked.session.scalars(query)]


def _merging(asked: _Asked, made: ChangeSet, before: Mapping[str, object]) -> Entry:
    person = asked.names.get(made.made_by) if made.made_by else None
    said = Message("{name} was merged into this client", name=str(before.get("name", "")))
    return Entry(EntryKind.CHANGE, made.made_at, person, said, made.why, "change_set", made.id)


def _change(
    asked: _Asked, made: ChangeSet, before: Mapping[str, object] | None, after: Mapping[str, object] | None
) -> Entry:
    fields = _fields(asked, before or {}, after or {}) if before is not None and after is not None else ()
    person = asked.names.get(made.made_by) if made.made_by else None
    return Entry(
        EntryKind.CHANGE, made.made_at, person, _what(before, after, fields), made.why, "change_set", made.id, fields
    )


def _what(before: object, after: object, fields: tuple[FieldChange, ...]) -> Message:
    if before is None or after is None:
        return Message("Client added") if before is None else Message("Client removed")
    if len(fields) != 1:
        return Message("{count} fields changed", count=len(fields))
    only = fields[0]
    values = {"before": only.before or "–", "after": only.after or "–"}
    if only.field == "tier":
        return Message("Tier changed from {before} to {after}", **values)
    if only.field == "manager_id":
        return Message("Handed over from {before} to {after}", **values)
    if only.field == "status":
        return Message("Status changed from {before} to {after}", **values)
    return Message("{field} changed from {before} to {after}", field=only.field, **values)


# Bookkeeping of the store itself, which nobody wants to read about.
_SILENT = {"version", "search_text"}
_PEOPLE = {"manager_id", "backup_id"}


def _fields(asked: _Asked, before: Mapping[str, object], after: Mapping[str, object]) -> tuple[FieldChange, ...]:
    def shown(name: str, value: object) -> object:
        return asked.names.get(UUID(str(value)), value) if name in _PEOPLE and value else value

    names = sorted((set(before) | set(after)) - _SILENT)
    return tuple(FieldChange(name, shown(name, before.get(name)), shown(name, after.get(name))) for name in names)


def _imports(asked: _Asked) -> list[Entry]:
    """Imports that brought facts of this client: an account's number is the first part of a fact's key."""
    line = change.c
    numbers = clients.accounts.numbers_of(asked.session, asked.client)
    facts = (
        sa.select(line.change_set_id, sa.func.count().label("rows"))
        .where(
            line.entity.in_(["daily_activity", "fill", "balance"]),
            sa.or_(*(line.entity_key.like(f"{number}|%") for number in numbers)),
        )
        .group_by(line.change_set_id)
        .subquery()
    )
    query = sa.select(ChangeSet, facts.c.rows).join(facts, facts.c.change_set_id == col(ChangeSet.id))
    rows = asked.session.execute(_newest(asked, query, col(ChangeSet.made_at)))
    return [
        Entry(
            EntryKind.IMPORT, made.made_at, asked.names.get(made.made_by) if made.made_by else None,
            Message("{count} rows of trading came in or changed", count=count), made.why, "change_set", made.id,
        )
        for made, count in rows
    ]  # fmt: skip


def _newest(asked: _Asked, query: Any, moment: Any) -> Any:  # noqa: ANN401
    if asked.before:
        query = query.where(moment < asked.before)
    return query.order_by(moment.desc()).limit(asked.limit)


_READERS: Mapping[EntryKind, tuple[Callable[[_Asked], list[Entry]], ...]] = {
    EntryKind.INTERACTION: (_interactions,),
    EntryKind.TASK: (_tasks_made, _tasks_ended),
    EntryKind.CHANGE: (_changes,),
    EntryKind.IMPORT: (_imports,),
}
