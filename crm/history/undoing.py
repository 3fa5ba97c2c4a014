"""The one door by which anything is taken back, whoever asks: pages, API, commands, imports."""

from collections.abc import Collection
from uuid import UUID

from crm import journal, people
from crm.db.sessions import WriteSession
from crm.history import registry, sets
from crm.history.registry import TakenBack
from crm.journal import Undone
from crm.people import Person, Right


def undo(
    session: WriteSession, by: Person, change_set_id: UUID, *, only: Collection[str] | None = None, force: bool = False
) -> Undone:
    """Put a set back, if it is one's own or its person's lead asks, and every room lets it go.

    `only`: these rows, by their keys. `force` also puts back what somebody changed since.

    Raises:
        NotFoundError: there is no such set, or it is not one's own to see.
        NotAllowedError: it is somebody else's, or about what one no longer sees, or of a table that one may not write.
    """
    line = sets.get(session, by, change_set_id)
    if line.made.made_by != by.id:
        people.require(by, Right.UNDO_OTHERS)
    for check in registry.guards:
        check(session, by, change_set_id)
    chosen = only
    for choose in registry.choices:
        chosen = choose(session, change_set_id, chosen)
    undone = journal.undo(session, change_set_id, only=chosen, force=force)
    for follow in registry.consequences:
        follow(session, by, TakenBack(change_set_id, undone, is_whole=only is None, force=force))
    return undone
