"""What was changed about one thing, newest first, and whether it was taken back or may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from crm import journal
from crm.history.sets import may_undo
from crm.journal import Change, ChangeSet
from crm.people import Person


@dataclass(frozen=True)
class Past:
    """One set of changes that touched the thing, the lines that did, and whether it was taken back or may be."""

    made: ChangeSet
    lines: tuple[Change, ...]
    is_undone: bool
    may_undo: bool


def of_rows(session: Session, viewer: Person, rows: Iterable[tuple[str, UUID]], *, limit: int = 50) -> list[Past]:
    """The newest sets of changes of these rows, each by its table and key, which the viewer was given already."""
    found = [line for entity, key in rows for line in journal.history_of(session, entity, key, limit=limit)]
    by_id = {made.id: made for made, _ in found}
    newest = sorted(by_id.values(), key=lambda made: made.seq, reverse=True)[:limit]
    undone = _undone(newest)
    return [
        Past(
            made,
            tuple(line for by, line in found if by.id == made.id),
            made.id in undone,
            made.id not in undone and may_undo(viewer, made),
        )
        for made in newest
    ]


def _undone(newest: Sequence[ChangeSet]) -> set[UUID]:
    """The sets whose undo touched these rows, too, and was not itself undone: an undo may leave some rows alone."""
    undone: set[UUID] = set()
    for made in newest:
        if made.undoes and made.id not in undone:
            undone.add(made.undoes)
    return undone
