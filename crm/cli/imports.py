"""Importing and undoing for the command line."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlmodel import Session, select

from crm import db, history, imports, intake, journal, people, reading
from crm.cli import columns
from crm.cli.outcome import Before, Outcome, Seen
from crm.ground.errors import ConflictError, CrmError, InvalidError
from crm.ground.messages import Message
from crm.imports import Batch, Options
from crm.journal import Undone
from crm.people import Person

MOST_PROBLEMS = 100_000  # as many as are kept of a batch


def done(kind: str, file: Path, options: Options, said: Sequence[str] = ()) -> Outcome:
    """Import a file; if that fails, nothing of it stays. `said`: what its columns mean."""
    me = people.machine()
    with (
        pointing(file, options),
        db.write(by=me, why=Message("{file} arrived", file=file.name), kind="arrival") as session,
    ):
        batch = columns.staged(session, me, kind, file, options, said)
    try:
        with pointing(file, options, batch), db.read() as session:
            seen = _seen(session, me, batch)
        with pointing(file, options, batch):
            certificate = imports.apply(me, batch.id)
    except CrmError:
        with db.write(by=me, why=Message("{file} could not be imported", file=file.name), kind="arrival") as session:
            imports.discard(session, me, batch.id)
        raise
    with db.read() as session:
        problems = imports.problems_of(session, me, batch.id, limit=MOST_PROBLEMS)
    total = certificate.problems_total + certificate.warnings_total
    made = (certificate.batch, certificate.sums, certificate.left_out)
    return Outcome(file.name, kind, options, seen, certificate.matched, certificate.counts, problems, total, *made)


class _Tried(Exception):  # noqa: N818 -- not a fault: it takes the trial back
    """A dry run ends here, and leaves nothing."""


def tried(kind: str, file: Path, options: Options, said: Sequence[str] = ()) -> Outcome:
    """What would become of a file; nothing is kept."""
    me = people.machine()
    found: list[Outcome] = []
    with suppress(_Tried), db.write(by=me, why="dry run") as session:
        with pointing(file, options):
            batch = columns.staged(session, me, kind, file, options, said)
        seen = _seen(session, me, batch)
        with pointing(file, options, batch):
            preview = imports.preview(session, me, batch.id, limit=0)
        remarks = imports.remarks(session, me, batch.id, limit=MOST_PROBLEMS)
        found.append(
            Outcome(
                file.name, kind, options, seen, preview.matched, preview.counts, *remarks, left_out=preview.left_out
            )
        )
        raise _Tried
    return found[0]


@contextmanager
def pointing(file: Path, options: Options, batch: Batch | None = None) -> Iterator[None]:
    """Where the table that was read is no list of its kind, the sentence names the tables that can be chosen."""
    try:
        yield
    except InvalidError as error:
        tables = [] if options.sheet or (batch and not _lacks(batch)) else _tables(file)
        if len(tables) < 2:  # noqa: PLR2004 -- nothing to choose from
            raise
        raise InvalidError(
            "{error} “{name}” has {tables}: choose one with --sheet.",
            error=error,
            name=file.name,
            tables=", ".join(tables),
        ) from error


def _lacks(batch: Batch) -> bool:
    """Nothing in its columns was understood as what its kind cannot do without."""
    known = {name for part in ("columns", "constants") for name, value in batch.mapping[part].items() if value}
    return any(known.isdisjoint(needed) for needed in intake.KINDS[batch.kind].needs)


def _tables(file: Path) -> list[str]:
    try:
        return [table.name for table in reading.read(file) if table.header]
    except CrmError:
        return []


def _seen(session: Session, me: Person, batch: Batch) -> Seen:
    notes = list(map(str, imports.notes_of(session, me, batch.id)))
    one = imports.seen_before(session, me, batch.id)
    before = Before(one.id, one.applied_at, one.change_set_id) if one and one.applied_at else None
    return Seen(batch.mapping["layout"], notes, before, imports.guesses_of(session, me, batch.id))


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
    why = (
        Message("undo of the import of {file}", file=batch.file_name)
        if batch
        else Message("undo of: {why}", why=made.reason)
    )
    with db.write(by=me, why=why, kind="undo") as session:
        if batch:
            return imports.undo(session, me, batch.id, force=force)
        return history.undo(session, me, change_set_id, force=force)


@dataclass(frozen=True)
class Left:
    """A row that an undo left alone, as people call it."""

    entity: str
    key: str
    name: str
    reason: str

    @property
    def told(self) -> str:
        return f"{self.entity.replace('_', ' ')} {self.name or self.key}: {self.reason}"


def left_alone(undone: Undone) -> list[Left]:
    if not undone.conflicts:
        return []
    with db.read() as session:
        names = history.names_of(session, people.machine(), undone.conflicts)
    return [Left(c.entity, c.entity_key, name or "", c.reason) for c, name in zip(undone.conflicts, names, strict=True)]
