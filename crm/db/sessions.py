"""Sessions: a read sees one moment, a write is one transaction and one change set."""

import itertools
import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Protocol, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from crm.db import budgets
from crm.db.budgets import Budget
from crm.db.engines import engine, is_duckdb
from crm.ground import messages
from crm.ground.errors import BusyError, ConflictError, CrmError
from crm.ground.messages import Message

T = TypeVar("T")

# DuckDB lets one writer win and refuses the other; here writers take turns instead.
_turn = threading.RLock()
PATIENCE = 60.0  # seconds that somebody in front of a screen waits for the turn
# What stands beside the journal takes no such turn, only one among writes about the same thing.
_small_turns: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)


class Who(Protocol):
    """Whoever acts: anything with the id of a person."""

    id: UUID


@dataclass
class Author:
    """Who opened a write, and why: the first line of its change set. `who`: the very object that was given, if any."""

    by: UUID | None
    why: str
    kind: str
    who: Who | None = None


class ReadSession(Session):
    """A session that cannot flush: what is read is not meant to be changed."""


class WriteSession(Session):
    """A session whose changes the journal records."""

    is_journalled = True
    author: Author


class SmallSession(WriteSession):
    """A write session of `beside`: no journalled table may be changed in it."""

    is_journalled = False


class NotedError(CrmError):
    """A refusal that leaves something behind: nothing of the write is kept but its `note`."""

    def note(self, session: WriteSession) -> None:
        """Write down what was refused, in a write of its own."""
        raise NotImplementedError


recorders: list[Callable[[WriteSession], None]] = []
_commits = itertools.count(1)
_last_commit = 0


@contextmanager
def read() -> Iterator[Session]:
    """Look at one moment of the database; nothing done here is kept."""
    session = ReadSession(engine(), expire_on_commit=False, autoflush=False)
    if is_duckdb():
        session.info["moment"] = (engine(), _last_commit)
    try:
        yield session
    except sa.exc.DBAPIError as error:
        raise explained(error) from error
    finally:
        session.close()


@contextmanager
def write(*, by: Who | None = None, why: str | Message = "", kind: str = "edit") -> Iterator[WriteSession]:
    """Change something: everything inside is committed together, and journalled, or not at all.

    Raises:
        ConflictError: somebody saved the same row first.
        BusyError: the database could not take the write now; nothing was written.
        InvalidError: it is more than one write may do while others wait (`budgets`).
    """
    with _turn_to_write(PATIENCE if budgets.budget_for(kind) else -1):
        session = WriteSession(engine(), expire_on_commit=False)
        session.author = Author(by.id if by else None, messages.stored(why), kind, by)
        try:
            with _counted(session, budgets.budget_for(kind)), _kept(session):  # which begins now, after the waiting
                yield session
            _committed()
        except NotedError as error:
            with write(by=by, why=why, kind=kind) as noting:
                error.note(noting)
            raise


@contextmanager
def beside(about: str) -> Iterator[WriteSession]:
    """Change what is not journalled: sessions, counted tries, drafts, jobs. It waits for no change of the desk's own.

    Only writes `about` the same thing take turns with each other.

    Raises:
        BusyError: somebody wrote the same rows meanwhile; nothing was written.
    """
    with _small_turns[about] if is_duckdb() else nullcontext():
        session = SmallSession(engine(), expire_on_commit=False)
        session.author = Author(None, "", about)
        with _kept(session):
            yield session


@contextmanager
def _turn_to_write(patience: float) -> Iterator[None]:
    """On DuckDB one writer at a time; `patience`: seconds to wait, or -1."""
    if not is_duckdb():
        yield
        return
    if not _turn.acquire(timeout=patience):
        raise BusyError("Something large is being saved just now. Nothing of this was saved; try again in a minute.")
    try:
        yield
    finally:
        _turn.release()


@contextmanager
def _counted(session: WriteSession, budget: Budget | None) -> Iterator[None]:
    if budget is None:
        yield
        return
    with budgets.kept(session.connection(), budget):
        yield


@contextmanager
def _kept(session: WriteSession) -> Iterator[None]:
    """At the end all that was changed is committed together, with its change set; or nothing, and why is told."""
    if not recorders:
        raise RuntimeError("crm.journal is not loaded: nothing would be journalled")
    try:
        yield
        session.flush()
        for record in recorders:
            record(session)
        session.commit()
    except StaleDataError as error:
        session.rollback()
        raise ConflictError("Somebody else saved this first. Look at it again, then save.") from error
    except sa.exc.DBAPIError as error:
        session.rollback()
        raise explained(error) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


def _committed() -> None:
    global _last_commit  # noqa: PLW0603 -- there is one store
    _last_commit = next(_commits)


def moment(session: Session) -> Hashable:
    """What is equal for all looks between two commits; None where another process may have written."""
    return session.info.get("moment")


def once(session: Session, question: Callable[[Session], T]) -> T:
    """The answer of `question(session)`, asked once in this look at the database."""
    if not isinstance(session, ReadSession):
        return question(session)
    answers = session.info.setdefault("answers", {})
    if question not in answers:
        answers[question] = question(session)
    return cast("T", answers[question])


_FULL = "The disk is full. Nothing was saved; whoever keeps this machine must make room first."
_SHORT_OF = {
    "No space left": _FULL,
    "could not extend file": _FULL,
    "Out of Memory": "This needs more memory than CRM_MEMORY_MB allows. Nothing was saved.",
}


def explained(error: sa.exc.DBAPIError) -> Exception:
    text = str(error.orig).strip()
    if budgets.is_broken_off(error):
        return Budget(began=0.0).spent()
    if "onflict" in text.split("\n", maxsplit=1)[0] or "could not serialize" in text or "deadlock" in text:
        return BusyError("Somebody else is writing the same rows. Nothing was saved; try again.")
    if isinstance(error, sa.exc.IntegrityError):
        return _integrity(error, text)
    for sign, sentence in _SHORT_OF.items():
        if sign in text:
            return CrmError(sentence)
    if error.connection_invalidated or isinstance(error, sa.exc.OperationalError):
        return BusyError("The database does not answer. Nothing was saved; try again in a moment.")
    return error


def _integrity(error: sa.exc.IntegrityError, text: str) -> Exception:
    if "uplicate key" in text or "unique" in text.lower():
        return ConflictError("There is one with the same key already. Nothing was saved.")
    if "foreign key" in text:
        return ConflictError("Something else still refers to this, so it stays. Nothing was saved.")
    return error if "NOT NULL" not in text else CrmError("Something that is needed is missing. Nothing was saved.")
