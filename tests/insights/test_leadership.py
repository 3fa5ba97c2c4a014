"""The numbers of the desk, each against a sum made by hand."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from crm import db, people
from crm.clients.models import Client
from crm.ground import clock
from crm.ground.errors import NotAllowedError
from crm.insights import leadership
from crm.insights.period import Period
from crm.interactions.models import Interaction
from crm.people import Person
from crm.tasks.models import Task, TaskKind, TaskStatus
from tests.cast import DESK, Cast
from tests.trading.make import AS_OF, ago, balance, day, put

MARCH = Period.ending(AS_OF, 30)


def look(viewer: Person, period: Period = MARCH) -> Any:
    with db.read() as session:
        return leadership.summary(session, viewer, period)


def at(days: int, hour: int = 4) -> datetime:
    on = ago(days)
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


def save(*rows: Interaction | Task | Client) -> None:
    with db.write(by=DESK) as session:
        session.add_all(rows)


def talk(client: Client, days: int, hour: int = 4) -> Interaction:
    return Interaction(client_id=client.id, person_id=client.manager_id, happened_at=at(days, hour), summary="x")


def test_a_manager_does_not_see_the_numbers_of_the_team(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        look(cast.mei)


def test_sums_of_the_period_and_of_the_one_before(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(0), "100", fees="3", rebates="1"),
        day(cast.harbour, ago(29), "50", fees="1"),
        day(cast.northlight, ago(1), "25"),  # its fees are not known
        day(cast.northlight, ago(30), "70", fees="4", rebates="5"),
        day(cast.fjord, ago(0), "1000", fees="9"),  # another team
        balance(cast.harbour, ago(0), into="10", out="4"),
        balance(cast.harbour, ago(30), out="8"),
    )

    found = look(cast.nadia)

    volume, revenue, net, active = (found.figure(key) for key in ("volume", "revenue", "net_deposits", "active"))
    assert (volume.value, volume.previous) == (Decimal(175), Decimal(70))
    assert volume.change == pytest.approx(1.5)
    assert (revenue.value, revenue.previous) == (Decimal(3), Decimal(-1))  # more was paid back than taken
    assert revenue.change is None  # there is no growth on a negative number
    assert (net.value, net.previous) == (Decimal(6), Decimal(-8))
    assert (active.value, active.previous) == (2, 1)
    assert found.fees_known == pytest.approx(150 / 175)
    assert (found.clients, found.zone) == (3, "Asia/Shanghai")


def test_every_day_of_the_period_has_a_point_and_a_day_without_trades_is_nothing_traded(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(0), "100", fees="3"),
        day(cast.harbour, ago(2), "50"),
        balance(cast.harbour, ago(1), into="5"),
    )

    found = look(cast.nadia)

    volume = {point.day: point.value for point in found.figure("volume").series}
    assert len(volume) == 30
    assert (volume[ago(0)], volume[ago(1)], volume[ago(2)]) == (100, 0, 50)
    revenue = {point.day: point.value for point in found.figure("revenue").series}
    assert (revenue[ago(0)], revenue[ago(1)], revenue[ago(2)]) == (3, 0, None)
    deposits = {point.day: point.value for point in found.figure("net_deposits").series}
    assert (deposits[ago(0)], deposits[ago(1)]) == (None, 5)


def test_an_empty_desk_has_unknown_numbers_and_no_error(cast: Cast) -> None:
    put()

    found = look(cast.nadia)

    unknown = ("volume", "revenue", "net_deposits", "nrr", "grr", "at_risk", "coverage")
    assert [found.figure(key).value for key in unknown] == [None] * 7
    assert (found.figure("active").value, found.figure("promises").value) == (0, 0)
    assert (found.concentration.clients, found.concentration.gini, found.concentration.top_share) == (0, None, None)
    assert (found.top, found.falling, found.volume_by_tier, found.revenue_by_manager) == ((), (), (), ())


def test_a_lead_without_clients_sees_an_empty_desk(cast: Cast) -> None:
    put(day(cast.harbour, ago(0), "100"))
    alone = Person(email="x@desk.example", name="X", role="lead", team_id=cast.harbour.id)

    assert look(alone).figure("volume").value is None
    assert look(alone).books == ()


def test_retention_and_growth_tell_where_the_change_comes_from(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(40), "10", fees="10"),
        day(cast.harbour, ago(3), "10", fees="15"),  # expansion 5
        day(cast.northlight, ago(40), "10", fees="8"),
        day(cast.northlight, ago(3), "10", fees="2", rebates="1"),  # contraction 7
        day(cast.lotus, ago(40), "10", fees="4"),  # lost 4
        day(cast.fjord, ago(80), "10", fees="1"),
        day(cast.fjord, ago(3), "10", fees="6"),  # returned 6
    )

    found = look(people.machine())

    growth = found.growth
    assert (growth.before_usd, growth.now_usd) == (22, 22)
    steps = {
        name: (getattr(growth, name).clients, getattr(growth, name).revenue_usd)
        for name in ("new", "returned", "expansion", "contraction", "lost")
    }
    assert steps == {"new": (0, 0), "returned": (1, 6), "expansion": (1, 5), "contraction": (1, 7), "lost": (1, 4)}
    assert growth.quick_ratio == pytest.approx(1.0)
    assert found.figure("nrr").value == pytest.approx(16 / 22)
    assert found.figure("grr").value == pytest.approx(11 / 22)


def test_who_began_in_the_period_is_new_and_unknown_fees_are_counted_as_unknown(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(3), "10", fees="7"),
        day(cast.northlight, ago(40), "10", fees="5"),
        day(cast.northlight, ago(3), "10"),
    )

    found = look(cast.nadia)

    assert (found.growth.new.clients, found.growth.new.revenue_usd, found.growth.unknown) == (1, 7, 1)
    assert (found.growth.before_usd, found.growth.now_usd) == (0, 7)
    assert found.figure("nrr").value is None


def test_concentration_counts_those_who_paid_nothing_and_ignores_rebates(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(0), "10", fees="6", rebates="100"),
        day(cast.northlight, ago(0), "10", fees="3"),
        day(cast.lotus, ago(0), "10", fees="0"),
        day(cast.fjord, ago(50), "10", fees="9"),  # nothing in the period
    )

    found = look(people.machine()).concentration

    # x = 0, 0, 3, 6: G = 2 (3 x 3 + 4 x 6) / (4 x 9) - 5 / 4
    assert found.clients == 4
    assert found.gini == pytest.approx(2 * 33 / 36 - 1.25)
    assert found.effective_clients == pytest.approx(81 / 45)
    assert found.top_share == pytest.approx(1.0)


def test_one_client_alone_is_not_unequal(cast: Cast) -> None:
    put(day(cast.fjord, ago(0), "10", fees="6"))

    found = look(people.machine()).concentration

    assert (found.clients, found.gini, found.effective_clients, found.top_share) == (1, 0, 1, 1)


def test_revenue_at_risk_is_what_those_paid_whose_volume_more_than_halved(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(35), "100", fees="9"),
        day(cast.harbour, ago(5), "49", fees="4"),
        day(cast.northlight, ago(35), "100", fees="5"),
        day(cast.northlight, ago(5), "50", fees="2"),
        day(cast.lotus, ago(59), "10", fees="2"),
    )

    found = look(cast.nadia).figure("at_risk")

    assert (found.value, found.previous) == (11, 0)
    assert [point.day for point in found.series][-1] == AS_OF
    assert not found.more_is_better


def test_coverage_counts_the_clients_whose_tier_has_a_standard(cast: Cast) -> None:
    put(policies=False)
    put(day(cast.harbour, ago(0), "1"), policies=True)
    # VIP4 every 14 days, VIP2 every 30, VIP1 every 30
    save(talk(cast.harbour, 14), talk(cast.northlight, 29), talk(cast.northlight, 45), talk(cast.lotus, 13))

    found = look(cast.nadia)

    coverage = found.figure("coverage")
    assert coverage.value == pytest.approx(2 / 3)
    assert coverage.previous == pytest.approx(1 / 3)  # before the period only Northlight had been called
    mei, tomas = (next(b for b in found.books if b.manager_id == who.id) for who in (cast.mei, cast.tomas))
    assert (mei.clients, mei.with_standard, mei.coverage) == (2, 2, pytest.approx(0.5))
    assert (tomas.clients, tomas.coverage) == (1, 1)


def test_a_contact_counts_on_the_day_of_the_exchange(cast: Cast) -> None:
    put(day(cast.harbour, ago(0), "1"), policies=True)
    save(talk(cast.harbour, 14, hour=15))  # 23:00 at the exchange, fifteen days ago
    late = look(cast.nadia).figure("coverage").value
    save(talk(cast.harbour, 14, hour=16))  # an hour later it is the next day there

    in_time = look(cast.nadia).figure("coverage").value

    assert (late, in_time) == (0, pytest.approx(1 / 3))


def test_a_contact_of_today_moves_the_numbers_at_once_though_trading_is_told_until_yesterday(cast: Cast) -> None:
    put(day(cast.harbour, ago(0), "1"), policies=True)
    before = look(cast.nadia).figure("coverage").value
    save(talk(cast.harbour, -1, hour=3))

    now = look(cast.nadia).figure("coverage")

    assert (before, now.value) == (0, pytest.approx(1 / 3))
    assert now.series[-1].day == clock.exchange_today() == ago(-1)


def test_overdue_promises_at_the_close_of_the_period_and_before(cast: Cast) -> None:
    put()
    owner = cast.mei.id

    def promise(due: int, made: int, done: int | None = None, **fields: Any) -> Task:
        return Task(
            title="p",
            client_id=cast.harbour.id,
            owner_id=owner,
            due_on=ago(due),
            created_at=at(made),
            done_at=at(done) if done is not None else None,
            **{"kind": TaskKind.PROMISE, **fields},
        )

    save(
        promise(2, 5),
        promise(0, 5),
        promise(-1, 5),
        promise(40, 50, done=20, status=TaskStatus.DONE),
        promise(40, 50, done=39, status=TaskStatus.DONE),
        promise(3, 5, status=TaskStatus.WITHDRAWN),
        promise(3, 5, kind=TaskKind.FOLLOW_UP),
    )

    found = look(cast.nadia)

    promises = found.figure("promises")
    assert (promises.value, promises.previous) == (2, 1)
    (mei,) = (b for b in found.books if b.manager_id == cast.mei.id)
    assert (mei.open_tasks, mei.overdue_tasks) == (4, 3)


def test_volume_by_day_and_tier_and_revenue_by_manager(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(0), "1", fees="1"),
        day(cast.northlight, ago(0), "2", fees="5"),
        day(cast.lotus, ago(0), "4", fees="2"),
        day(cast.lotus, ago(1), "8"),
        day(cast.lotus, ago(30), "99"),
    )

    found = look(cast.nadia)

    assert [(line.day, line.tier, line.volume_usd) for line in found.volume_by_tier] == [
        (ago(1), "VIP1", 8),
        (ago(0), "VIP1", 4),
        (ago(0), "VIP2", 2),
        (ago(0), "VIP4", 1),
    ]
    assert [(line.name, line.revenue_usd) for line in found.revenue_by_manager] == [("Tomas Berg", 5), ("Mei Lin", 3)]
    assert [(line.name, line.volume_usd) for line in found.top] == [
        ("Northlight", 2),
        ("莲花资本", 12),
        ("Harbour Capital", 1),
    ]
    assert found.top[0].share == pytest.approx(5 / 8)
