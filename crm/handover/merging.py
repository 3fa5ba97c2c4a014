"""Several records of one client become one: everything that was said, owed, traded and written stays with the one kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from crm.clients import accounts, actions, assignees, assignments, get, seen, visible_to
from crm.clients.models import AssignmentRole, Client, MergedClient, PastAssignment
from crm.db import is_duckdb
from crm.db.sessions import WriteSession
from crm.ground import clock, limits, rows
from crm.ground.errors import ConflictError, InvalidError, NotFoundError
from crm.handover import relinking, survivorship
from crm.people import DESK_ID, Person, Right, require

MOST_AT_ONCE = 20


class MergedInto(SQLModel):
    """Who goes into a client. `choices` name, for a field, the client whose value wins; `versions` are those looked at.

    Fields: those of a client, `account` (venue and UID together), and `attributes.` with a name.
    """

    other_ids: list[UUID] = Field(min_length=1, max_length=MOST_AT_ONCE - 1)
    choices: dict[limits.Line, UUID] = Field(default={}, max_length=limits.MOST_FIELDS)
    versions: dict[UUID, int] = Field(default={}, max_length=MOST_AT_ONCE)


class Merge(MergedInto):
    """What is to become one client; the record of `keep_id` stays."""

    keep_id: UUID


@dataclass(frozen=True)
class Plan:
    """A merge that was checked: the record that stays, those that go, and what the first then holds."""

    kept: Client
    others: Sequence[Client]
    fields: Mapping[str, Any]

    @property
    def clients(self) -> list[Client]:
        return [self.kept, *self.others]


def together(session: Session, viewer: Person, client_ids: Sequence[UUID]) -> list[Client]:
    """These clients, in this order, if the viewer sees them all."""
    found = {one.id: one for one in session.exec(visible_to(viewer).where(col(Client.id).in_(client_ids)))}
    if not client_ids or len(set(client_ids)) != len(client_ids) or len(found) != len(client_ids):
        raise NotFoundError("One of these clients is not there, or not in your book.")
    return [found[client_id] for client_id in client_ids]


def plan(session: WriteSession, by: Person, wanted: Merge) -> Plan:
    """Check a merge without doing it; `handover.merge` does it, and every room its part.

    Raises:
        ConflictError: one of them is no longer as it was looked at.
        NotFoundError: one of them is not there, or not in scope.
    """
    require(by, Right.CHANGE_CLIENTS)
    session.flush()
    ids = [wanted.keep_id, *wanted.other_ids]
    if len(set(ids)) < len(ids):
        raise InvalidError("A client cannot be merged with itself.")
    _hold(session, ids)
    found = together(session, by, ids)
    for client in found:
        if wanted.versions.get(client.id, client.version) != client.version:
            raise ConflictError("Somebody else changed {name} first. Compare them again, then merge.", name=client.name)
    planned = Plan(found[0], found[1:], survivorship.settled(found, wanted.choices))
    _check_managers(session, by, planned)
    return planned


def check_apart(plans: Sequence[Plan]) -> None:
    """Several merges at once have no client in common; whoever has three of one asks for one merge of three."""
    ids = [client.id for plan in plans for client in plan.clients]
    if len(set(ids)) < len(ids):
        raise InvalidError("Two of these merges have a client in common; make them one.")


def _hold(session: WriteSession, ids: Sequence[UUID]) -> None:
    """Nobody else changes these until we have committed; on DuckDB writers take turns anyway."""
    if not is_duckdb(session.connection()):
        rows = select(Client).where(col(Client.id).in_(ids)).order_by(col(Client.id)).with_for_update()
        session.exec(rows.execution_options(populate_existing=True)).all()


def _check_managers(session: WriteSession, by: Person, planned: Plan) -> None:
    """Whoever may not move a client may not merge it into another book either."""
    for client in planned.clients:
        assignees.check_moved(session, by, client.manager_id, planned.fields["manager_id"])
    assignees.check_moved(session, by, planned.kept.backup_id, planned.fields.get("backup_id"))


def carry_out(session: WriteSession, by: Person, plans: Sequence[Plan]) -> list[Client]:
    """Everything that points at the others points at those kept; the others go, and are found under their names from now on."""
    further = {plan.kept.id: _further(session, plan) for plan in plans}
    for plan in plans:
        session.add_all([*_past(session, by, plan), *_records(plan)])
    session.flush()
    relinking.repoint(session, {other.id: plan.kept.id for plan in plans for other in plan.others})
    for plan in plans:
        for client in plan.others:
            session.expunge(client)
        accounts.give(session, plan.kept.id, further[plan.kept.id])
        for name, value in plan.fields.items():
            setattr(plan.kept, name, value)
        plan.kept.search_text = actions.found_by(plan.kept)
    session.flush()
    session.expire_all()
    for plan in plans:
        session.refresh(plan.kept)
    return [plan.kept for plan in plans]


def _further(session: WriteSession, planned: Plan) -> set[int]:
    """Every account of these clients but the one that the client carries itself from now on."""
    for client in planned.clients:
        accounts.allot(session, client)
    numbers = {n for one in planned.clients for n in accounts.numbers_of(session, one) if _trades(one, n)}
    return numbers - {planned.fields["number"]}


def _trades(client: Client, number: int) -> bool:
    """Without a UID a client's own number stands for no account."""
    return number != client.number or client.uid is not None


def _past(session: WriteSession, by: Person, planned: Plan) -> list[PastAssignment]:
    """Whoever looked after one of them until now and does not from now on."""
    now, kept, found = clock.now(), planned.kept, []
    for client in planned.clients:
        part = AssignmentRole.PRIMARY if client is kept else AssignmentRole.MERGED
        for held in assignments.assignments_of(session, by, client.id):
            was_manager = held.until_at is None and held.part == AssignmentRole.PRIMARY
            if was_manager and held.person_id not in (planned.fields["manager_id"], DESK_ID):
                found.append(
                    PastAssignment(
                        client_id=kept.id, person_id=held.person_id, part=part, from_at=held.from_at, until_at=now
                    )
                )
    return found


def _records(planned: Plan) -> list[MergedClient]:
    """The kept one's old name and UID stay with the first of the others, should it lose them."""
    texts = [actions.found_by(client) for client in planned.others]
    texts[0] = f"{texts[0]}\n{actions.found_by(planned.kept)}"
    return [
        MergedClient(id=one.id, client_id=planned.kept.id, name=one.name, search_text=text)
        for one, text in zip(planned.others, texts, strict=True)
    ]


def current(session: Session, viewer: Person, client_id: UUID) -> Client:
    """The client of this id, or into whom the record of this id was merged.

    Raises:
        NotFoundError: there is neither, or it is not in the viewer's book.
    """
    return seen(session, viewer, client_id) or where_is(session, viewer, client_id) or get(session, viewer, client_id)


def where_is(session: Session, viewer: Person, client_id: UUID) -> Client | None:
    """The client into whom a record was merged, if the viewer sees it."""
    into = select(MergedClient.client_id).where(MergedClient.id == client_id)
    return session.exec(visible_to(viewer).where(col(Client.id).in_(into))).first()


def moving(session: Session, viewer: Person, client_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """How many rows of each table stand by each of these clients."""
    together(session, viewer, client_ids)
    found: dict[UUID, dict[str, int]] = {client_id: {} for client_id in client_ids}
    for table, columns in relinking.pointing().items():
        if not rows.is_journalled(table):
            continue
        column = table.c[columns[0]]
        counts = sa.select(column, sa.func.count()).where(column.in_(client_ids)).group_by(column)
        for client_id, count in session.connection().execute(counts):
            found[client_id][table.name] = count
    return found
