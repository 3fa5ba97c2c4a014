"""Whose clients one sees, and by what name: the only place where that is decided."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.clients.models import Client
from crm.people.models import DESK_ID, Person, Role

NAMING = ("id", "number", "venue", "uid", "name", "search_text")


def visible_to(viewer: Person) -> SelectOfScalar[Client]:
    """The clients of a manager's own book, of a lead's teams (and the desk's), of everyone, or none."""
    return select(Client).where(is_visible(viewer))


def visible_ids(viewer: Person) -> SelectOfScalar[UUID]:
    """The same as keys, to stand in an IN (...) of other rooms."""
    return select(Client.id).where(is_visible(viewer))


def named(viewer: Person) -> sa.Subquery:
    """What the viewer may call clients by, for other rooms to outer join: whoever is not in it has no name, UID or venue there."""
    columns = (col(getattr(Client, name)) for name in NAMING)
    return sa.select(*columns).where(is_visible(viewer)).subquery("named")


def sees_all(viewer: Person) -> bool:
    return viewer.role == Role.LEAD and not viewer.team_id


def is_visible(viewer: Person) -> ColumnElement[bool]:
    """The same as a condition, for statements that select from client anyway."""
    own = sa.or_(col(Client.manager_id) == viewer.id, col(Client.backup_id) == viewer.id)
    if viewer.role == Role.MANAGER:
        return own
    if viewer.role != Role.LEAD:
        return sa.false()
    if sees_all(viewer):
        return sa.true()
    team = select(Person.id).where(Person.team_id == viewer.team_id)
    return sa.or_(own, col(Client.manager_id) == DESK_ID, col(Client.manager_id).in_(team))
