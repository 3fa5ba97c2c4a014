"""The index follows the journal: one follower at a time, whichever process is first; the database is the truth."""

import logging
import shutil
import threading
import time
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
import tantivy
from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url
from sqlmodel import Session

from crm import db
from crm.ground.config import settings
from crm.ground.errors import CrmError
from crm.search import index, journalled
from crm.search.index import Marker
from crm.search.sources import SOURCES, Select, Source

AT_ONCE = 20_000  # rows that whoever searches waits for; more are followed beside
FEW = 500  # keys that are told to the database one by one
MOST_SEGMENTS = 12
PATIENCE = 0.2  # seconds
EVERY = 0.1
_TRY = 0.005

_log = logging.getLogger(__name__)
_opened: dict[Path, tantivy.Index] = {}
_opening = threading.RLock()
_complete_at: list[tuple[Path, Hashable]] = []
_running: list[threading.Thread] = []


def folder() -> Path:
    """Each database has its own, in the data folder."""
    url = make_url(db.engine().url.render_as_string(hide_password=True))
    name = Path(url.database or "memory").stem
    if url.get_backend_name() != "duckdb":
        name = "-".join(str(part) for part in (url.host, url.port, name) if part).replace("/", "_")
    return settings().data_dir / "search" / name


def searcher(moment: Hashable = None) -> tuple[tantivy.Index, bool]:
    """The index as it may be asked, and whether it holds everything that is committed.

    What is missing is put in first if it is little; of much, as after an import, the newest may be missing for a while.
    `moment`: of the look (`db.moment`); between two commits of the only process nothing has to be asked again.
    """
    path = folder()
    if moment is not None and _complete_at == [(path, moment)] and path in _opened:
        return _opened[path], True
    found, is_complete = _caught_up(path)
    _complete_at[:] = [(path, moment)] if is_complete else []
    return found, is_complete


def _caught_up(path: Path) -> tuple[tantivy.Index, bool]:
    with db.read() as session:
        _steady(session)
        behind = _behind(session, path)
    if behind == 0:
        return _index(path), True
    if behind <= AT_ONCE:
        return _index(path), _follow_or_wait()
    beside = threading.Thread(target=follow, name="crm-search-once", daemon=True)
    beside.start()
    beside.join(PATIENCE)
    return _index(path), not beside.is_alive()


def _follow_or_wait() -> bool:
    """Whether all is in: because we put it in, or whoever was at it meanwhile; False where that took too long."""
    until = time.monotonic() + PATIENCE
    while not follow(patience=0):
        if not _is_behind():
            return True
        if time.monotonic() > until:
            return False
        time.sleep(_TRY)
    return True


def follow(*, patience: float = 3600, anew: bool = False) -> bool:
    """Put in what was committed since; False where another process or thread was at it for longer than `patience` seconds.

    `anew`: make the whole index again, also where nothing is wrong with it.
    """
    path = folder()
    with alone(path, patience) as is_ours:
        if is_ours:
            _follow(path, anew=anew)
    return is_ours


def fault_of(session: Session) -> str:
    """What is wrong with an index that is there, in a sentence; nothing is with one that is only behind."""
    path = folder()
    if not path.is_dir():
        return ""
    with guarded() as fault:
        if _fitting(session, path) is None:
            return f"the search index in {path} is of another version or database"
    return f"the search index in {path} cannot be read ({fault[0]})" if fault else ""


def mend(fault: BaseException) -> None:
    """Make anew what turned out to be damaged while it was asked."""
    path = folder()
    with alone(path, 3600):
        _throw_away(path, fault)
        _follow(path, anew=True)


def forget() -> None:
    """Let go of what is open, as a process that ends."""
    with _opening:
        _opened.clear()
        _complete_at.clear()


def start() -> None:
    """Follow in a thread until `stop`; a second call does nothing."""
    if not _running:
        _stopping.clear()
        _running.append(threading.Thread(target=_keep_following, name="crm-search", daemon=True))
        _running[0].start()


def stop() -> None:
    _stopping.set()
    while _running:
        _running.pop().join()


_stopping = threading.Event()


def _keep_following() -> None:
    known: Hashable = None
    while not _stopping.wait(EVERY):
        try:
            with db.read() as session:
                moment = db.moment(session)
            if moment is None or moment != known:
                if _is_behind():
                    follow()
                known = moment
        except Exception:  # noqa: BLE001 -- whoever searches next tries again
            _log.exception("The search index could not follow; it tries again.")


def _is_behind() -> bool:
    with db.read() as session:
        _steady(session)
        return _behind(session, folder()) > 0


@contextmanager
def alone(path: Path, patience: float) -> Iterator[bool]:
    """Whoever holds the lock writes; the system takes it from a process that dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_suffix(".lock"), timeout=patience, poll_interval=_TRY)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _follow(path: Path, *, anew: bool) -> None:
    with db.read() as session:
        _steady(session)
        marker = Marker(*journalled.newest(session))
        with guarded() as fault:
            seen = _fitting(session, path)
            if seen is None or anew:
                _make(session, path, marker)
            elif seen.seq < marker.seq:
                _catch_up(session, path, seen, marker)
        if fault:
            _throw_away(path, fault[0])
            _make(session, path, marker)


@contextmanager
def guarded() -> Iterator[list[BaseException]]:
    """What the library says of files that it cannot read, which may be anything; faults of the database go on."""
    fault: list[BaseException] = []
    try:
        yield fault
    except (KeyboardInterrupt, SystemExit, CrmError, sa.exc.SQLAlchemyError):
        raise
    except BaseException as error:  # noqa: BLE001 -- a panic of the library is no Exception
        fault.append(error)


def _steady(session: Session) -> None:
    """All questions of this look are answered of one moment, on PostgreSQL too."""
    if not db.is_duckdb():
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _fitting(session: Session, path: Path) -> Marker | None:
    """How far the index is; None where there is none of this database and version.

    Raises:
        Exception: it is damaged.
    """
    found = _index(path)
    found.reload()
    seen = index.marker_of(found)
    if seen and journalled.hash_of(session, seen.seq) != seen.hash:
        return None  # it followed another journal, such as the one before a restore
    return seen


def _behind(session: Session, path: Path) -> int:
    """How many rows the index lacks, about."""
    seq, _ = journalled.newest(session)
    with guarded() as fault:
        seen = _fitting(session, path)
    if fault or seen is None:
        return sum(int(session.scalar(source.count) or 0) for source in SOURCES.values()) + 1
    return journalled.changes_between(session, seen.seq, seq) + 1 if seen.seq < seq else 0


def _index(path: Path) -> tantivy.Index:
    with _opening:
        if path not in _opened:
            _opened.clear()
            path.mkdir(parents=True, exist_ok=True)
            _opened[path] = index.opened(str(path))
        return _opened[path]


def _throw_away(path: Path, error: BaseException) -> None:
    """What cannot be read is no loss: everything stands in the database."""
    _log.warning("The search index in %s cannot be read (%s); it is made anew and nothing is lost.", path, error)
    with _opening:
        _opened.pop(path, None)
        with suppress(OSError):
            shutil.rmtree(path)


def _make(session: Session, path: Path, marker: Marker) -> None:
    """The whole index in one commit: until then the old one answers."""
    writer = _index(path).writer(index.MEMORY, 2)
    writer.delete_all_documents()
    for source in SOURCES.values():
        _put_all(session, writer, source, None)
    _finish(path, writer, marker)
    _settle(path, writer)


def _catch_up(session: Session, path: Path, seen: Marker, marker: Marker) -> None:
    writer = _index(path).writer(index.MEMORY, 1)
    touched = journalled.touched(session, seen.seq, marker.seq)
    for source in SOURCES.values():
        if source.tables and not source.tables & touched:
            continue
        keys = source.keys(seen.seq, marker.seq)
        found = session.execute(keys).scalars().all()
        for key in found:
            writer.delete_documents_by_term("key", f"{source.name}:{key}")
        if found:
            _put_all(session, writer, source, _listed(found) if len(found) <= FEW else keys)
    _finish(path, writer, marker)
    if _index(path).searcher().num_segments > MOST_SEGMENTS:
        _settle(path, writer)


def _listed(keys: Sequence[UUID]) -> Select:
    wanted = sa.values(sa.column("id", sa.Uuid), name="wanted").data([(key,) for key in keys])
    return sa.select(wanted.c.id)


def _put_all(session: Session, writer: tantivy.IndexWriter, source: Source, keys: Select | None) -> None:
    for document in source.read(session, keys):
        index.put(writer, source.name, document)


def _finish(path: Path, writer: tantivy.IndexWriter, marker: Marker) -> None:
    index.mark(writer, marker)
    writer.commit()
    _index(path).reload()


def _settle(path: Path, writer: tantivy.IndexWriter) -> None:
    """Wait until small segments are large ones."""
    writer.wait_merging_threads()
    _index(path).reload()
