"""Whose tier falls when, and what hangs on it."""

from datetime import timedelta

from crm.insights.period import Period
from tests.cast import Cast
from tests.insights.test_leadership import look
from tests.trading.make import AS_OF, ago, day, put

MARCH = Period.ending(AS_OF, 30)


def test_the_radar_shows_who_falls_when_and_what_hangs_on_it(cast: Cast) -> None:
    put(
        day(cast.harbour, ago(20), "10000000", fees="900", rebates="100"),
        *(day(cast.northlight, ago(n), "700000", fees="1") for n in range(30)),  # keeps its pace
        policies=True,
    )

    (falling,) = look(cast.nadia).falling

    assert (falling.name, falling.manager, falling.tier, falling.falls_to) == (
        "Harbour Capital",
        "Mei Lin",
        "VIP1",
        "Lv1",
    )
    assert falling.falls_on == AS_OF + timedelta(days=10)
    assert (falling.volume_30d_usd, falling.revenue_30d_usd) == (10_000_000, 800)
