"""How an import is found: by the name of its file, once it was applied."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.imports.batches import is_visible
from crm.imports.models import Batch
from crm.journal.models import ChangeSet
from crm.people import Person
from crm.search import Document, Select, Shown, Source, searchable


def read(session: Session, ids: Select | None) -> Iterator[Document]:
    query = sa.select(col(Batch.id), col(Batch.file_name), col(Batch.kind), col(Batch.staged_by))
    query = query.where(col(Batch.change_set_id).is_not(None) if ids is None else col(Batch.id).in_(ids))
    for key, file_name, kind, staged_by in session.execute(query):
        yield Document(key, file_name, kind.replace("_", " "), person_id=staged_by)


def shown(session: Session, viewer: Person, ids: Sequence[UUID]) -> Mapping[UUID, Shown]:
    rows = session.exec(select(Batch).where(is_visible(viewer), col(Batch.id).in_(ids))).all()
    return {one.id: Shown(one.id, one.file_name, (one.kind.replace("_", " "),)) for one in rows}


def keys(since: int, until: int) -> Select:
    """A batch is written in the same write as its change set; it is not journalled itself."""
    between = (col(ChangeSet.seq) > since) & (col(ChangeSet.seq) <= until)
    own = sa.or_(col(Batch.change_set_id) == col(ChangeSet.id), col(Batch.undo_change_set_id) == col(ChangeSet.id))
    return sa.select(col(Batch.id)).join(ChangeSet, own).where(between).distinct()


searchable(Source("imports", read, shown, keys, sa.select(sa.func.count()).select_from(Batch)))
