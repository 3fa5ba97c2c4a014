"""Whose clients one sees, and by what name: the only place where that is decided."""

from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.clients.models import Client
from crm.people.models import DESK_ID, Person, Role


def visible_to(viewer: Person) -> SelectOfScalar[Client]:
    """The clients of a manager's own book, of a lead's teams (and the desk's), of everyone, or none."""
    return select(Client).where(is_visible(viewer))


def visible_ids(viewer: Person) -> SelectOfScalar[UUID]:
    """The same as keys, to stand in an IN (...) of other rooms."""
    return select(Client.id).where(is_visible(viewer))


def named(viewer: Person) -> sa.Subquery:
    """What the viewer may call clients by, for other rooms to outer join: whoever is not in it has no name, UID or venue there."""
    return _named(viewer.id, viewer.role, viewer.team_id)


def sees_all(viewer: Person) -> bool:
    return _sees_all(viewer.role, viewer.team_id)


def is_visible(viewer: Person) -> ColumnElement[bool]:
    """The same as a condition, for statements that select from client anyway."""
    return _is_visible(viewer.id, viewer.role, viewer.team_id)


# They never change, and to make them anew would cost a page of tasks a tenth of its time.
@lru_cache(maxsize=1000)
def _named(person_id: UUID, role: str, team_id: UUID | None) -> sa.Subquery:
    columns = (col(getattr(Client, name)) for name in ("id", "number", "venue", "uid", "name", "search_text"))
    return sa.select(*columns).where(_is_visible(person_id, role, team_id)).subquery("named")


@lru_cache(maxsize=1000)
def _is_visible(person_id: UUID, role: str, team_id: UUID | None) -> ColumnElement[bool]:
    own = sa.or_(col(Client.manager_id) == person_id, col(Client.backup_id) == person_id)
    if role == Role.MANAGER:
        return own
    if role != Role.LEAD:
        return sa.false()
    if _sees_all(role, team_id):
        return sa.true()
    team = select(Person.id).where(Person.team_id == team_id)
    return sa.or_(own, col(Client.manager_id) == DESK_ID, col(Client.manager_id).in_(team))


def sees(person: str, client: str) -> str:
    """The same as SQL for any person and client, each by its alias: who else may see a client."""
    book = f"({client}.manager_id = {person}.id OR {client}.backup_id IS NOT DISTINCT FROM {person}.id)"
    team = f"""{person}.team_id IS NULL OR {client}.manager_id = CAST('{DESK_ID}' AS uuid)
        OR {client}.manager_id IN (SELECT m.id FROM person m WHERE m.team_id = {person}.team_id)"""
    desk = f"{person}.role IN ('{Role.MANAGER}', '{Role.LEAD}')"
    return f"({desk} AND {book} OR {person}.role = '{Role.LEAD}' AND ({team}))"


def _sees_all(role: str, team_id: UUID | None) -> bool:
    return role == Role.LEAD and not team_id
