"""Nobody signs in, types or is throttled behind somebody else's large change, and no change is larger than its budget."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlmodel import select

from crm import db, journal, people
from crm.db import budgets, sessions
from crm.ground.errors import BusyError, InvalidError, NotAllowedError
from crm.people import Team, drafts, sign_in, throttle
from crm.people.models import Draft
from tests.cast import Cast
from tests.conftest import NOON


def draft(of: people.Person, number: int) -> dict[str, object]:
    return {"person_id": of.id, "form": str(number), "fields": {}, "saved_at": NOON}


@contextmanager
def large_change(cast: Cast) -> Iterator[None]:
    """Somebody's import is open in another thread meanwhile, with rows of the tables that are written beside it."""
    begun, over = threading.Event(), threading.Event()

    def importing() -> None:
        with db.write(by=cast.ada, kind="import") as session:
            session.add(Team(name="North"))
            session.connection().execute(
                sa.insert(Draft),
                [draft(cast.ada, number) for number in range(100)],
            )
            begun.set()
            over.wait(timeout=30)

    thread = threading.Thread(target=importing)
    thread.start()
    assert begun.wait(timeout=30)
    yield
    over.set()
    thread.join()


def test_who_signs_in_and_types_does_not_wait_for_an_import(cast: Cast) -> None:
    with large_change(cast):
        with db.beside(sign_in.TURN) as session:
            sign_in.attempt(session, cast.mei.email, "192.0.2.1")
            secret = sign_in.start(session, cast.mei.id)
        with db.beside(drafts.TURN) as session:
            drafts.keep(session, cast.mei.id, "log", {"summary": "Half a"})
        with db.read() as session:
            assert sign_in.find(session, secret) is not None
            assert session.exec(select(Team.name).where(Team.name == "North")).first() is None

    with db.read() as session:
        assert session.exec(select(Team.name).where(Team.name == "North")).first() == "North"
        assert drafts.find(session, cast.mei.id, "log") is not None


def test_tries_at_one_moment_are_counted_one_after_another(cast_on_duckdb: Cast) -> None:
    failures: list[Exception] = []

    def guess() -> None:
        try:
            with db.beside(sign_in.TURN) as session:
                sign_in.attempt(session, cast_on_duckdb.mei.email, "192.0.2.1")
        except BusyError as error:
            failures.append(error)

    guesses = [threading.Thread(target=guess) for _ in range(throttle.PAIR_TRIES + 3)]
    for one in guesses:
        one.start()
    for one in guesses:
        one.join()

    assert [type(one) for one in failures] == [throttle.TooSoonError] * 3


def test_nothing_that_is_journalled_is_written_beside_the_journal(database: str) -> None:
    with pytest.raises(RuntimeError, match="journalled"), db.beside("teams") as session:
        journal.remark(session, "Something was done")

    with pytest.raises(NotAllowedError), db.beside("teams") as session:
        session.add(Team(name="North"))


def test_a_change_of_too_many_rows_is_refused_and_nothing_of_it_kept(cast: Cast) -> None:
    many = [draft(cast.mei, number) for number in range(budgets.MOST_ROWS + 1)]

    with pytest.raises(InvalidError, match="more than can be saved at once"), db.write(by=cast.mei) as session:
        session.connection().execute(sa.insert(Draft), many)

    with db.read() as session:
        assert drafts.find(session, cast.mei.id, "0") is None


def test_a_statement_that_takes_too_long_is_broken_off(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "SECONDS", 1)
    endless = "SELECT count(*) FROM generate_series(1, 100000000) a, generate_series(1, 100000000) b"

    with pytest.raises(InvalidError, match="at most 1 seconds"), db.write(by=cast.mei) as session:
        session.connection().exec_driver_sql(endless)

    with db.write(by=people.machine(), kind="import") as session:  # the connection is as good as new
        assert session.connection().exec_driver_sql("SELECT 7").scalar() == 7


def test_who_waits_too_long_for_the_turn_is_told(cast_on_duckdb: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "PATIENCE", 0.01)

    with (
        large_change(cast_on_duckdb),
        pytest.raises(BusyError, match="Something large is being saved"),
        db.write(by=cast_on_duckdb.mei),
    ):
        pass


def test_the_time_that_one_waits_for_the_turn_is_not_ones_own(
    cast_on_duckdb: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, turn = [0.0], sessions._turn

    class Slow:
        """A turn that comes after a hundred seconds."""

        def acquire(self, timeout: float) -> bool:
            clock[0] += 100
            return turn.acquire(timeout=timeout)

        def release(self) -> None:
            turn.release()

    monkeypatch.setattr(budgets, "monotonic", lambda: clock[0])
    monkeypatch.setattr(sessions, "_turn", Slow())

    with db.write(by=cast_on_duckdb.ada) as session:
        session.add(Team(name="Late"))

    with db.read() as reading:
        assert reading.exec(select(Team.name).where(Team.name == "Late")).first() == "Late"
