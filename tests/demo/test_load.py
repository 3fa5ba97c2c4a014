"""The demo is imports and nothing else, ends this week, and is made once."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from crm import db, people, upkeep
from crm.clients.models import Client
from crm.demo import load, shift
from crm.demo.write import LAST_DAY
from crm.ground import clock
from crm.ground.errors import InvalidError
from crm.people import passwords
from crm.trading import DailyActivity
from tests.cast import Cast
from tests.conftest import NOON


@pytest.mark.parametrize("days", [0, 1, 6, 7, 8, 400, -1, -250])
def test_the_newest_day_is_the_last_closed_one_or_up_to_six_days_before(days: int) -> None:
    with clock.stopped_at(NOON.replace(year=2026, month=11, day=20) + timedelta(days=days)):
        moved = LAST_DAY + timedelta(weeks=load.weeks_since())
        closed = clock.exchange_today() - timedelta(days=1)

    assert 0 <= (closed - moved).days <= 6
    assert moved.weekday() == LAST_DAY.weekday()


def test_days_move_and_everything_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        'uid,day,time,birthday,note\n1,2026-11-19,2026-11-19T17:57:00+08:00,1980-01-01,"a\nb, 2026-11-19"\n2,,,,\n'
    )
    (tmp_path / "moved").mkdir()

    moved = shift.moved(path, tmp_path / "moved", 14).read_text()

    assert (
        moved
        == 'uid,day,time,birthday,note\n1,2026-12-03,2026-12-03T17:57:00+08:00,1980-01-01,"a\nb, 2026-11-19"\n2,,,,\n'
    )


def test_a_database_with_something_in_it_is_left_alone(cast: Cast, database: str) -> None:
    with pytest.raises(InvalidError, match="holds something else"):
        load.ensure(database)


def test_the_demo_is_made_once_and_everybody_gets_in(duckdb_only: str) -> None:
    made, again = load.ensure(duckdb_only), load.ensure(duckdb_only)

    assert (made.rows > 160_000, again.rows) == (True, 0)
    assert [finding for finding in upkeep.doctor(duckdb_only) if not finding.ok] == []
    with db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Client)) == 400
        newest = session.scalar(sa.select(sa.func.max(sa.inspect(DailyActivity).columns.day)))
        ada = next(person for person in people.demo_people(session) if person.role == "admin")
        assert passwords.verify(passwords.kept_for(session, ada.id), passwords.DEMO_PASSWORD)
    assert timedelta(days=1) <= clock.exchange_today() - newest <= timedelta(days=7)
