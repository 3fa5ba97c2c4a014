"""Nobody changed the journal by other means."""

from collections.abc import Iterator

from sqlmodel import Session

from crm.db import soundness
from crm.journal.chain import first_broken


@soundness.check(
    "journal",
    well="Every entry of the journal fits its hash.",
    remedy="Somebody changed the database by other means: compare with a backup made before that entry.",
)
def broken_link(session: Session) -> Iterator[str]:
    """The first change set whose content or link does not fit its hash."""
    broken = first_broken(session)
    if broken:
        yield f"the journal is broken at entry {broken.seq} of {broken.made_at:%Y-%m-%d %H:%M} UTC ({broken.id})"
