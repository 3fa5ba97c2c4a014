"""What a program that was killed leaves behind: swept away at the next start."""

import re
from pathlib import Path

import psutil

from crm import db
from crm.ground.config import settings
from crm.upkeep import places

BEFORE_MIGRATION_KEPT = 3
_HALF_MADE = re.compile(r"^\..+\.(\d+)(\.wal)?$")


def sweep() -> int:
    """Remove half-made copies of processes that are gone, what a broken restore copied, and old backups of migrations."""
    gone = [*_half_made(places.folder()), *_trials(settings().data_dir), *_coming(), *_old_migrations()]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _half_made(folder: Path) -> list[Path]:
    found = [(path, _HALF_MADE.match(path.name)) for path in folder.glob(".*")]
    return [path for path, by in found if by and not psutil.pid_exists(int(by[1]))]


def _trials(folder: Path) -> list[Path]:
    return [path for path in folder.glob(".trial-*") if not psutil.pid_exists(int(path.name.rpartition("-")[2] or 0))]


def _coming() -> list[Path]:
    """Of the database that is open, so that nobody is restoring it just now."""
    if not db.is_duckdb() or not db.engine().url.database:
        return []
    live = Path(db.engine().url.database or "")
    return list(live.parent.glob(f".{live.name}.coming"))


def _old_migrations() -> list[Path]:
    return sorted(places.folder().glob("before-migration-*"))[:-BEFORE_MIGRATION_KEPT]
