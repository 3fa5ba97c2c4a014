"""Lists that leave with rows about clients: of which clients, and what a row tells of its client."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.clients.client_filter import ClientFilter
from crm.clients.models import Client
from crm.clients.queries import matching
from crm.clients.scope import visible_to
from crm.exports import Selection
from crm.people import Person

CLIENT = ("venue", "uid", "client")


def clients_of(viewer: Person, selection: Selection) -> Any:  # noqa: ANN401 -- a select
    """The clients whose rows are taken; all that the viewer sees where nothing narrows them."""
    wanted = selection.filter_of(ClientFilter)
    chosen = matching(viewer, wanted) if wanted else visible_to(viewer)
    return chosen.where(Client.id == selection.client_id) if selection.client_id else chosen


def is_narrowed(selection: Selection) -> bool:
    return selection.filter_of(ClientFilter) is not None or selection.client_id is not None


def narrowed(viewer: Person, selection: Selection, query: Any, client_id: Any) -> Any:  # noqa: ANN401 -- selects, columns
    """Rows about the clients asked for; where nothing narrows them, also rows about no client."""
    if not is_narrowed(selection):
        return query
    return query.where(client_id.in_(clients_of(viewer, selection).with_only_columns(col(Client.id))))


def known_by(model: Any, named: sa.Subquery) -> tuple[Any, ...]:  # noqa: ANN401 -- a table
    """By what a row is known again (its own id where no other system gave it one), its client, and whose it is.

    Of a client whom the viewer no longer sees nothing is told; the row comes back without losing it.
    """
    known = sa.func.coalesce(col(model.external_id), sa.cast(col(model.id), sa.String))
    return known, named.c.venue, named.c.uid, named.c.name, col(Person.email)
