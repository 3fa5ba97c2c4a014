"""One file of a person is read at a time: whoever sends many waits for the first, and then is asked to come again."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from crm.ground.errors import BusyError

_PATIENCE = 20  # seconds
_WAITING = 3  # files of a person that are read or wait; what waits holds one of few threads

_turns: dict[UUID, threading.Lock] = {}
_there: Counter[UUID] = Counter()
_guard = threading.Lock()


@contextmanager
def of(person_id: UUID | None) -> Iterator[None]:
    """While a file of this person is read; None is the desk itself, which reads as much as it likes.

    Raises:
        BusyError: others of theirs are being read.
    """
    if person_id is None:
        yield
        return
    turn = _come(person_id)
    try:
        if not turn.acquire(timeout=_PATIENCE):
            raise _busy()
        try:
            yield
        finally:
            turn.release()
    finally:
        _go(person_id)


def _come(person_id: UUID) -> threading.Lock:
    with _guard:
        if _there[person_id] >= _WAITING:
            raise _busy()
        _there[person_id] += 1
        return _turns.setdefault(person_id, threading.Lock())


def _go(person_id: UUID) -> None:
    with _guard:
        _there[person_id] -= 1
        if not _there[person_id]:
            del _there[person_id], _turns[person_id]


def _busy() -> BusyError:
    return BusyError("Another file of yours is being read. Try again when it is done.")
