"""Reading what was said: one, a client's, the newest, what holds a text, and when each client was last render to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm import clients, journal
from crm.ground.errors import NotFoundError
from crm.interactions.models import Interaction
from crm.journal import Change, ChangeSet
from crm.people import Person

ORDERS: Mapping[str, Any] = {"happened": col(Interaction.happened_at)}


@dataclass(frozen=True)
class LastContact:
    """Who spoke to a client last, when, through what, and what came of it."""

    interaction_id: UUID
    happened_at: datetime
    person_id: UUID
    channel: str
    direction: str
    outcome: str


def visible_to(viewer: Person) -> SelectOfScalar[Interaction]:
    """What was said to the clients one sees, whoever said it."""
    return select(Interaction).where(col(Interaction.client_id).in_(clients.visible_ids(viewer)))


def get(session: Session, viewer: Person, interaction_id: UUID) -> Interaction:
    found = session.exec(visible_to(viewer).where(Interaction.id == interaction_id)).first()
    if not found:
        raise NotFoundError("There is no such interaction, or its client is not in your book.")
    return found


def of_client(
    session: Session,
    viewer: Person,
    client_id: UUID,
    *,
    limit: int = 50,
    before: datetime | None = None,
    before_id: UUID | None = None,
) -> Sequence[Interaction]:
    """A client's interactions, newest first.

    The next page starts `before` the moment of the last one seen; with its id as well, none of the same moment is lost.
    """
    client = clients.get(session, viewer, client_id)
    query = _newest(select(Interaction).where(Interaction.client_id == client.id), limit)
    at, key = col(Interaction.happened_at), col(Interaction.id)
    if before and before_id:
        query = query.where(sa.or_(at < before, sa.and_(at == before, key < before_id)))
    elif before:
        query = query.where(at < before)
    return session.exec(query).all()


def recent(
    session: Session, viewer: Person, *, person_id: UUID | None = None, text: str = "", limit: int = 20
) -> Sequence[Interaction]:
    """The newest interactions with the clients one sees; of one colleague, or those that hold a text."""
    query = visible_to(viewer).where(clients.search.matches(col(Interaction.search_text), text))
    if person_id:
        query = query.where(Interaction.person_id == person_id)
    return session.exec(_newest(query, limit)).all()


def _newest(query: SelectOfScalar[Interaction], limit: int) -> SelectOfScalar[Interaction]:
    return query.order_by(col(Interaction.happened_at).desc(), col(Interaction.id).desc()).limit(limit)


def last_contact(session: Session, client_ids: Collection[UUID]) -> dict[UUID, LastContact]:
    """The newest interaction of each client, in one query; clients who were never render to are left out."""
    ranked = (
        select(
            Interaction,
            sa.func.row_number()
            .over(
                partition_by=col(Interaction.client_id),
                order_by=(col(Interaction.happened_at).desc(), col(Interaction.id).desc()),
            )
            .label("place"),
        )
        .where(col(Interaction.client_id).in_(set(client_ids)))
        .subquery()
    )
    names = ("id", "happened_at", "person_id", "channel", "direction", "outcome")
    columns = [ranked.c.client_id, *(ranked.c[name] for name in names)]
    found = session.connection().execute(sa.select(*columns).where(ranked.c.place == 1))
    return {client_id: LastContact(*values) for client_id, *values in found}


def history(session: Session, viewer: Person, interaction_id: UUID) -> list[tuple[ChangeSet, Change]]:
    """Who wrote and corrected it, newest first."""
    return journal.history_of(session, "interaction", get(session, viewer, interaction_id).id)
