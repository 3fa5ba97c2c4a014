"""Conversations in a client's timeline."""

import sqlalchemy as sa
from sqlmodel import col

from crm.ground.messages import Message, Word
from crm.interactions.models import Interaction
from crm.timeline import Asked, Entry, EntryKind, entries

INTERACTION = EntryKind("interaction", Message("Conversations"), ":material/forum:")


@entries(INTERACTION)
def talked(asked: Asked) -> list[Entry]:
    query = sa.select(Interaction).where(col(Interaction.client_id) == asked.client.id)
    rows = asked.session.scalars(asked.newest(query, col(Interaction.happened_at)))
    return [
        Entry(
            INTERACTION,
            row.happened_at,
            asked.names.get(row.person_id),
            Message("{channel}", channel=Word(row.channel)),
            "\n".join(part for part in (row.topic, row.summary) if part),
            "interaction",
            row.id,
        )
        for row in rows
    ]
