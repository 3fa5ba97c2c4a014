"""Where the journal ended, noted every night outside the database, so that nobody can cut its end off unseen."""

import hashlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import db
from crm.ground import clock, keyring
from crm.journal import ChangeSet
from crm.upkeep import files, places

_log = logging.getLogger("crm.security")


def note() -> None:
    """Write the newest entry's number and hash beside the key, and into the log, which others may keep."""
    with db.read() as session:
        newest = sa.select(col(ChangeSet.seq), col(ChangeSet.hash)).order_by(col(ChangeSet.seq).desc()).limit(1)
        found = session.connection().execute(newest).first()
    if not found:
        return
    told = {"seq": int(found.seq), "hash": found.hash, "at": clock.now().isoformat()}
    file = _file()
    making = file.with_name(f".{file.name}")
    making.write_text(json.dumps(told), encoding="ascii")
    making.replace(file)
    files.settle(file.parent)
    _log.info("The head of the journal", extra={"fields": {"event": "journal_head", **told}})


def forget() -> None:
    """An older database takes this one's place: what was noted of it no longer holds."""
    _file().unlink(missing_ok=True)


def cut_off(session: Session) -> Iterator[str]:
    """The entry that was the last one when the head was noted is gone, or another."""
    file = _file()
    if not file.is_file():
        return
    noted = json.loads(file.read_text(encoding="ascii"))
    query = sa.select(col(ChangeSet.hash)).where(col(ChangeSet.seq) == noted["seq"])
    if session.connection().execute(query).scalar() != noted["hash"]:
        yield f"entry {noted['seq']} of the journal, noted on {noted['at'][:10]}, is gone or another"


def _file() -> Path:
    """One for each database that works with this key."""
    place = hashlib.sha256(places.place_of(db.engine().url).encode()).hexdigest()[:12]
    return keyring.path().with_name(f"journal-head-{place}.json")
