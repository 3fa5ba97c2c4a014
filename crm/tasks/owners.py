"""Whose a task may be: one SQL expression, for one row and for a million."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from crm import clients
from crm.clients import assignees
from crm.clients.assignees import key
from crm.db.sql import Sql
from crm.ground.errors import NotAllowedError
from crm.people import Person

BLIND = "blind"


def why_not_owned(by: Person, to: str, held_by: str) -> str:
    """Why an open task may not be the alias `to`'s; `held_by` is SQL for whose it is, NULL where it is new.

    One's own it may be, and of whoever can be given a client where a lead says so.
    """
    return f"CASE WHEN {to}.id = {key(by.id)} THEN NULL ELSE {assignees.why_not_moved(by, held_by, to)} END"


def why_not_about(to: str, client: str) -> str:
    """Why the alias `to` may have no task about the client of the alias `client`: they may not see that client."""
    return f"CASE WHEN {client}.id IS NOT NULL AND NOT {clients.sees(to, client)} THEN '{BLIND}' END"


def offered(session: Session, by: Person, task_ids: Collection[UUID]) -> list[Person]:
    """The colleagues who can take all of these tasks: whoever can be given a client, and sees those of the tasks."""
    blind = f"""SELECT DISTINCT p.id FROM person p, task t JOIN client c ON c.id = t.client_id
        WHERE t.id IN (SELECT unnest(CAST(:ids AS UUID[]))) AND {why_not_about("p", "c")} IS NOT NULL"""
    unable = {UUID(str(found)) for (found,) in Sql(session).rows(blind, {"ids": [str(one) for one in task_ids]})}
    return [person for person in assignees.offered(session, by) if person.id not in unable]


def check_sees(session: Session, owner: Person, client_id: UUID) -> None:
    """Nobody is given a task about a client whom they may not see; the desk holds what is nobody's."""
    reason = f"SELECT {why_not_about('p', 'c')} FROM person p, client c WHERE p.id = {key(owner.id)} AND c.id = {key(client_id)}"
    if Sql(session).scalar(reason):
        raise NotAllowedError("{name} does not look after this client; move the client first.", name=owner.name)
