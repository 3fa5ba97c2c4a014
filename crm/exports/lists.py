"""What clients traded, what was said to them, what is owed to them, and who works here."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import clients, interactions, people, tasks, trading
from crm.clients import ClientFilter
from crm.clients.models import Client
from crm.exports.sheet import Sheet, flat
from crm.interactions import Interaction
from crm.people import Person
from crm.tasks import Task

CLIENT = ("venue", "uid", "client")
ACTIVITY = (
    "venue", "uid", "day", "product", "instrument", "volume_usd", "maker_volume_usd", "trades", "fees_usd",
    "rebates_usd", "realised_pnl_usd",
)  # fmt: skip
AT_ONCE = 2000


def daily_activity(session: Session, viewer: Person, wanted: ClientFilter | None) -> Sheet:
    rows = trading.activity_rows(session, viewer)
    if wanted:
        accounts = clients.matching(viewer, wanted).with_only_columns(col(Client.venue), col(Client.uid))
        chosen = {tuple(account) for account in session.execute(accounts)}
        rows = (row for row in rows if (row.venue, row.uid) in chosen)
    return flat("daily_activity", ACTIVITY, map(attrgetter(*ACTIVITY), rows))


def said(session: Session, viewer: Person, wanted: ClientFilter | None) -> Sheet:
    names = (
        "happened_at", "channel", "direction", "minutes", "topic", "products", "summary", "mood", "outcome",
        "next_steps",
    )  # fmt: skip
    columns = ("external_id", *CLIENT, "manager", *names)
    query = (
        _of(viewer, wanted, interactions.visible_to(viewer), col(Interaction.client_id))
        .join(Client, col(Client.id) == col(Interaction.client_id))
        .join(Person, col(Person.id) == col(Interaction.person_id))
        .with_only_columns(
            Interaction.external_id,
            Client.venue,
            Client.uid,
            Client.name,
            Person.email,
            *(getattr(Interaction, name) for name in names),
        )
        .order_by(col(Interaction.happened_at), col(Interaction.id))
    )
    return flat("interactions", columns, _streamed(session, query))


def owed(session: Session, viewer: Person, wanted: ClientFilter | None) -> Sheet:
    names = ("title", "kind", "status", "priority", "due_on", "created_at", "done_at", "outcome", "repeat")
    columns = ("external_id", *CLIENT, "owner", *names)
    query = (
        _of(viewer, wanted, tasks.visible_to(viewer), col(Task.client_id))
        .join(Client, col(Client.id) == col(Task.client_id), isouter=True)
        .join(Person, col(Person.id) == col(Task.owner_id))
        .with_only_columns(
            Task.external_id,
            Client.venue,
            Client.uid,
            Client.name,
            Person.email,
            *(getattr(Task, name) for name in names),
        )
        .order_by(col(Task.created_at), col(Task.id))
    )
    return flat("tasks", columns, _streamed(session, query))


def managers(session: Session, viewer: Person, wanted: ClientFilter | None) -> Sheet:  # noqa: ARG001 -- as the others
    columns = ("email", "name", "role", "team", "languages", "time_zone", "locale")
    teams = {team.id: team.name for team in people.teams(session)}
    rows = (
        (p.email, p.name, p.role, teams.get(p.team_id) if p.team_id else None, p.languages, p.time_zone, p.locale)
        for p in people.colleagues(session)
    )
    return flat("managers", columns, rows)


def _of(viewer: Person, wanted: ClientFilter | None, query: Any, client_id: Any) -> Any:  # noqa: ANN401 -- selects, columns
    if not wanted:
        return query
    chosen = clients.matching(viewer, wanted).with_only_columns(col(Client.id))
    return query.where(client_id.in_(chosen))


def _streamed(session: Session, query: sa.Executable) -> Iterator[Sequence[object]]:
    return (tuple(row) for row in session.execute(query.execution_options(yield_per=AT_ONCE)))
