"""How much one write may do: whoever is in front of a screen never waits long for the turn of somebody else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import event

from crm.ground.errors import InvalidError

# What the program does in the background, or somebody asked for knowing that it is large: it has as long as it takes.
WITHOUT = frozenset({"import", "undo", "demo", "derive", "setup", "arrival"})


SECONDS, MOST_ROWS = 10, 5_000


@dataclass
class Budget:
    """How long a write may take (seconds), and how many rows and statements it has sent to the database."""

    seconds: int = field(default_factory=lambda: SECONDS)
    began: float = field(kw_only=True)
    sent: int = 0
    is_over: bool = False

    def take(self, statements: int) -> None:
        """Count what is about to be sent.

        Raises:
            InvalidError: it is more than one write may do.
        """
        self.sent += statements
        if self.is_over or self.sent > MOST_ROWS or monotonic() - self.began > self.seconds:
            raise self.spent()

    def spent(self) -> InvalidError:
        return InvalidError(
            "This is more than can be saved at once: at most {seconds} seconds and {rows} rows, so that nobody "
            "else has to wait. Nothing was saved; do it in smaller parts, or as an import.",
            seconds=self.seconds,
            rows=MOST_ROWS,
        )


_running: WeakKeyDictionary[sa.Connection, Budget] = WeakKeyDictionary()


def budget_for(kind: str) -> Budget | None:
    """That of a write of this kind; None where it has as long as it takes."""
    return None if kind in WITHOUT else Budget(began=monotonic())


def is_broken_off(error: sa.exc.DBAPIError) -> bool:
    """The database stopped a statement because its time was over."""
    text = str(error.orig)
    return text.startswith("INTERRUPT") or "statement timeout" in text


@contextmanager
def kept(connection: sa.Connection, budget: Budget) -> Iterator[None]:
    """Inside, what this connection sends is counted, and a statement that runs for too long is broken off."""
    _running[connection] = budget
    if connection.dialect.name != "duckdb":
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{budget.seconds}s'")
        yield
        return
    over = _Over(connection, budget)
    timer = threading.Timer(budget.seconds, over.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        over.pass_by()


class _Over:
    """Breaks off what a connection does, unless whoever had it gave it back before."""

    def __init__(self, connection: sa.Connection, budget: Budget) -> None:
        self._native: Any = connection.connection.driver_connection
        self._budget, self._turn = budget, threading.Lock()

    def interrupt(self) -> None:
        with self._turn:
            if self._native is not None:
                self._budget.is_over = True
                self._native.interrupt()

    def pass_by(self) -> None:
        with self._turn:
            self._native = None


@event.listens_for(sa.Engine, "before_cursor_execute")
def _count(
    connection: sa.Connection,
    _cursor: object,
    _statement: str,
    parameters: Any,  # noqa: ANN401 -- as the driver takes them
    _context: object,
    is_many: bool,  # noqa: FBT001
) -> None:
    budget = _running.get(connection)
    if budget:
        budget.take(len(parameters) if is_many else 1)
