"""Whether the same table of the same file was applied before."""

from uuid import UUID

from sqlmodel import Session, col, select

from crm.imports import batches
from crm.imports.models import Batch, BatchStatus
from crm.people import Person


def seen_before(session: Session, viewer: Person, batch_id: UUID) -> Batch | None:
    """The same table of the same file, where it was applied already by somebody whose imports one sees."""
    return find(session, viewer, batches.get(session, viewer, batch_id))


def find(session: Session, viewer: Person, batch: Batch) -> Batch | None:
    """Rather one that wrote something, and the newest of those."""
    query = select(Batch).where(
        batches.is_visible(viewer),
        Batch.file_hash == batch.file_hash,
        Batch.kind == batch.kind,
        Batch.status == BatchStatus.APPLIED,
        Batch.id != batch.id,
    )
    wrote_nothing = col(Batch.change_set_id).is_(None)
    found = session.exec(query.order_by(wrote_nothing, col(Batch.applied_at).desc(), col(Batch.id).desc())).all()
    return next((one for one in found if one.mapping.get("table", "") == batch.mapping.get("table", "")), None)
