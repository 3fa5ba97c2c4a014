"""How a task is found: by its title and what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.people import Person
from crm.search import Document, Select, Shown, Source, searchable, written
from crm.tasks.models import Task
from crm.tasks.queries import visible_to

AT_ONCE = 10_000


def read(session: Session, ids: Select | None) -> Iterator[Document]:
    names = ("id", "title", "outcome", "client_id", "owner_id")
    query = sa.select(*(col(getattr(Task, name)) for name in names))
    if ids is not None:
        query = query.where(col(Task.id).in_(ids))
    for key, title, outcome, client_id, owner_id in session.execute(query, execution_options={"yield_per": AT_ONCE}):
        yield Document(key, title, outcome, client_id=client_id, person_id=owner_id)


def shown(session: Session, viewer: Person, ids: Sequence[UUID]) -> Mapping[UUID, Shown]:
    rows = session.exec(visible_to(viewer).where(col(Task.id).in_(ids))).all()
    return {one.id: Shown(one.id, one.title, (one.outcome,), one.external_id, one.client_id) for one in rows}


def keys(since: int, until: int) -> Select:
    return written("task", since, until)


searchable(Source("tasks", read, shown, keys, sa.select(sa.func.count()).select_from(Task), frozenset({"task"})))
