"""What may be written a moment later: when a session was last used, what is being typed, evidence. Nobody waits for it."""

import logging
import threading
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from crm import db, people
from crm.ground import clock

EVERY_SECONDS = 2.0

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_writing = threading.Lock()  # a draft on its way into the database must be in it before it can be dropped
_seen: dict[str, datetime] = {}
_drafts: dict[tuple[UUID, str], Mapping[str, object]] = {}
_stopping = threading.Event()
_threads: list[threading.Thread] = []


def touch(sid: str) -> None:
    """A session was used just now."""
    with _lock:
        _seen[sid] = clock.now()


def keep(person_id: UUID, form: str, fields: Mapping[str, object]) -> None:
    """Somebody is typing into a form; written at once if nothing runs in the background."""
    with _lock:
        _drafts[person_id, form] = fields
    if not _threads:
        flush()


def waiting(person_id: UUID, form: str) -> Mapping[str, object] | None:
    """What somebody has typed last, if it is not written yet."""
    with _lock:
        return _drafts.get((person_id, form))


def drop(person_id: UUID, form: str) -> None:
    """A form was sent: what was kept of it goes. Not to be called while writing: another thread may be about to."""
    with _writing:
        with _lock:
            _drafts.pop((person_id, form), None)
        with db.beside(people.drafts.TURN) as session:
            people.drafts.drop(session, person_id, form)


def flush() -> None:
    """Write what waits."""
    people.events.flush()
    with _writing:
        _flush()


def _flush() -> None:
    with _lock:
        seen, drafts = dict(_seen), dict(_drafts)
        _seen.clear()
        _drafts.clear()
    if not seen and not drafts:
        return
    try:
        _write(seen, drafts)
    except BaseException:
        with _lock:
            _drafts.update(drafts | _drafts)
            _seen.update(seen | _seen)
        raise


def _write(seen: dict[str, datetime], drafts: dict[tuple[UUID, str], Mapping[str, object]]) -> None:
    with db.beside(people.sign_in.TURN) as session:
        people.sign_in.touch(session, seen)
    with db.beside(people.drafts.TURN) as session:
        for (person_id, form), fields in drafts.items():
            people.drafts.keep(session, person_id, form, fields)


def start() -> None:
    _stopping.clear()
    people.events.defer(on=True)
    _threads.append(threading.Thread(target=_run, name="crm-later", daemon=True))
    _threads[-1].start()


def stop() -> None:
    """Write the rest and end."""
    _stopping.set()
    people.events.defer(on=False)
    while _threads:
        _threads.pop().join(timeout=10)
    flush()


def _run() -> None:
    while not _stopping.wait(EVERY_SECONDS):
        _tried()


def _tried() -> None:
    """A busy database costs a draft two seconds, never the thread."""
    try:
        flush()
    except Exception:  # noqa: BLE001 -- see above
        _log.exception("Last uses and drafts could not be written; the next ones will be tried again.")
