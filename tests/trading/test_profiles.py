"""Profiles and tiers of all accounts at once, against sums made by hand and against the rules one by one."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import select

from crm import db, journal, trading
from crm.clients.models import Client
from crm.ground import clock
from crm.trading import TradingProfile, TradingTier
from crm.trading.policy import VOLUMES
from crm.trading.tiers import evaluate
from tests.cast import DESK, Cast
from tests.trading.make import AS_OF, ago, balance, day, put


def profile(client: Client) -> Any:
    with db.read() as session:
        return session.exec(select(TradingProfile).where(TradingProfile.number == client.number)).first()


def tier(client: Client) -> Any:
    with db.read() as session:
        return session.exec(select(TradingTier).where(TradingTier.number == client.number)).first()


def test_windows_end_at_the_close_of_yesterday_and_include_their_first_day(cast: Cast) -> None:
    put(
        day(cast.harbour, AS_OF + timedelta(days=1), "1000"),  # the day that is still open
        day(cast.harbour, ago(0), "1", maker_volume="1", fees="3", rebates="1", realised_pnl="-5"),
        day(cast.harbour, ago(6), "2", "perpetual"),
        day(cast.harbour, ago(7), "4"),
        day(cast.harbour, ago(29), "8"),
        day(cast.harbour, ago(30), "16"),
        day(cast.harbour, ago(59), "32"),
        day(cast.harbour, ago(60), "64"),
    )

    found = profile(cast.harbour)

    assert found is not None
    assert found.as_of == AS_OF
    assert (found.volume_7d_usd, found.volume_30d_usd, found.volume_previous_30d_usd, found.volume_total_usd) == (
        3,
        15,
        48,
        127,
    )
    assert (found.first_day, found.last_day, found.active_days_30) == (ago(60), AS_OF, 4)
    assert (found.maker_volume_30d_usd, found.fees_30d_usd, found.rebates_30d_usd, found.realised_pnl_30d_usd) == (
        1,
        3,
        1,
        -5,
    )
    assert found.main_product == "spot"


def test_what_no_file_told_stays_unknown(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(0), "5"),
        balance(cast.lotus, ago(0), equity="100"),
        balance(cast.lotus, ago(3), equity="90"),
    )

    traded, held = profile(cast.harbour), profile(cast.lotus)

    assert traded is not None
    assert (traded.fees_30d_usd, traded.maker_volume_30d_usd, traded.equity_usd, traded.net_deposits_30d_usd) == (
        None,
    ) * 4
    assert held is not None
    assert (held.equity_usd, held.net_deposits_30d_usd, held.first_day, held.last_day) == (100, None, None, None)
    assert profile(cast.fjord) is None


def test_net_deposits_are_those_of_the_last_thirty_days(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(0), "0"),
        balance(cast.harbour, ago(0), out="30"),
        balance(cast.harbour, ago(29), equity="500", into="10"),
        balance(cast.harbour, ago(30), into="1000"),
    )

    found = profile(cast.harbour)

    assert found is not None
    assert (found.equity_usd, found.net_deposits_30d_usd) == (500, -20)
    assert (found.last_day, found.active_days_30, found.main_product) == (
        None,
        0,
        None,
    )  # a row of nothing is not a day of trading


def test_without_any_facts_there_are_no_profiles(cast: Cast) -> None:
    put(policies=True)

    assert profile(cast.harbour) is None
    with db.read() as session:
        assert trading.as_of(session) is None


def test_the_exchange_day_closes_at_sixteen_utc(cast: Cast) -> None:
    facts = [day(cast.harbour, date(2026, 2, 28), "1"), day(cast.harbour, date(2026, 3, 1), "2")]

    with clock.stopped_at(datetime(2026, 3, 1, 15, 59, tzinfo=UTC)):  # 23:59 on 1 March where the exchange is
        put(*facts)
        before = profile(cast.harbour)
    with clock.stopped_at(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)):  # still 1 March in London, 2 March at the exchange
        put()
        after = profile(cast.harbour)

    assert before is not None
    assert (before.as_of, before.volume_30d_usd) == (date(2026, 2, 28), 1)
    assert after is not None
    assert (after.as_of, after.volume_30d_usd) == (date(2026, 3, 1), 3)


def test_refreshing_some_leaves_the_others_unless_the_day_has_moved(cast: Cast) -> None:
    put(day(cast.harbour, ago(1), "1"), day(cast.northlight, ago(1), "1"))

    with db.write(by=DESK) as session:
        session.add(day(cast.harbour, ago(2), "10"))
        session.add(day(cast.northlight, ago(2), "10"))
        session.flush()
        session.connection().exec_driver_sql(f"CREATE TEMP TABLE chosen AS SELECT {cast.harbour.number} AS number")
        trading.refresh(session, "chosen")
    kept = profile(cast.northlight)
    with db.write(by=DESK) as session:
        session.add(day(cast.harbour, ago(0), "100"))
        session.flush()
        session.connection().exec_driver_sql("DROP TABLE IF EXISTS chosen")
        session.connection().exec_driver_sql(f"CREATE TEMP TABLE chosen AS SELECT {cast.harbour.number} AS number")
        trading.refresh(session, "chosen")
    moved = profile(cast.northlight)

    assert kept is not None
    assert (kept.as_of, kept.volume_30d_usd) == (ago(1), 1)
    assert moved is not None
    assert (moved.as_of, moved.volume_30d_usd) == (ago(0), 11)


def test_derived_rows_are_not_journalled(cast: Cast) -> None:
    put(day(cast.harbour, ago(0), "1"), policies=True)

    with db.read() as session:
        newest = journal.recent(session, limit=1)[0]
        assert {change.entity for change in journal.changes_of(session, newest.id)} == {"daily_activity", "tier_policy"}


def test_the_tier_of_everybody_at_once_says_what_the_rules_say_one_by_one(cast: Cast) -> None:
    random = Random(7)  # noqa: S311 -- the same facts each time
    clients = [cast.harbour, cast.northlight, cast.lotus, cast.fjord]
    products = ["spot", "margin", "perpetual", "futures", "options", "other"]
    facts = [
        day(client, ago(n), str(random.randint(0, 40) * 250_000), random.choice(products))
        for client in clients[:3]
        for n in random.sample(range(35), 12)
    ]
    balances = [balance(cast.harbour, ago(2), equity="2500000"), balance(cast.fjord, ago(5), equity="80000")]

    put(*facts, *balances, policies=True)

    with db.read() as session:
        policy = trading.policies_in_force(session)[0]
        for client in clients:
            row, known = tier(client), profile(client)
            assert row is not None
            assert known is not None
            window = trading.window_of(session, [client.number], AS_OF)
            metrics = {**(trading.volumes(window, AS_OF) if known.first_day else {}), "assets_usd": known.equity_usd}
            next_one = trading.progress(policy, metrics)
            fall = trading.roll_off(policy, window, assets=known.equity_usd, as_of=AS_OF).without_trading
            assert row.tier == evaluate(policy, metrics)
            assert (row.next_tier, row.gap_metric, row.gap_usd) == (
                (next_one.next_tier, next_one.gaps[0].metric, next_one.gaps[0].missing)
                if next_one
                else (None, None, None)
            )
            assert (row.falls_on, row.falls_to) == ((fall.on, fall.to) if fall else (None, None))


def test_a_venue_without_a_policy_has_no_tiers(cast: Cast) -> None:
    with db.write(by=DESK) as session:
        session.get_one(Client, cast.fjord.id).venue = "Elsewhere"

    put(day(cast.fjord, ago(0), "20000000"), day(cast.harbour, ago(0), "20000000"), policies=True)

    assert tier(cast.fjord) is None
    found = tier(cast.harbour)
    assert found is not None
    assert (found.tier, found.falls_on, found.falls_to) == ("VIP2", AS_OF + timedelta(days=30), "Lv1")


def test_the_packaged_policy_is_put_in_once(cast: Cast) -> None:
    with db.write() as session:
        assert trading.ensure_policies(session) == 1
        assert trading.ensure_policies(session) == 0


def test_every_product_counts_towards_the_total() -> None:
    assert set(VOLUMES["total_volume_30d"]) == set(trading.Product)
