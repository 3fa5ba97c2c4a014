"""A look at what a file would do is written down: who looked, at which file, and how its rows stood."""

from sqlmodel import Session

from crm import db, journal
from crm.db.sessions import WriteSession
from crm.imports.counts import Counts
from crm.imports.models import Batch
from crm.intake.staging import Staging
from crm.people import Person


def record(session: Session, viewer: Person, batch: Batch, staging: Staging, counts: Counts) -> None:
    """Once for each person and outcome, however often its pages are turned. A trial that leaves nothing leaves no line either."""
    found = ", ".join(
        f"{number:,} {outcome}" for outcome, number in vars(counts).items() if number and outcome != "rows"
    )
    line = f"Preview of {batch.file_name}: {counts.rows:,} rows, {found}"
    if isinstance(session, WriteSession) or staging.viewed == (viewer.id, line):
        return
    staging.viewed = (viewer.id, line)
    with db.write(by=viewer, kind=journal.LOOK) as writing:
        journal.remark(writing, line)
