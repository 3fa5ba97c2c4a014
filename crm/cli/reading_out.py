"""What the importer reads, written out as plain CSV."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from crm import reading
from crm.ground.errors import CrmError
from crm.reading import Table


@dataclass(frozen=True)
class ReadOut:
    """One table and where it was written, or the sentence that says why its file could not be read."""

    file: Path
    out: Path | None = None
    rows: int = 0
    error: str = ""

    @property
    def plain(self) -> dict[str, object]:
        return {name: str(value) if isinstance(value, Path) else value for name, value in asdict(self).items()}


def read_all(files: Sequence[Path], out: Path) -> list[ReadOut]:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CrmError("The folder {out} cannot be made ({strerror}).", out=out, strerror=error.strerror) from error
    taken: set[Path] = set()
    return [result for file in files for result in _read(file, out, taken)]


def _read(file: Path, out: Path, taken: set[Path]) -> Iterable[ReadOut]:
    try:
        tables = reading.read(file)
        return [_written(file, table, _free(_target(file, table, n, out), taken)) for n, table in enumerate(tables)]
    except CrmError as error:
        return [ReadOut(file, _emptied(file, out, taken), error=str(error))]


def _written(file: Path, table: Table, target: Path) -> ReadOut:
    reading.write_csv(table, target)
    return ReadOut(file, target, sum(1 for _ in table.rows()))


def _emptied(file: Path, out: Path, taken: set[Path]) -> Path | None:
    """What stands in a file of no bytes is a table of no cells: its copy is one, too, beside the sentence."""
    if not file.is_file() or file.stat().st_size:
        return None
    target = _free(out / file.name, taken)
    target.touch()
    return target


def _target(file: Path, table: Table, place: int, out: Path) -> Path:
    """A CSV keeps its name; further tables of a file carry theirs."""
    name = file.name if file.suffix.lower() == ".csv" else f"{file.name}.csv"
    if not place:
        return out / name
    title = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in table.name)
    return out / f"{file.name}.{title or place + 1}.csv"


def _free(wanted: Path, taken: set[Path]) -> Path:
    path, again = wanted, 2
    while path in taken:
        path, again = wanted.with_stem(f"{wanted.stem}-{again}"), again + 1
    taken.add(path)
    return path
