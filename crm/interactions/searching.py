"""How a conversation is found: by its topic, what was said, and what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.interactions.models import Interaction
from crm.interactions.queries import visible_to
from crm.people import Person
from crm.search import Document, Select, Shown, Source, searchable, written

AT_ONCE = 10_000
TITLE = 80  # letters of what was said, where there is no topic


def read(session: Session, ids: Select | None) -> Iterator[Document]:
    names = ("id", "client_id", "topic", "summary", "outcome", "next_steps", "channel")
    query = sa.select(*(col(getattr(Interaction, name)) for name in names))
    if ids is not None:
        query = query.where(col(Interaction.id).in_(ids))
    for key, client_id, *texts in session.execute(query, execution_options={"yield_per": AT_ONCE}):
        yield Document(key, text="\n".join(filter(None, texts)), client_id=client_id)


def shown(session: Session, viewer: Person, ids: Sequence[UUID]) -> Mapping[UUID, Shown]:
    rows = session.exec(visible_to(viewer).where(col(Interaction.id).in_(ids))).all()
    return {one.id: _shown(one) for one in rows}


def _shown(one: Interaction) -> Shown:
    title = one.topic or one.summary.strip().partition("\n")[0][:TITLE]
    return Shown(one.id, title, (one.summary, one.outcome, one.next_steps), one.external_id, one.client_id)


def keys(since: int, until: int) -> Select:
    return written("interaction", since, until)


searchable(
    Source(
        "interactions",
        read,
        shown,
        keys,
        sa.select(sa.func.count()).select_from(Interaction),
        frozenset({"interaction"}),
    )
)
