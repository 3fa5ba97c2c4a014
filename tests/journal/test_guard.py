"""Nothing is written past the journal."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import col

from crm import db, journal, trading
from crm.clients.models import Client
from crm.db.sessions import WriteSession
from crm.people import Person, Team
from tests.cast import DESK, Cast
from tests.trading.make import ago, day, fill, put, roll_up

PAST: dict[str, Callable[[WriteSession], object]] = {
    "an update of rows": lambda s: s.exec(sa.update(Client).values(tier="VIP9")),
    "a delete of rows": lambda s: s.exec(sa.delete(Team).where(col(Team.name) == "East")),
    "an insert of rows": lambda s: s.execute(sa.insert(Team), [{"name": "North", "version": 1}]),
    "the table itself": lambda s: s.connection().execute(journal.entities.of(Client).update().values(tier="VIP9")),
    "text": lambda s: s.connection().execute(sa.text('update "person" set role = :role'), {"role": "admin"}),
    "the driver's words": lambda s: s.connection().exec_driver_sql("UPDATE main.person AS p SET role = 'admin'"),
    "behind a common table": lambda s: s.connection().execute(sa.text("WITH w AS (SELECT 1) DELETE FROM person")),
    "an old bulk save": lambda s: s.bulk_save_objects([Team(name="North")]),
}


@pytest.mark.parametrize("way", PAST)
def test_a_journalled_table_is_not_written_past_the_journal(cast: Cast, way: str) -> None:
    with (
        pytest.raises(RuntimeError, match=r"The table \w+ is journalled: change it by the ORM or by journal.bulk"),
        db.write(by=DESK) as session,
    ):
        PAST[way](session)


def test_after_a_flush_that_failed_the_door_is_shut_again(cast: Cast) -> None:
    with db.write(by=cast.ada) as session:
        session.add(Team(name="East"))
        with pytest.raises(sa.exc.IntegrityError):
            session.flush()
        session.rollback()
        with pytest.raises(RuntimeError, match="journalled"):
            session.exec(sa.delete(Team))


def test_inside_a_write_that_is_noted_only_that_write_is_free(cast: Cast) -> None:
    with db.write(by=cast.ada) as session:
        session.add(Team(name="North"))
        session.flush()
        with pytest.raises(RuntimeError, match="journalled"):
            session.exec(sa.update(Person).values(role="admin"))


def test_derived_days_are_written_without_a_line(cast: Cast) -> None:
    put(fill(cast.harbour, ago(1), "5"), day(cast.lotus, ago(1), "7"))

    assert roll_up((cast.harbour, ago(1))) == 1
    with db.read() as session:
        [(made, _)] = journal.history_of(session, "daily_activity", f"{cast.lotus.number}|{ago(1)}|spot|BTC-USDT")
        assert journal.recent(session, limit=1)[0].id == made.id
        assert len(trading.daily_of(session, cast.mei, cast.harbour.id, since=ago(1), until=ago(1))) == 1


def test_what_is_not_journalled_and_what_is_temporary_is_free(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        connection = session.connection()
        connection.exec_driver_sql("CREATE TEMP TABLE own AS SELECT 1 AS n")
        connection.exec_driver_sql("UPDATE own SET n = 2")
        connection.execute(sa.text("DELETE FROM trading_profile"))
