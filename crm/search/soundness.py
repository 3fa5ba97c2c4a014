"""The index can be read, and has followed the journal of this database."""

from collections.abc import Iterator

from sqlmodel import Session

from crm.db import soundness
from crm.search import follower


@soundness.check(
    "search",
    well="The search index can be read, or is made at the first search.",
    remedy="crm search --rebuild makes it anew from the database; nothing is lost.",
)
def index(session: Session) -> Iterator[str]:
    fault = follower.fault_of(session)
    if fault:
        yield fault
