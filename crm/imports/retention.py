"""How long dropped files are kept: as long as somebody may still need them, and no day longer."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from crm import db
from crm.clients.models import HeldRow
from crm.ground import clock
from crm.ground.config import settings
from crm.imports.models import Batch, BatchStatus

REFUSED, NEEDED, ARRIVING = timedelta(days=1), timedelta(days=90), timedelta(hours=1)


def sweep() -> int:
    """Remove files that nobody needs any more; gives how many.

    Those that were refused or forgotten go after a day, those of imports 90 days after they came or were applied. What is
    being applied, and of what rows wait for a lead, stays.
    """
    found = [path for path in (settings().data_dir / "files").glob("*") if path.is_file()]
    with db.read() as session:
        batches = _by_hash(session)
    gone = [path for path in found if _until(path, batches) <= clock.now()]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _by_hash(session: Session) -> Mapping[str, Sequence[datetime]]:
    """Until when each file is needed by the imports that were made of it."""
    waiting = set(session.exec(select(HeldRow.batch_id).where(col(HeldRow.outcome) == "")).all())
    needed: dict[str, list[datetime]] = {}
    for batch in session.exec(select(Batch)).all():
        stays = batch.id in waiting or batch.status == BatchStatus.APPLYING
        until = clock.now() + NEEDED if stays else (batch.applied_at or batch.staged_at) + NEEDED
        needed.setdefault(batch.file_hash, []).append(until)
    return needed


def _until(path: Path, batches: Mapping[str, Sequence[datetime]]) -> datetime:
    came = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if path.name.startswith("arriving-"):
        return came + ARRIVING
    return max([came + REFUSED, *batches.get(path.name.split(".")[0], ())])
