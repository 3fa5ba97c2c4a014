"""What must hold around the database: a folder to write to, room on the disk, the right time, sane settings."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlmodel import Session, col, select

from crm import db, reading
from crm.ground import clock
from crm.ground.config import settings
from crm.ground.errors import CrmError
from crm.journal import ChangeSet
from crm.upkeep import places

LEAST_FREE = 500_000_000
MOST_APART = timedelta(minutes=2)
_OLDEST = datetime(2025, 1, 1, tzinfo=UTC)


def writable() -> Iterator[str]:
    folder = settings().data_dir
    try:
        places.make_folder(folder)
        trial = folder / f".trial-{os.getpid()}"
        trial.write_bytes(b"x")
        trial.unlink()
    except (CrmError, OSError):
        yield f"the folder {folder} cannot be written to"


def closed() -> Iterator[str]:
    """What we keep is for the user who runs the program; only ours is looked at, for other files may lie beside it."""
    folder, live = settings().data_dir, Path(make_url(settings().url).database or "")
    ours = [live, live.with_name(f"{live.name}.wal"), *folder.glob("files/*"), *folder.glob("backups/*")]
    ours += [*folder.glob("failures/*"), *live.parent.glob(f"{live.stem}.before-restore-*")]
    is_closed = folder.exists() and not folder.stat().st_mode & places.OURS_ALONE
    found = [path for path in ours if path.is_file() and path.stat().st_mode & places.OURS_ALONE]
    if found and not is_closed:
        yield f"{len(found)} files in {folder} can be read by other users of this machine, among them {found[0].name}"


def room() -> Iterator[str]:
    """A backup must fit, and so must the next import."""
    folder = _there(settings().data_dir)
    live = Path(db.engine().url.database or "") if db.is_duckdb() else None
    needed = LEAST_FREE + (live.stat().st_size if live and live.is_file() else 0)
    free = shutil.disk_usage(folder).free
    if free < needed:
        yield f"{folder} has {free // 1_000_000:,} MB free, and {needed // 1_000_000:,} MB are needed"


def _there(folder: Path) -> Path:
    return folder if folder.exists() else _there(folder.absolute().parent)


def right_time(session: Session) -> Iterator[str]:
    """Not before the newest entry of the journal, and the same as PostgreSQL's."""
    now = clock.now()
    newest = session.exec(select(ChangeSet.made_at).order_by(col(ChangeSet.seq).desc()).limit(1)).first()
    if now < _OLDEST or (newest and newest > now + MOST_APART):
        yield f"this machine says {now:%Y-%m-%d %H:%M} UTC, and something was already written later than that"
    if not db.is_duckdb(session.connection()):
        theirs: datetime = session.connection().scalar(sa.text("SELECT clock_timestamp()"))
        if abs(theirs - datetime.now(UTC)) > MOST_APART:
            yield f"PostgreSQL says {theirs:%Y-%m-%d %H:%M} UTC, this machine does not"


def limited() -> Iterator[str]:
    """A hostile file is held to its limits by the system."""
    if lacking := reading.missing_limits():
        yield f"this system sets no limit on the {lacking} that reading a file takes"


def sane() -> Iterator[str]:
    try:
        clock.exchange_zone()
    except CrmError as error:
        yield f"CRM_EXCHANGE_ZONE: {error}".rstrip(".")
    public = settings().public_url
    if public and urlsplit(public).scheme not in ("http", "https"):
        yield "CRM_PUBLIC_URL must begin with https:// or http://"
