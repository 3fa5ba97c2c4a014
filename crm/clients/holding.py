"""What somebody wanted to write about a client of another book waits here for a lead who sees that client."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.clients.models import Client, HeldRow
from crm.clients.scope import sees_all, visible_ids
from crm.db.sessions import NotedError, WriteSession
from crm.ground import clock
from crm.ground.errors import ConflictError, NotAllowedError, NotFoundError
from crm.ground.messages import Message
from crm.people import Person, Right, may, require

MOST_A_DAY = 20
DAY = timedelta(hours=24)

NOT_YET = Message("This was not saved yet: a lead has to look at it first.")


class HeldError(NotedError, ConflictError):
    """Nothing was written; what was wanted waits for a lead."""

    def __init__(self, held: HeldRow, message: Message = NOT_YET) -> None:
        super().__init__(message)
        self.held = held

    def note(self, session: WriteSession) -> None:
        session.add(self.held)


def held_today(session: Session, person_id: UUID) -> int:
    """How many rows of a person were held in the last 24 hours, decided or not."""
    since = col(HeldRow.held_at) > clock.now() - DAY
    whole = col(HeldRow.line).is_(None) & col(HeldRow.batch_id).is_not(None)
    query = select(sa.func.count()).select_from(HeldRow).where(HeldRow.asked_by == person_id, since, ~whole)
    return int(session.exec(query).one())


def check_allowance(session: Session, by: Person) -> None:
    """Whoever meets other people's clients again and again waits for a lead, whatever they write next."""
    if held_today(session, by.id) >= MOST_A_DAY:
        raise NotAllowedError(
            "{count} rows of yours wait for a lead; until one has looked, a lead has to add this.", count=MOST_A_DAY
        )


def hold(by: Person, client_id: UUID, fields: Mapping[str, Any]) -> HeldError:
    """The refusal of what was entered by hand, which keeps it."""
    return HeldError(HeldRow(client_id=client_id, asked_by=by.id, fields=dict(fields)))


def waiting(session: Session, viewer: Person, *, batch_id: UUID | None = None, limit: int = 500) -> Sequence[HeldRow]:
    """What waits for this lead, the oldest first: about clients whom they see, and imports of people in their team."""
    query = select(HeldRow).where(HeldRow.outcome == "", _is_theirs(viewer))
    if batch_id:
        query = query.where(HeldRow.batch_id == batch_id)
    return session.exec(query.order_by(col(HeldRow.held_at), col(HeldRow.line), col(HeldRow.id)).limit(limit)).all()


def how_many_wait(session: Session, viewer: Person) -> int:
    query = select(sa.func.count()).select_from(HeldRow).where(HeldRow.outcome == "", _is_theirs(viewer))
    return int(session.exec(query).one())


def _is_theirs(viewer: Person) -> sa.ColumnElement[bool]:
    if not may(viewer, Right.REASSIGN):
        return sa.false()
    if sees_all(viewer):
        return sa.true()
    team = select(Person.id).where(Person.team_id == viewer.team_id, Person.id != viewer.id)
    seen = col(HeldRow.client_id).in_(visible_ids(viewer))
    return sa.or_(seen, col(HeldRow.client_id).is_(None) & col(HeldRow.asked_by).in_(team))


def chosen(session: Session, by: Person, held_ids: Sequence[UUID]) -> Sequence[HeldRow]:
    """These rows, if they wait for this lead.

    Raises:
        NotFoundError: one of them is not there, was decided already, or waits for somebody else.
    """
    require(by, Right.REASSIGN)
    query = select(HeldRow).where(col(HeldRow.id).in_(held_ids), HeldRow.outcome == "", _is_theirs(by))
    found = session.exec(query.order_by(col(HeldRow.batch_id), col(HeldRow.line))).all()
    if len(found) != len(set(held_ids)):
        raise NotFoundError("One of these rows is not waiting any more, or not for you.")
    return found


def decide(session: WriteSession, by: Person, held: Sequence[HeldRow], outcome: str) -> None:
    for row in held:
        row.outcome, row.decided_by, row.decided_at = outcome, by.id, clock.now()
    session.flush()


def names_of(session: Session, viewer: Person, held: Sequence[HeldRow]) -> dict[UUID, str]:
    """What the clients are called whom the viewer sees."""
    wanted = {row.client_id for row in held if row.client_id}
    query = select(Client.id, Client.name).where(col(Client.id).in_(wanted), col(Client.id).in_(visible_ids(viewer)))
    return dict(session.exec(query).all())
