"""Fills and daily summaries: counted once, under their UID, in the exchange's day."""

from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from crm import db
from crm.clients.models import Client
from crm.trading.models import DailyActivity, Fill, TradingProfile
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, everything, problems, take_back

FILLS = """uid,trade_id,time,instrument,side,size_usd,fee,role,pnl
{uid},a1,2026-03-14T10:00:00Z,BTC-USDT,buy,1000,1,T,0
{uid},a2,2026-03-14T17:00:00Z,BTC-USDT,sell,500.25,-0.1,M,12.5
{uid},a3,2026-03-14T18:00:00Z,BTC-USDT-SWAP,sell,200,0.2,T,-3
"""


def days(number: int) -> list[tuple[date, str, Decimal, int | None]]:
    with db.read() as session:
        query = (
            select(DailyActivity)
            .where(DailyActivity.number == number)
            .order_by(col(DailyActivity.day), col(DailyActivity.product))
        )
        return [(d.day, d.product, d.volume_usd, d.trades) for d in session.exec(query)]


def test_fills_are_rolled_up_by_the_exchanges_day(cast: Cast) -> None:
    done = bring_in(cast.mei, "trades", FILLS.format(uid=cast.harbour.uid))

    assert done.counts == counts(created=3)
    assert days(cast.harbour.number) == [
        (date(2026, 3, 14), "spot", Decimal(1000), 1),
        (date(2026, 3, 15), "perpetual", Decimal(200), 1),
        (date(2026, 3, 15), "spot", Decimal("500.25"), 1),
    ]
    with db.read() as session:
        profile = session.get_one(TradingProfile, cast.harbour.number)
        assert profile.volume_30d_usd == Decimal("1700.25")


def test_the_same_fills_again_add_nothing(cast: Cast) -> None:
    bring_in(cast.mei, "trades", FILLS.format(uid=cast.harbour.uid))
    before = everything()

    again = bring_in(cast.mei, "trades", FILLS.format(uid=cast.harbour.uid))

    assert again.counts == counts(unchanged=3)
    assert everything() == before


def test_fills_without_ids_count_as_often_as_they_stand_in_the_file(cast: Cast) -> None:
    row = f"{cast.harbour.uid},2026-03-14 10:00,100\n"

    first = bring_in(cast.mei, "trades", "uid,time,size_usd\n" + row * 2)
    more = bring_in(cast.mei, "trades", "uid,time,size_usd\n" + row * 3)

    assert (first.counts, more.counts) == (counts(created=2), counts(created=1, unchanged=2))
    assert days(cast.harbour.number) == [(date(2026, 3, 14), "spot", Decimal(300), 3)]


def test_fills_of_a_uid_that_nobody_knows_belong_to_the_client_once_it_comes(cast: Cast) -> None:
    bring_in(
        cast.nadia, "trades", FILLS.format(uid="999").replace("uid,", "venue,uid,", 1).replace("\n999", "\nBybit,999")
    )

    bring_in(cast.nadia, "clients", "venue,uid,name\nbybit,999,Aspen\n")

    with db.read() as session:
        aspen = session.exec(select(Client).where(Client.uid == "999")).one()
    assert aspen.venue == "Bybit"
    assert sum(volume for _, _, volume, _ in days(aspen.number)) == Decimal("1700.25")


def test_undo_of_fills_brings_back_the_days_as_they_were(cast: Cast) -> None:
    bring_in(cast.mei, "trades", FILLS.format(uid=cast.harbour.uid))
    before = everything()
    more = bring_in(cast.mei, "trades", FILLS.format(uid=cast.harbour.uid).replace(",a", ",b"))
    assert everything() != before

    undone = take_back(cast.mei, more)

    assert undone.conflicts == []
    assert everything() == before


def test_a_day_is_counted_from_fills_or_from_a_summary_never_both(cast: Cast) -> None:
    bring_in(cast.mei, "trades", FILLS.format(uid=cast.harbour.uid))

    done = bring_in(
        cast.mei,
        "daily_activity",
        f"uid,day,product,volume_usd\n{cast.harbour.uid},2026-03-14,spot,5\n{cast.harbour.uid},2026-03-12,spot,7\n",
    )

    assert done.counts == counts(created=1, refused=1)
    assert "already counted from its single trades" in problems(cast.mei, done)[0][2]


def test_a_damaged_trade_id_is_not_trusted(cast: Cast) -> None:
    text = FILLS.format(uid=cast.harbour.uid).replace(",a1,", ",8.95E+14,").replace(",a2,", ",8.95E+14,")

    done = bring_in(cast.mei, "trades", text)

    assert done.counts == counts(created=3)
    with db.read() as session:
        assert all(key.startswith("row ") for key in session.exec(select(col(Fill.fill_key))))


def test_balances_of_the_same_day_are_changed_not_doubled(cast: Cast) -> None:
    bring_in(cast.mei, "balances", f"uid,day,equity_usd,deposits_usd\n{cast.harbour.uid},2026-03-14,1000000,5000\n")

    done = bring_in(cast.mei, "balances", f"uid,day,equity_usd\n{cast.harbour.uid},2026-03-14,1200000\n")

    assert done.counts == counts(changed=1)
