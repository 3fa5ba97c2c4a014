"""What is at risk, and whose call it is; and which days a span of the address means."""

from datetime import date
from decimal import Decimal

import pytest

from crm import db
from crm.ground.errors import NotAllowedError
from crm.insights import Period, desk_review
from tests.cast import Cast
from tests.trading.make import ago, day, put

LAST = date(2026, 3, 15)


def fallen(cast: Cast) -> None:
    """Harbour Capital traded 4M a day, and 100K in the last 13 days."""
    facts = []
    for back in range(75):
        volume = 4_000_000 if back > 12 else 100_000
        facts.append(day(cast.harbour, ago(back), str(volume), fees=str(volume // 2000)))
    put(*facts, policies=True)


def test_whose_call_it_is_names_the_manager_of_a_falling_client(cast: Cast) -> None:
    fallen(cast)

    with db.read() as session:
        review = desk_review.review(session, cast.nadia, "30")

    assert [one.name for one in review.soon] == ["Harbour Capital"]
    [call] = review.calls
    assert (call.name, call.falling, call.revenue_usd) == ("Mei Lin", 1, Decimal(17 * 2000 + 13 * 50))
    assert desk_review.revenue_of(review.soon) == call.revenue_usd


def test_the_review_is_not_for_managers(cast: Cast) -> None:
    with db.read() as session, pytest.raises(NotAllowedError):
        desk_review.review(session, cast.mei, "30")


def test_revenue_of_which_nothing_is_known_is_unknown() -> None:
    assert desk_review.revenue_of([]) is None


@pytest.mark.parametrize(
    ("span", "since", "until", "expected"),
    [
        ("7", None, None, (date(2026, 3, 9), LAST)),
        ("quarter", None, None, (date(2026, 1, 1), LAST)),
        ("custom", date(2026, 2, 1), date(2026, 2, 3), (date(2026, 2, 1), date(2026, 2, 3))),
        ("custom", date(2026, 2, 1), date(2026, 1, 3), (date(2026, 2, 1), date(2026, 2, 1))),
        ("custom", date(2026, 2, 1), None, (date(2026, 2, 1), LAST)),
        ("custom", None, None, (date(2026, 2, 14), LAST)),
        ("nonsense", None, None, (date(2026, 2, 14), LAST)),
    ],
)
def test_a_span_means_days(span: str, since: date | None, until: date | None, expected: tuple[date, date]) -> None:
    found = Period.of_span(span, LAST, since=since, until=until)

    assert (found.since, found.until) == expected
