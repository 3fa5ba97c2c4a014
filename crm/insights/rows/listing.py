"""The rows behind a number, page by page and in any order, with their sums over all pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm
from sqlmodel import Session, col

from crm import clients, people
from crm.ground.errors import NotFoundError
from crm.insights.rows.sources import SOURCES, Number, Source
from crm.insights.rows.wanted import Wanted
from crm.people import Person, Right

MOST = 50
HIDDEN = ("id", "manager_id", "owner_id", "standard")


@dataclass(frozen=True)
class Line:
    """A row; `cells` are in the order of the listing's columns, and None is unknown."""

    client_id: UUID
    cells: tuple[Any, ...]


@dataclass(frozen=True)
class Listing:
    """One page of the rows, how many there are, the sum of each column that is added up, and the number these give."""

    source: Source
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int
    sums: Mapping[str, Any]
    number: Number


def listing(  # noqa: PLR0913 -- a list is narrowed, sorted and turned over
    session: Session,
    viewer: Person,
    wanted: Wanted,
    *,
    order: str = "name",
    descending: bool = False,
    limit: int | None = MOST,
    offset: int = 0,
) -> Listing:
    """The rows that sum to a number.

    Raises:
        NotFoundError: there is no such number, or no such client in the viewer's scope.
        NotAllowedError: the numbers of the desk are for leads.
    """
    source = _source(session, viewer, wanted)
    found = _with_names(source.read(session, viewer, wanted).subquery())
    columns = tuple(column.name for column in found.c if column.name not in HIDDEN)
    sums = _sums(session, found, source)
    by = found.c[order if order in columns else "name"]
    others = [column for column in found.c if column.name not in (by.name, "standard")]
    page = (
        sa.select(found)
        .order_by((by.desc() if descending else by.asc()).nulls_last(), *others)
        .limit(limit)
        .offset(offset)
    )
    lines = tuple(Line(row.id, tuple(getattr(row, name) for name in columns)) for row in session.execute(page))
    return Listing(source, columns, lines, sums["rows"], sums, source.number(sums))


def _source(session: Session, viewer: Person, wanted: Wanted) -> Source:
    source = SOURCES.get(wanted.of)
    if source is None:
        raise NotFoundError("There is no such number.")
    if wanted.client_id and source.of_a_client:
        clients.get(session, viewer, wanted.client_id)
    else:
        people.require(viewer, Right.DASHBOARD)
    return source


def _with_names(rows: sa.Subquery) -> sa.Subquery:
    """The same rows with the names of the client's manager and of a task's owner."""
    manager, owner = orm.aliased(Person), orm.aliased(Person)
    first = [rows.c.id, rows.c.name, rows.c.tier, col(manager.name).label("manager")]
    rest = [column for column in rows.c if column.name not in ("id", "name", "tier")]
    if "owner_id" not in rows.c:
        query = sa.select(*first, *rest).outerjoin(manager, col(manager.id) == rows.c.manager_id)
        return query.subquery()
    query = sa.select(*first, *rest, col(owner.name).label("owner"))
    joined = query.outerjoin(manager, col(manager.id) == rows.c.manager_id)
    return joined.outerjoin(owner, col(owner.id) == rows.c.owner_id).subquery()


def _sums(session: Session, found: sa.Subquery, source: Source) -> Mapping[str, Any]:
    added = [sa.func.sum(found.c[name]).label(name) for name in source.sums]
    row = session.execute(sa.select(sa.func.count().label("rows"), *added).select_from(found)).mappings().one()
    counted = {name: int(row[name]) for name in ("in_time", "standard") if row.get(name) is not None}
    return {**row, **counted}
