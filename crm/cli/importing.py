"""Importing and undoing for the command line: what became of every row, in words and as an object."""

from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

from sqlmodel import select

from crm import db, imports, journal, people, trading
from crm.errors import ConflictError, CrmError
from crm.imports import Batch, Counts, Options, RowProblem
from crm.journal import Undone

MOST_PROBLEMS = 1000


@dataclass(frozen=True)
class Outcome:
    """What became of a file, or would become."""

    file: str
    kind: str
    counts: Counts
    problems: list[RowProblem]
    problems_total: int
    batch: Batch | None = None
    sums: list[imports.Sum] = field(default_factory=list)
    layout: str = ""

    @property
    def is_nothing(self) -> bool:
        """Not one row went in, and not because all stood there already."""
        return not (self.counts.created or self.counts.changed or self.counts.unchanged)

    @property
    def why_nothing(self) -> str:
        first = next((p for p in self.problems if p.is_error), None)
        reason = f": {_told(first)}" if first else ""
        return f"Nothing of {self.file} was imported{reason}."

    @property
    def change_set(self) -> UUID | None:
        return self.batch.change_set_id if self.batch else None

    @property
    def plain(self) -> dict[str, object]:
        return {
            "file": self.file,
            "kind": self.kind,
            "layout": self.layout,
            "dry_run": self.batch is None,
            **asdict(self.counts),
            "change_set": self.change_set,
            "batch": self.batch.id if self.batch else None,
            "problems": [asdict(problem) for problem in self.problems],
            "problems_total": self.problems_total,
            "sums": [asdict(amount) for amount in self.sums],
        }

    @property
    def told(self) -> str:
        c = self.counts
        fates = ", ".join(f"{number:,} {fate}" for fate, number in asdict(c).items() if fate != "rows")
        lines = [f"{self.file}: {c.rows:,} rows: {fates}."]
        shown = len(lines) + bool(self.layout)
        lines += [f"  Recognised as “{self.layout}”."] if self.layout else []
        lines += [f"  {_told(problem)}" for problem in self.problems[:20]]
        if self.problems_total > len(lines) - shown:
            lines.append(f"  ... {self.problems_total:,} remarks in all; --json gives them.")
        lines += [f"  {s.label}: {s.in_file:,f} in the file, {s.in_store:,f} taken" for s in self.sums]
        if not (c.created or c.changed) and c.unchanged:
            lines.append("  Nothing is to be changed: every row is here already, as it is in the file.")
        if self.change_set:
            lines.append(f"Take it back with: crm undo {self.change_set}")
        return "\n".join(lines)


def _told(problem: imports.RowProblem) -> str:
    """What is wrong with a cell, or with a whole row."""
    cell = f"{problem.column} “{problem.value[:60]}” " if problem.column or problem.value else ""
    return f"line {problem.line}, {cell}{problem.reason}"


def done(kind: str, file: Path, options: Options) -> Outcome:
    """Import a file; if that fails, nothing of it stays."""
    me = people.machine()
    with db.write(by=me, why=f"{file.name} arrived", kind="arrival") as session:
        batch = imports.stage(session, me, kind, file.name, file, options)
    try:
        certificate = imports.apply(me, batch.id)
    except CrmError:
        with db.write(by=me, why=f"{file.name} could not be imported", kind="arrival") as session:
            imports.discard(session, me, batch.id)
        raise
    with db.read() as session:
        problems = imports.problems_of(session, me, batch.id, limit=MOST_PROBLEMS)
    total = certificate.problems_total + certificate.warnings_total
    return Outcome(
        file.name,
        kind,
        certificate.counts,
        problems,
        total,
        certificate.batch,
        certificate.sums,
        batch.mapping["layout"],
    )


class _Tried(Exception):  # noqa: N818 -- not a fault: it takes the trial back
    """A dry run ends here, and leaves nothing."""


def tried(kind: str, file: Path, options: Options) -> Outcome:
    """What would become of a file; nothing is kept."""
    me = people.machine()
    found: list[Outcome] = []
    with suppress(_Tried), db.write(by=me, why="dry run") as session:
        batch = imports.stage(session, me, kind, file.name, file, options)
        previews = [
            imports.preview(session, me, batch.id, fate=fate, limit=MOST_PROBLEMS) for fate in ("refused", "duplicate")
        ]
        problems = sorted(
            (problem for preview in previews for line in preview.lines for problem in line.problems),
            key=lambda problem: (problem.line, problem.column),
        )
        total = max(len(problems), sum(preview.total for preview in previews))
        layout = batch.mapping["layout"]
        found.append(Outcome(file.name, kind, previews[0].counts, problems[:MOST_PROBLEMS], total, layout=layout))
        raise _Tried
    return found[0]


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
