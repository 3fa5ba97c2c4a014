"""From checked rows to what becomes of each, and then into the store, for every kind."""

from dataclasses import dataclass

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.intake import steps, upsert
from crm.intake.arrival import Arrival
from crm.intake.kinds import Kind
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.intake.upsert import Mode, Target


@dataclass(frozen=True)
class Plan:
    """`outcomes` and `linked` stand in the session; this says into which table they go."""

    kind: Kind
    target: Target


def prepare(staging: Staging, kind: Kind, mapping: Mapping) -> None:
    """What a kind adds to `incoming` before it meets the store."""
    if kind.rows.prepare:
        kind.rows.prepare(staging, mapping)


def plan(kind: Kind, arrival: Arrival, mode: Mode) -> Plan:
    """Tell what would become of each row that is handed over; the temporary tables stay in the session.

    A row about a client out of view is as one about nobody, until `hold` is asked.
    """
    mapping = arrival.mapping
    removes = mapping.removes and any(mapping.columns.get(name) for name in kind.lists)
    stored_as = {column.field: column.stored_as for column in kind.columns}
    with arrival.sql.shared_out():
        target = upsert.with_erasing(kind.rows.link(arrival), arrival.erased, stored_as)
        upsert.decide(
            arrival.sql, target, Mode.CHANGE if removes else mode
        )  # nothing can be removed from a row that is new
    return Plan(kind, target)


def hold(session: WriteSession, planned: Plan) -> None:
    """Keep back the rows that are about clients out of view, as `held`."""
    upsert.hold_elsewhere(Sql(session), planned.target)


def write(session: WriteSession, planned: Plan) -> None:
    """Write what was planned, what belongs to it, and what is derived from it."""
    rows, target = planned.kind.rows, planned.target
    if rows.before:
        rows.before(session, target)
    upsert.insert_created(session, target)
    steps.before_change(session, planned.kind.name, target)
    upsert.update_changed(session, target)
    if rows.after:
        rows.after(session, target)
