"""Days out of fills: hand-made sums, days delivered as summaries, and what an undo leaves behind."""

from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from crm import db, journal
from crm.clients.models import Client
from crm.trading import DailyActivity, TradingProfile
from crm.trading.rollup import retouch
from tests.cast import DESK, Cast
from tests.trading.make import ago, balance, day, fill, put, roll_up


def days_of(client: Client) -> list[Any]:
    with db.read() as session:
        return list(
            session.exec(
                select(DailyActivity).where(DailyActivity.number == client.number).order_by(col(DailyActivity.day))
            )
        )


def test_a_day_is_the_sum_of_its_fills_and_a_negative_fee_is_a_rebate(cast: Cast) -> None:
    put(
        fill(cast.harbour, ago(1), "100", fee="0.10", maker=False, pnl="7"),
        fill(cast.harbour, ago(1), "50", fee="-0.02", maker=True, pnl="-3"),
        fill(cast.harbour, ago(0), "10", fee="0.01", maker=False),
    )

    rolled = roll_up((cast.harbour, ago(1)))

    (only,) = days_of(cast.harbour)
    assert rolled == 1
    assert (only.day, only.source, only.volume_usd, only.maker_volume_usd, only.trades) == (ago(1), "fills", 150, 50, 2)
    assert (only.fees_usd, only.rebates_usd, only.realised_pnl_usd) == (Decimal("0.1"), Decimal("0.02"), 4)


def test_what_no_fill_tells_is_unknown_and_not_nothing(cast: Cast) -> None:
    put(fill(cast.harbour, ago(0), "100"), fill(cast.harbour, ago(0), "50"))

    roll_up((cast.harbour, ago(0)))

    (only,) = days_of(cast.harbour)
    assert (only.maker_volume_usd, only.fees_usd, only.rebates_usd, only.realised_pnl_usd) == (None,) * 4


def test_rolling_up_twice_changes_nothing_and_leaves_summaries_alone(cast: Cast) -> None:
    put(fill(cast.harbour, ago(0), "100"), day(cast.harbour, ago(1), "77"))

    roll_up((cast.harbour, ago(0)), (cast.harbour, ago(0)), (cast.harbour, ago(1)))
    roll_up((cast.harbour, ago(0)), (cast.harbour, ago(1)))

    assert [(row.source, row.volume_usd) for row in days_of(cast.harbour)] == [("summary", 77), ("fills", 100)]


def test_an_undone_import_takes_its_days_and_its_profile_away(cast: Cast) -> None:
    put(fill(cast.harbour, ago(3), "40"))
    roll_up((cast.harbour, ago(3)))
    put(fill(cast.harbour, ago(3), "60"), fill(cast.harbour, ago(2), "5"), balance(cast.lotus, ago(2), equity="9"))
    with db.read() as session:
        imported = journal.recent(session, limit=1)[0]
    roll_up((cast.harbour, ago(3)), (cast.harbour, ago(2)))
    assert [row.volume_usd for row in days_of(cast.harbour)] == [100, 5]

    with db.write(by=DESK) as session:
        journal.undo(session, imported.id)
        touched = retouch(session, undo=imported.id, undone=imported.id)

    assert touched == 3
    assert [row.volume_usd for row in days_of(cast.harbour)] == [40]
    with db.read() as session:
        profiles: Any = session.exec(select(TradingProfile)).all()
    assert [(p.number, p.volume_30d_usd) for p in profiles] == [(cast.harbour.number, 40)]
