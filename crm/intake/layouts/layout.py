"""What a venue's file leaves unsaid, as data: the header that gives it away, and how its columns become ours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crm.intake.headers import bare


@dataclass(frozen=True)
class Layout:
    """A file of one venue. Names of columns are written as the venue writes them; case, punctuation and “(UTC)” do not count.

    `header`: columns that give it away; `without`: columns that give another layout away. The layout that names most wins.
    `columns`: field -> its column, or several of which the first that is there counts ("#" stands for any number).
    `worked_out`: field, or a step on the way -> SQL over "Columns of the file", in quotes, and the bare names above it.
    `kept_as`: column -> the name under which a client keeps it, so that a window of 30 days never looks like a month.
    `also_kept`: name -> SQL of something else that a client keeps, such as a day that the file counts in milliseconds.
    `above`: field -> pattern of what a line above the header says of all rows.
    `left_out`: reason -> SQL that tells which rows are none of this kind; they are refused with it, never lost.
    `remarks`: sentence -> SQL that tells which rows go in and are marked with it.
    `is_own`: an export of ours, in which nothing is left to be recognised by its name.
    `not_kept`: the file is known, and nothing in it is ours to keep: this sentence says why.
    """

    name: str
    kind: str
    header: tuple[str, ...]
    without: tuple[str, ...] = ()
    venue: str = ""
    time_zone: str = ""
    date_order: str = ""
    columns: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    worked_out: Mapping[str, str] = field(default_factory=dict)
    kept_as: Mapping[str, str] = field(default_factory=dict)
    also_kept: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    not_kept: str = ""
    is_own: bool = False

    def fits(self, header: Sequence[str]) -> bool:
        names = {bare(name) for name in header}
        return not self.lacks(header) and not any(bare(name) in names for name in self.without)

    def lacks(self, header: Sequence[str]) -> list[str]:
        names = {bare(name) for name in header}
        return [name for name in self.header if bare(name) not in names]

    def places(self, field_name: str, header: Sequence[str], *, many: bool) -> list[int]:
        """Where the columns of a field stand."""
        wanted = self.columns.get(field_name, ())
        found = [i for name in ((wanted,) if isinstance(wanted, str) else wanted) for i in _found(name, header)]
        return found if many else found[:1]


def _found(name: str, header: Sequence[str]) -> Iterator[int]:
    numbered = {bare(name.replace("#", str(n))) for n in range(1, 10)} if "#" in name else {bare(name)}
    return (i for i, title in enumerate(header) if bare(title) in numbered)
