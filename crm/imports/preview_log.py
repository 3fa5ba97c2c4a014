"""A look at what a file would do is written down: who looked, at which file, and how its rows stood."""

from sqlmodel import Session

from crm import db, journal
from crm.db.sessions import WriteSession
from crm.ground.messages import Message, joined
from crm.imports.counts import Counts
from crm.imports.models import Batch
from crm.intake.staging import Staging
from crm.people import Person


def record(session: Session, viewer: Person, batch: Batch, staging: Staging, counts: Counts) -> None:
    """Once for each person and outcome, however often its pages are turned. A trial that leaves nothing leaves no line either."""
    found = {outcome: number for outcome, number in vars(counts).items() if number and outcome != "rows"}
    each = [Message("{number} {outcome}", number=number, outcome=Message(outcome)) for outcome, number in found.items()]
    line = Message(
        "Preview of {file}: {count} rows, {counts}",
        one="Preview of {file}: {count} row, {counts}",
        file=batch.file_name,
        count=counts.rows,
        counts=joined(each, ", ") if each else Message("none"),
    )
    if isinstance(session, WriteSession) or staging.viewed == (viewer.id, str(line)):
        return
    staging.viewed = (viewer.id, str(line))
    with db.write(by=viewer, kind=journal.LOOK) as writing:
        journal.remark(writing, line)
