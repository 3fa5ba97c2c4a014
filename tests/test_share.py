"""Every run takes the same tenth; a long run takes everything."""

import pytest

from tests import share
from tests.conftest import pytest_runtest_setup

CASES = [f"case {n}" for n in range(95)]


@pytest.fixture(params=[False, True], ids=["every run", "long run"], autouse=True)
def long(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(share, "LONG", request.param)
    return bool(request.param)


def test_a_tenth_is_the_same_each_time_and_keeps_the_order(*, long: bool) -> None:
    chosen = share.tenth(CASES)

    assert chosen == share.tenth(iter(CASES)) == sorted(chosen, key=CASES.index)
    assert len(set(chosen)) == (95 if long else 10)
    assert (chosen == share.tenth(CASES, seed=1)) is long


def test_the_seeds_together_reach_every_case() -> None:
    assert {case for seed in range(200) for case in share.tenth(CASES, seed)} == set(CASES)


@pytest.mark.parametrize("count", [0, 1, 10])
def test_few_cases_leave_one_and_none_leave_none(count: int, *, long: bool) -> None:
    assert len(share.tenth(CASES[:count])) == (count if long else min(count, 1))


def test_a_long_run_tries_ten_times_as_many_examples(*, long: bool) -> None:
    assert share.examples(12) == (120 if long else 12)


def test_a_quick_run_ends_in_time_and_says_who_runs_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest_runtest_setup()

    monkeypatch.setattr(share, "UNTIL", 0.0)

    with pytest.raises(pytest.skip.Exception, match="the time of a quick run is over; `poe check` runs it"):
        pytest_runtest_setup()
