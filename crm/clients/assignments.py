"""In whose book a client stands, and in whose it stood before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import journal
from crm.clients import queries, receivers
from crm.clients.models import Client, Part, PastAssignment
from crm.clients.scope import is_visible
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground import clock
from crm.ground.errors import NotFoundError
from crm.journal import bulk, entities
from crm.people import DESK_ID, Person, Right, require


@dataclass(frozen=True)
class Held:
    """Who looked after a client, as what, and from when until when; `until_at` is None for whoever does now."""

    person_id: UUID
    part: str
    from_at: datetime
    until_at: datetime | None


def reassign(
    session: WriteSession, by: Person, client_ids: Collection[UUID], *, to: UUID, part: Part = Part.PRIMARY
) -> int:
    """Move clients to another book; says how many moved. The desk as backup means that there is none.

    Open tasks move with a client when `tasks.reassign_clients` is called instead.
    """
    require(by, Right.REASSIGN)
    check_all_visible(session, by, client_ids)
    receivers.check(session, by, to)  # each of them is in another book, or stays where it is
    column = "manager_id" if part == Part.PRIMARY else "backup_id"
    holder = None if part == Part.BACKUP and to == DESK_ID else to
    session.flush()
    sql = Sql(session)
    sql.temp_table(
        "moving",
        f"""SELECT {sql.uuid7()} AS id, c.id AS client_id, c.{column} AS person_id, CAST(:part AS VARCHAR) AS part,
                   {_since(part)} AS from_at, CAST(:now AS TIMESTAMPTZ) AS until_at, CAST(:to AS UUID) AS holder
            FROM client c
            WHERE c.id IN (SELECT unnest(CAST(:ids AS UUID[]))) AND c.{column} IS DISTINCT FROM CAST(:to AS UUID)""",
        {
            "ids": [str(i) for i in set(client_ids)],
            "to": str(holder) if holder else None,
            "now": clock.now(),
            "part": part.value,
        },
    )
    past = ["id", "client_id", "person_id", "part", "from_at", "until_at"]
    bulk.insert(session, entities.table("past_assignment"), "(SELECT * FROM moving WHERE person_id IS NOT NULL)", past)
    moved = bulk.update(
        session, entities.table("client"), f"(SELECT client_id AS id, holder AS {column} FROM moving)", [column]
    )
    sql.drop("moving")
    for row in list(session):
        if isinstance(row, Client):
            session.refresh(row)
    return moved


def _since(part: Part) -> str:
    """A primary part starts where the last one ended; a backup's start is only in the journal."""
    ended = "SELECT max(p.until_at) FROM past_assignment p WHERE p.client_id = c.id AND p.part = :part"
    if part == Part.PRIMARY:
        return f"coalesce(({ended}), c.created_at)"
    return f"""coalesce((SELECT max(s.made_at) FROM change x JOIN change_set s ON s.id = x.change_set_id
        WHERE x.entity = 'client' AND x.entity_key = CAST(c.id AS VARCHAR)
        AND x.after ->> 'backup_id' = CAST(c.backup_id AS VARCHAR)), ({ended}), c.created_at)"""


def check_all_visible(session: Session, viewer: Person, client_ids: Collection[UUID]) -> None:
    """Raise NotFoundError unless the viewer sees every one of these clients."""
    wanted = set(client_ids)
    query = select(sa.func.count()).select_from(Client).where(col(Client.id).in_(wanted), is_visible(viewer))
    if session.exec(query).one() != len(wanted):
        raise NotFoundError("One of these clients is not there, or not in your book.")


def assignments_of(session: Session, viewer: Person, client_id: UUID) -> list[Held]:
    """Who looks after a client now, and who did before, newest first."""
    client = queries.get(session, viewer, client_id)
    query = select(PastAssignment).where(PastAssignment.client_id == client.id)
    past = session.exec(query.order_by(col(PastAssignment.until_at).desc(), col(PastAssignment.id).desc())).all()
    before = [Held(p.person_id, p.part, p.from_at, p.until_at) for p in past]
    begun = next((held.until_at for held in before if held.part == Part.PRIMARY and held.until_at), client.created_at)
    now = [Held(client.manager_id, Part.PRIMARY, begun, None)]
    if client.backup_id:
        now.append(Held(client.backup_id, Part.BACKUP, _backup_since(session, client), None))
    return now + before


def _backup_since(session: Session, client: Client) -> datetime:
    for made, line in journal.history_of(session, "client", client.id):
        if (line.after or {}).get("backup_id") == str(client.backup_id):
            return made.made_at
    return client.created_at
