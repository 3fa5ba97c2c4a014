"""Imports in a client's timeline that brought facts of it."""

import sqlalchemy as sa
from sqlmodel import col

from crm import clients
from crm.ground.messages import Message
from crm.journal.models import ChangeSet, change
from crm.timeline import Asked, Entry, EntryKind, entries

IMPORT = EntryKind("import", Message("Imports"), ":material/upload_file:")
FACTS = ("daily_activity", "fill", "balance")


@entries(IMPORT)
def imports(asked: Asked) -> list[Entry]:
    """An account's number is the first part of a fact's key."""
    line = change.c
    numbers = clients.accounts.numbers_of(asked.session, asked.client)
    facts = (
        sa.select(line.change_set_id, sa.func.count().label("rows"))
        .where(
            line.entity.in_(FACTS),
            sa.or_(*(line.entity_key.like(f"{number}|%") for number in numbers)),
        )
        .group_by(line.change_set_id)
        .subquery()
    )
    query = sa.select(ChangeSet, facts.c.rows).join(facts, facts.c.change_set_id == col(ChangeSet.id))
    rows = asked.session.execute(asked.newest(query, col(ChangeSet.made_at)))
    return [
        Entry(
            IMPORT,
            made.made_at,
            asked.names.get(made.made_by) if made.made_by else None,
            _brought(count),
            made.reason,
            "change_set",
            made.id,
        )
        for made, count in rows
    ]


def _brought(count: int) -> Message:
    return Message(
        "{count} rows of trading came in or changed", one="{count} row of trading came in or changed", count=count
    )
