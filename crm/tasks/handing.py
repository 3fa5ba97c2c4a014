"""Tasks that go to somebody else, alone or together with their client."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlmodel import col, func

from crm import clients, handover
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground import clock
from crm.ground.errors import InvalidError, NotAllowedError, NotFoundError
from crm.handover import Merging, Plan
from crm.journal import bulk, entities
from crm.people import DESK_ID, Person, Right, require
from crm.tasks import queries
from crm.tasks.models import Task, TaskStatus


def hand_over(session: WriteSession, by: Person, task_ids: Collection[UUID], *, to: UUID) -> int:
    """Give open tasks to somebody who sees their clients; says how many went."""
    require(by, Right.REASSIGN)
    receiver = clients.assignees.check(session, by, to)
    if receiver.id == DESK_ID:
        raise InvalidError("The desk does nothing by itself; choose a person.")
    wanted = set(task_ids)
    mine = queries.visible_to(by).where(col(Task.id).in_(wanted))
    if session.scalar(mine.with_only_columns(func.count())) != len(wanted):
        raise NotFoundError("One of these tasks is not there, or not yours to see.")
    unseen = mine.where(col(Task.client_id).is_not(None), col(Task.client_id).not_in(clients.visible_ids(receiver)))
    if session.scalar(unseen.with_only_columns(func.count())):
        raise NotAllowedError(
            "{name} does not look after all of these clients; move the clients first.", name=receiver.name
        )
    going = "SELECT unnest(CAST(:ids AS UUID[])) AS id, CAST(:to AS UUID) AS to_id"
    return _give(session, going, {"ids": [str(one) for one in wanted], "to": str(to)})


@handover.on_move
def follow(session: WriteSession) -> None:
    """Open tasks of whoever looked after a client go along with it."""
    _give(
        session,
        "SELECT t.id, m.to_id FROM task t JOIN moving m ON m.client_id = t.client_id AND m.from_id = t.owner_id",
        {},
    )


@handover.before_merge
def bring_together(session: WriteSession, merging: Merging) -> None:
    """Open tasks of whoever looked after one of the merged clients go to the manager of the client that stays."""
    for plan in merging.plans:
        _bring_together(session, plan)


def _bring_together(session: WriteSession, plan: Plan) -> None:
    """A task changes once: it names the client that stays, and perhaps another owner, whose zone tells its day."""
    receiver = session.get_one(Person, plan.fields["manager_id"])
    sql, zone, kept = Sql(session), clock.zone(receiver.time_zone).key, plan.kept.id
    givers = [] if receiver.id == DESK_ID else [c.manager_id for c in plan.clients if c.manager_id != receiver.id]
    goes = f"t.status = '{TaskStatus.OPEN}' AND t.owner_id IN (SELECT unnest(CAST(:givers AS UUID[])))"
    sql.temp_table(
        "brought",
        f"""SELECT t.id, CAST(:kept AS UUID) AS client_id, CASE WHEN {goes} THEN CAST(:to AS UUID) ELSE t.owner_id END AS owner_id,
                CASE WHEN {goes} THEN coalesce(CAST(t.due_at AT TIME ZONE '{zone}' AS DATE), t.due_on) ELSE t.due_on END AS due_on
            FROM task t WHERE t.client_id IN (SELECT unnest(CAST(:ids AS UUID[]))) AND (t.client_id <> CAST(:kept AS UUID) OR {goes})""",
        {
            "kept": str(kept),
            "to": str(receiver.id),
            "givers": [str(i) for i in givers],
            "ids": [str(c.id) for c in plan.clients],
        },
    )
    bulk.update(session, entities.table("task"), "brought", ["client_id", "owner_id", "due_on"])
    sql.drop("brought")


def _give(session: WriteSession, going: str, parameters: Mapping[str, object]) -> int:
    """`going` is a SELECT of tasks and who gets each (id, to_id). The day of an hour is counted anew, in the receiver's zone."""
    session.flush()
    sql = Sql(session)
    sql.temp_table(
        "handed",
        f"""SELECT t.id, g.to_id AS owner_id, coalesce(CAST(t.due_at AT TIME ZONE p.time_zone AS DATE), t.due_on) AS due_on
            FROM ({going}) g JOIN task t ON t.id = g.id JOIN person p ON p.id = g.to_id
            WHERE t.status = '{TaskStatus.OPEN}' AND t.owner_id <> g.to_id""",
        parameters,
    )
    given = bulk.update(session, entities.table("task"), "handed", ["owner_id", "due_on"])
    sql.drop("handed")
    for row in list(session):
        if isinstance(row, Task):
            session.refresh(row)
    return given
