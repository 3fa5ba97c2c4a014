"""Backups: made while people work, read through before they count, and thinned out every night."""

from dataclasses import dataclass
from pathlib import Path

from crm import db
from crm.ground.config import settings
from crm.upkeep import copies, dumps, files, heads, places

NIGHTLY = "nightly-"


@dataclass(frozen=True)
class Backup:
    """A file that holds the whole database as it stood at one moment."""

    path: Path
    rows: int
    change_sets: int
    size: int


def backup(path: Path) -> Backup:
    """Copy the open database into a new file, read it through, and only then give it its name.

    Raises:
        InvalidError: there is a file of that name.
        CrmError: the place cannot be written to, is full, or the copy differs.
    """
    _check_room(path)
    if db.is_duckdb() and path.parent.absolute() != places.folder().absolute():
        db.allow(path.parent)
    with files.made_whole(path) as making:
        made = copies.copy(making) if db.is_duckdb() else dumps.dump(making)
    return Backup(path, made.rows, made.head[0], path.stat().st_size)


def _check_room(path: Path) -> None:
    if not db.is_duckdb():
        return
    live = Path(db.engine().url.database or "")
    files.check_room(path, live.stat().st_size if live.is_file() else 0)


def nightly() -> Backup:
    """The night's backup; so many of the newest are kept as the settings say."""
    made = backup(places.folder() / f"{NIGHTLY}{places.stamp()}{places.suffix()}")
    old = sorted(places.folder().glob(f"{NIGHTLY}*{places.suffix()}"), reverse=True)
    for path in old[settings().backups_kept :]:
        path.unlink()
    heads.note()
    return made
