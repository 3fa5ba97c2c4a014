"""What was said to clients, what is owed to them, and who works here."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import clients, interactions, people, tasks
from crm.clients.models import Client
from crm.exports.asked import Asked
from crm.exports.sheet import Sheet, types_of
from crm.interactions import Interaction
from crm.people import Person
from crm.tasks import Task

CLIENT = ("venue", "uid", "client")
SAID = (
    "happened_at",
    "channel",
    "direction",
    "minutes",
    "topic",
    "products",
    "summary",
    "mood",
    "outcome",
    "next_steps",
)
OWED = (
    "title",
    "kind",
    "status",
    "priority",
    "due_on",
    "due_at",
    "remind_at",
    "snoozed_until",
    "created_at",
    "done_at",
    "outcome",
    "repeat",
)
AT_ONCE = 2000


def said(session: Session, viewer: Person, asked: Asked) -> Sheet:
    query = _of(viewer, asked, interactions.visible_to(viewer), col(Interaction.client_id))
    named = clients.named(viewer)
    query = (
        query.join(named, named.c.id == col(Interaction.client_id))
        .join(Person, col(Person.id) == col(Interaction.person_id))
        .with_only_columns(*_known(Interaction, named), *(getattr(Interaction, name) for name in (*SAID, "created_at")))
    )
    ordered = asked.ordered(query, (col(Interaction.happened_at), col(Interaction.id)), col(Interaction.id))
    columns = ("external_id", *CLIENT, "manager", *SAID, "logged_at")
    typed = types_of(Interaction, *SAID) | {"logged_at": datetime}
    return Sheet("interactions", columns, _streamed(session, ordered), typed)


def owed(session: Session, viewer: Person, asked: Asked) -> Sheet:
    visible = tasks.matching(viewer, asked.tasks) if asked.tasks else tasks.visible_to(viewer)
    named = clients.named(viewer)
    query = (
        _of(viewer, asked, visible, col(Task.client_id))
        .join(named, named.c.id == col(Task.client_id), isouter=True)
        .join(Person, col(Person.id) == col(Task.owner_id))
        .with_only_columns(*_known(Task, named), *(getattr(Task, name) for name in OWED))
    )
    ordered = asked.ordered(query, (col(Task.created_at), col(Task.id)), col(Task.id))
    columns = ("external_id", *CLIENT, "owner", *OWED)
    return Sheet("tasks", columns, _streamed(session, ordered), types_of(Task, *OWED))


def managers(session: Session, viewer: Person, asked: Asked) -> Sheet:  # noqa: ARG001 -- as the others
    columns = ("email", "name", "role", "team", "languages", "time_zone", "locale")
    teams = {team.id: team.name for team in people.teams(session)}
    rows = (
        (p.email, p.name, p.role, teams.get(p.team_id) if p.team_id else None, p.languages, p.time_zone, p.locale)
        for p in people.colleagues(session)
    )
    return Sheet("managers", columns, rows, types_of(Person, "languages"))


def _known(model: Any, named: sa.Subquery) -> tuple[Any, ...]:  # noqa: ANN401 -- a table
    """By what a row is known again (its own id where no other system gave it one), its client, and whose it is.

    Of a client whom the viewer no longer sees nothing is told; the row comes back without losing it.
    """
    known_by = sa.func.coalesce(col(model.external_id), sa.cast(col(model.id), sa.String))
    return known_by, named.c.venue, named.c.uid, named.c.name, col(Person.email)


def _of(viewer: Person, asked: Asked, query: Any, client_id: Any) -> Any:  # noqa: ANN401 -- selects, columns
    if not asked.is_narrowed:
        return query
    return query.where(client_id.in_(asked.clients(viewer).with_only_columns(col(Client.id))))


def _streamed(session: Session, query: sa.Executable) -> Iterator[Sequence[object]]:
    return (tuple(row) for row in session.execute(query.execution_options(yield_per=AT_ONCE)))
