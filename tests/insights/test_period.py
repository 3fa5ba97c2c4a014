"""Periods: so many days of the exchange, and those before them."""

from datetime import date

import pytest

from crm.ground.errors import InvalidError
from crm.insights.period import Period
from tests.trading.make import AS_OF, ago


def test_a_period_over_the_end_of_daylight_saving_has_as_many_days_as_the_calendar() -> None:
    spring = Period(date(2026, 3, 1), date(2026, 3, 31))

    assert spring.days == 31
    assert spring.previous == Period(date(2026, 1, 29), date(2026, 2, 28))
    assert (spring.points()[0], spring.points()[-1]) == (date(2026, 2, 28), date(2026, 3, 31))
    assert Period(AS_OF, AS_OF).points() == [ago(1), AS_OF]


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(InvalidError, match="on or after"):
        Period(AS_OF, ago(1))
