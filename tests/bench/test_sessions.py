"""The bench that clicks: everybody takes another way, waits are summed right, and a short run meets no error."""

from itertools import islice

import pytest

from crm import bench
from crm.bench import sessions, starting
from crm.ground.errors import InvalidError
from tests.share import long_only

LEAD = sessions.Visitor("lead@demo.example", "lead", ["a", "b"])


def test_a_lead_also_opens_leadership_and_everybody_begins_elsewhere() -> None:
    first, second = (list(islice(LEAD.way(start), 6)) for start in (0, 1))

    assert [page for page, _ in first] == [*sessions.PAGES, "leadership"]
    assert second[:5] == first[1:]


def test_each_visit_of_the_client_page_is_another_client() -> None:
    asked = [query for page, query in islice(LEAD.way(0), 24) if page == "client"]

    assert set(asked) == {"id=a", "id=b"}


def test_waits_in_hundredths() -> None:
    waits = [float(wait) for wait in range(100, 0, -1)]

    assert (sessions.part(waits, 50), sessions.part(waits, 95), sessions.part([7.0], 95)) == (51, 96, 7)


def test_an_unknown_bench_is_refused_and_results_are_told_in_lines() -> None:
    with pytest.raises(InvalidError):
        bench.run("nonsense", bench.Load())

    assert bench.told({"a": 1, "b": {"c": 2.5}, "d": [{"e": 3}]}).split() == [
        "a",
        "1",
        "b",
        "c",
        "2.5",
        "d",
        "1",
        "e",
        "3",
    ]


@long_only
def test_two_people_click_through_a_demo_without_an_error() -> None:
    times = sessions.run(2, seconds=4, think=0.3)

    assert times.errors == 0
    assert times.runs > len(sessions.PAGES)
    assert 0 < times.p50_ms <= times.p95_ms


@long_only
def test_a_start_over_a_demo_is_timed_to_its_sign_in_page() -> None:
    times = starting.run(1)

    assert 0 < times.sign_in_page_s < times.demo_s
