"""Importing and undoing for the command line."""

from contextlib import suppress
from pathlib import Path
from uuid import UUID

from sqlmodel import Session, select

from crm import db, imports, journal, people, trading
from crm.cli.outcome import Before, Outcome, Seen
from crm.errors import ConflictError, CrmError
from crm.imports import Batch, Options
from crm.journal import Undone
from crm.people import Person

ONE_KEY = {
    "trades": "uid",
    "daily_activity": "uid",
    "balances": "uid",
    "interactions": "id",
    "tasks": "id",
    "managers": "email",
}
MOST_PROBLEMS = 100_000  # as many as are kept of a batch


def done(kind: str, file: Path, options: Options) -> Outcome:
    """Import a file; if that fails, nothing of it stays."""
    me = people.machine()
    with db.write(by=me, why=f"{file.name} arrived", kind="arrival") as session:
        batch = imports.stage(session, me, kind, file.name, file, options)
    try:
        with db.read() as session:
            seen = _seen(session, me, batch)
            # Only clients are known by several keys; files of trades are too long to be settled for this alone.
            matched = _matched(session, me, batch) if kind == "clients" else {}
        certificate = imports.apply(me, batch.id)
    except CrmError:
        with db.write(by=me, why=f"{file.name} could not be imported", kind="arrival") as session:
            imports.discard(session, me, batch.id)
        raise
    with db.read() as session:
        problems = imports.problems_of(session, me, batch.id, limit=MOST_PROBLEMS)
    total = certificate.problems_total + certificate.warnings_total
    counts, made = certificate.counts, (certificate.batch, certificate.sums)
    known = counts.changed + counts.unchanged
    matched = matched or ({ONE_KEY[kind]: known} if kind in ONE_KEY and known else {})
    return Outcome(file.name, kind, options, seen, matched, counts, problems, total, *made)


class _Tried(Exception):  # noqa: N818 -- not a fault: it takes the trial back
    """A dry run ends here, and leaves nothing."""


def tried(kind: str, file: Path, options: Options) -> Outcome:
    """What would become of a file; nothing is kept."""
    me = people.machine()
    found: list[Outcome] = []
    with suppress(_Tried), db.write(by=me, why="dry run") as session:
        batch = imports.stage(session, me, kind, file.name, file, options)
        seen = _seen(session, me, batch)
        matched = _matched(session, me, batch)
        counts = imports.preview(session, me, batch.id, limit=0).counts
        remarks = imports.remarks(session, me, batch.id, limit=MOST_PROBLEMS)
        found.append(Outcome(file.name, kind, options, seen, matched, counts, *remarks))
        raise _Tried
    return found[0]


def _seen(session: Session, me: Person, batch: Batch) -> Seen:
    notes = imports.notes_of(session, me, batch.id)
    one = imports.seen_before(session, me, batch.id)
    before = Before(one.id, one.applied_at, one.change_set_id) if one and one.applied_at else None
    return Seen(batch.mapping["layout"], notes, before)


def _matched(session: Session, me: Person, batch: Batch) -> dict[str, int]:
    """By which key the rows that are here already were found."""
    found = imports.preview(session, me, batch.id, limit=0).matched
    return {key.casefold().replace("-", ""): number for key, number in found.items()}


def undone(change_set_id: UUID, *, force: bool) -> Undone:
    """Take back a change set, or the one of a batch."""
    me = people.machine()
    with db.read() as session:
        batch = session.exec(
            select(Batch).where((Batch.change_set_id == change_set_id) | (Batch.id == change_set_id))
        ).first()
        if not batch:
            made = journal.get(session, change_set_id)
            if journal.undone_by(session, change_set_id):
                raise ConflictError("This change set was taken back already.")
    why = f"undo of the import of {batch.file_name}" if batch else f"undo of: {made.why}"
    with db.write(by=me, why=why, kind="undo") as session:
        if batch:
            return imports.undo(session, me, batch.id, force=force)
        return trading.undo(session, change_set_id, force=force)
