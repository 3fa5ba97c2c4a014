"""Moving clients to another book: set-based, so that a form and a file do it in one way."""

from collections.abc import Collection
from uuid import UUID

from crm import clients
from crm.clients import AssignmentRole, Client, assignees
from crm.clients.models import PastAssignment
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground import clock
from crm.handover import registry
from crm.journal import bulk, entities
from crm.people import DESK_ID, Person, Right, require

CLIENTS, PAST = entities.of(Client), entities.of(PastAssignment)


def reassign(
    session: WriteSession,
    by: Person,
    client_ids: Collection[UUID],
    *,
    to: UUID,
    part: AssignmentRole = AssignmentRole.PRIMARY,
) -> int:
    """Move clients to another book, with all that goes along; says how many moved.

    The desk as backup means that there is none.
    """
    require(by, Right.REASSIGN)
    clients.check_all_visible(session, by, client_ids)
    assignees.check(session, by, to)
    column = "manager_id" if part == AssignmentRole.PRIMARY else "backup_id"
    holder = None if part == AssignmentRole.BACKUP and to == DESK_ID else to
    session.flush()
    sql = Sql(session)
    sql.temp_table(
        "moving",
        f"""SELECT c.id AS client_id, c.{column} AS from_id, CAST(:to AS UUID) AS to_id FROM client c
            WHERE c.id IN (SELECT unnest(CAST(:ids AS UUID[]))) AND c.{column} IS DISTINCT FROM CAST(:to AS UUID)""",
        {"ids": [str(one) for one in set(client_ids)], "to": str(holder) if holder else None},
    )
    follow(session, part)
    moved = bulk.update(session, CLIENTS, f"(SELECT client_id AS id, to_id AS {column} FROM moving)", [column])
    sql.drop("moving")
    for row in list(session):
        if isinstance(row, Client):
            session.refresh(row)
    return moved


def follow(session: WriteSession, part: AssignmentRole = AssignmentRole.PRIMARY) -> None:
    """Before clients change hands: who had them until now is written down, and every room lets go along what belongs to them.

    The temporary table `moving` (client_id, from_id, to_id) says which.
    """
    sql = Sql(session)
    sql.temp_table(
        "moved_from",
        f"""SELECT {sql.uuid7()} AS id, c.id AS client_id, m.from_id AS person_id, CAST(:part AS VARCHAR) AS part,
                {_since(part)} AS from_at, CAST(:now AS TIMESTAMPTZ) AS until_at
            FROM moving m JOIN client c ON c.id = m.client_id WHERE m.from_id IS NOT NULL""",
        {"part": part.value, "now": clock.now()},
    )
    bulk.insert(session, PAST, "moved_from", ["id", "client_id", "person_id", "part", "from_at", "until_at"])
    sql.drop("moved_from")
    if part == AssignmentRole.PRIMARY:
        for go_along in registry.moves:
            go_along(session)


def _since(part: AssignmentRole) -> str:
    """A primary part starts where the last one ended; a backup's start is only in the journal."""
    ended = "SELECT max(p.until_at) FROM past_assignment p WHERE p.client_id = c.id AND p.part = :part"
    if part == AssignmentRole.PRIMARY:
        return f"coalesce(({ended}), c.created_at)"
    return f"""coalesce((SELECT max(s.made_at) FROM change x JOIN change_set s ON s.id = x.change_set_id
        WHERE x.entity = 'client' AND x.entity_key = CAST(c.id AS VARCHAR)
        AND x.after ->> 'backup_id' = CAST(c.backup_id AS VARCHAR)), ({ended}), c.created_at)"""
