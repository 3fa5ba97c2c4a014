"""What became of a file, or would become: in words for people, and as an object for scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from crm import imports
from crm.imports import Batch, Counts, Options, RowProblem
from crm.intake import Lists, Mode
from crm.intake.guesses import Guess

SHOWN = 20
KEYS = {"uid": "UID", "further_uid": "UID of a further account", "email": "e-mail", "name": "name only", "id": "ID"}
WOULD = {
    "created": "would be created",
    "changed": "would be changed",
    "unchanged": "would stay unchanged",
    "refused": "would be refused",
}


@dataclass(frozen=True)
class Before:
    """The same file, when it was applied before."""

    batch: UUID
    applied_at: datetime
    change_set: UUID | None


@dataclass(frozen=True)
class Seen:
    """What is known of a file once it is read; `before`: when it was applied already."""

    layout: str
    notes: Sequence[str]
    before: Before | None
    guesses: Sequence[Guess] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of a file; without a batch, what would become of it.

    `matched`: by which key the rows that are here already were found, and how many by each. `left_out`: rows that were taken for
    a repetition, and say something else.
    """

    file: str
    kind: str
    options: Options
    seen: Seen
    matched: Mapping[str, int]
    counts: Counts
    problems: list[RowProblem]
    problems_total: int
    batch: Batch | None = None
    sums: list[imports.Sum] = field(default_factory=list)
    left_out: int = 0

    @property
    def is_nothing(self) -> bool:
        """Not one row went in, and not because all stood there already."""
        return not (self.counts.created or self.counts.changed or self.counts.unchanged)

    @property
    def why_nothing(self) -> str:
        first = next((p for p in self.problems if p.is_error), None)
        reason = f": {_told(first)}" if first else ""
        return f"Nothing of {self.file} {'was' if self.batch else 'would be'} imported{reason}."

    @property
    def change_set(self) -> UUID | None:
        return self.batch.change_set_id if self.batch else None

    @property
    def plain(self) -> dict[str, object]:
        return {
            "file": self.file,
            "kind": self.kind,
            "layout": self.seen.layout,
            "dry_run": self.batch is None,
            **asdict(self.counts),
            "left_out": self.left_out,
            "change_set": self.change_set,
            "batch": self.batch.id if self.batch else None,
            "notes": list(self.seen.notes),
            "guesses": [one.plain for one in self.seen.guesses],
            "seen_before": asdict(self.seen.before) if self.seen.before else None,
            "matched": dict(self.matched),
            "problems": [asdict(problem) for problem in self.problems],
            "problems_total": self.problems_total,
            "sums": [asdict(amount) | {"differs": str(amount.differs or "")} for amount in self.sums],
        }

    @property
    def told(self) -> str:
        lines = [self._counted, *(f"  {note}" for note in self.seen.notes)]
        lines += [f"  {_guessed(one)}" for one in self.seen.guesses if not one.sure]
        if self.seen.before:
            when = self.seen.before.applied_at.astimezone(UTC)
            lines.append(f"  This very file was applied before, on {when:%Y-%m-%d at %H:%M} UTC.")
        if self.matched:
            keys = ", ".join(f"{KEYS.get(key, key)} {number:,}" for key, number in self.matched.items())
            lines.append(f"  Matched by: {keys}.")
        lines += shortened([f"  {_told(problem)}" for problem in self.problems[:SHOWN]], self.problems_total)
        lines += [f"  {s.label}: {s.in_file:,f} in the file, {s.in_store:,f} taken" for s in self.sums]
        lines += [f"  {s.differs}" for s in self.sums if s.differs]
        lines += (
            [f"  Left out as repetitions, though they say something else: {self.left_out:,}."] if self.left_out else []
        )
        lines += [f"  {self.nothing_new}"] if self.nothing_new else []
        if self.change_set:
            lines.append(f"Take it back with: crm undo {self.change_set}")
        return "\n".join(lines)

    @property
    def _counted(self) -> str:
        words = {} if self.batch else WOULD
        numbers = {outcome: number for outcome, number in asdict(self.counts).items() if outcome != "rows"}
        if not self.counts.held:
            del numbers["held"]
        outcomes = ", ".join(f"{number:,} {words.get(outcome, outcome)}" for outcome, number in numbers.items())
        return f"{self.file}: {self.counts.rows:,} rows: {outcomes}."

    @property
    def nothing_new(self) -> str:
        """Why nothing goes in of a file whose rows stand here already; of rows that were refused it says nothing."""
        c = self.counts
        if c.created or c.changed or not c.unchanged:
            return ""
        rows = "every other row" if c.refused or c.duplicate else "every row"
        if self.options.mode is Mode.ADD:
            return f"Nothing is to be added: {rows} is here already, and stays as it is even where the file says otherwise."
        if self.options.lists is Lists.REMOVE:
            return f"Nothing is to be changed: {rows} is here already, without what is to be removed."
        return f"Nothing is to be changed: {rows} is here already, as it is in the file."


def shortened(first: Sequence[str], total: int) -> list[str]:
    """The first lines of a list, and how many more there are."""
    more = [f"  ... and {total - len(first):,} more; --json gives them."] if total > len(first) else []
    return [*first, *more]


def _guessed(one: Guess) -> str:
    """A guess, and how to say otherwise."""
    otherwise = f" Otherwise say --answer “{one.key}={one.others[0]}”." if one.others else ""
    return f"Guessed: {one.column or 'the file'} is read as {one.guess}, because {one.because}.{otherwise}"


def _told(problem: RowProblem) -> str:
    """What is wrong with a cell, or with a whole row."""
    cell = f"{problem.column} “{problem.value[:60]}” " if problem.column or problem.value else ""
    return f"line {problem.line}, {cell.lstrip()}{problem.reason}"
