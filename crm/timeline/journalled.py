"""What the journal tells of a client: changes of its record."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from crm.clients.models import MergedClient
from crm.ground.messages import Message, Word
from crm.journal.models import ChangeSet, told
from crm.timeline.entries import Asked, Entry, EntryKind, FieldChange, entries

CHANGE = EntryKind("change", Message("Changes"), ":material/edit:")


@entries(CHANGE)
def changes(asked: Asked) -> list[Entry]:
    line = told.c
    query = (
        sa.select(ChangeSet, line.before, line.after)
        .join(told, line.change_set_id == col(ChangeSet.id))
        .where(line.entity == "client", line.entity_key.in_([str(asked.client.id), *_merged(asked)]))
    )
    rows = asked.session.execute(asked.newest(query.add_columns(line.entity_key), col(ChangeSet.made_at)))
    return [
        _merging(asked, made, before)
        if after is None and before and key != str(asked.client.id)
        else _change(asked, made, before, after)
        for made, before, after, key in rows
    ]


def _merged(asked: Asked) -> list[str]:
    """The ids of the records that were merged into this client: what happened to them is its past, too."""
    query = sa.select(col(MergedClient.id)).where(col(MergedClient.client_id) == asked.client.id)
    return [str(found) for found in asked.session.scalars(query)]


def _merging(asked: Asked, made: ChangeSet, before: Mapping[str, object]) -> Entry:
    person = asked.names.get(made.made_by) if made.made_by else None
    said = Message("{name} was merged into this client", name=str(before.get("name", "")))
    return Entry(CHANGE, made.made_at, person, said, made.reason, "change_set", made.id)


def _change(
    asked: Asked, made: ChangeSet, before: Mapping[str, object] | None, after: Mapping[str, object] | None
) -> Entry:
    fields = _fields(asked, before or {}, after or {}) if before is not None and after is not None else ()
    person = asked.names.get(made.made_by) if made.made_by else None
    return Entry(CHANGE, made.made_at, person, _what(before, after, fields), made.reason, "change_set", made.id, fields)


def _what(before: object, after: object, fields: tuple[FieldChange, ...]) -> Message:
    if before is None or after is None:
        return Message("Client added") if before is None else Message("Client removed")
    if len(fields) != 1:
        return Message("{count} fields changed", one="{count} field changed", count=len(fields))
    only = fields[0]
    shown = (lambda value: Word(str(value))) if only.field in _WORDED else str
    values = {name: shown(value) if value else "–" for name, value in (("before", only.before), ("after", only.after))}
    if only.field == "tier":
        return Message("Tier changed from {before} to {after}", **values)
    if only.field == "manager_id":
        return Message("Handed over from {before} to {after}", **values)
    if only.field == "status":
        return Message("Status changed from {before} to {after}", **values)
    return Message("{field} changed from {before} to {after}", field=Word(only.field), **values)


_WORDED = {"kind", "status", "risk"}  # their values are words of ours
# Bookkeeping of the store itself, which nobody wants to read about.
_SILENT = {"version", "search_text"}
_PEOPLE = {"manager_id", "backup_id"}


def _fields(asked: Asked, before: Mapping[str, object], after: Mapping[str, object]) -> tuple[FieldChange, ...]:
    def shown(name: str, value: object) -> object:
        return asked.names.get(UUID(str(value)), value) if name in _PEOPLE and value else value

    names = sorted((set(before) | set(after)) - _SILENT)
    return tuple(FieldChange(name, shown(name, before.get(name)), shown(name, after.get(name))) for name in names)
