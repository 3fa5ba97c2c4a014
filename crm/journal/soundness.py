"""Nobody changed the journal by other means."""

from collections.abc import Iterator

from sqlmodel import Session

from crm.db import soundness
from crm.ground import keyring
from crm.journal.chain import data_version, first_broken, first_unsealed


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


@soundness.check(
    "seals",
    well="Every entry of the journal is sealed by the key that lies outside the database.",
    remedy="Bring the key file back that belongs to this database; else somebody wrote the journal anew without it.",
)
def missing_seal(session: Session) -> Iterator[str]:
    """The first change set that the key has not sealed, or that there is no key."""
    if not keyring.is_there() and data_version(session):
        yield f"there is no key file {keyring.path()}"
        return
    number = first_unsealed(session)
    if number:
        yield f"entry {number} of the journal was not sealed by the key {keyring.path()}"
