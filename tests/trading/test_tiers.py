"""Tiers: the published worked example, the nearest route, and the day on which a tier falls."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.ground.errors import InvalidError
from crm.trading import tiers
from crm.trading.models import TierPolicy
from crm.trading.policy import Policy, parse
from crm.trading.tier_policies import okx_example
from crm.trading.tiers import DayVolume, Fall
from tests.share import examples

AS_OF = date(2026, 3, 15)
OKX = parse(okx_example())


def policy(**body: object) -> Policy:
    return parse(TierPolicy(id=uuid4(), venue="X", name="test", effective_from=AS_OF, body=body))


def metrics(**amounts: int) -> Mapping[str, Decimal | None]:
    return {name: Decimal(amount) for name, amount in amounts.items()}


def test_the_worked_example_comes_out_as_vip4() -> None:
    parts = {
        "spot_volume_30d": (20_000_000, "VIP2"),
        "derivatives_volume_30d": (200_000_000, "VIP3"),
        "options_volume_30d": (5_000_000, "VIP1"),
        "assets_usd": (5_000_000, "VIP4"),
    }

    alone = {name: tiers.evaluate(OKX, metrics(**{name: amount})) for name, (amount, _) in parts.items()}

    assert alone == {name: tier for name, (_, tier) in parts.items()}
    assert tiers.evaluate(OKX, metrics(**{name: amount for name, (amount, _) in parts.items()})) == "VIP4"


def test_the_example_says_that_it_is_no_official_policy() -> None:
    assert "not an exchange's terms" in OKX.note


def test_a_route_of_two_conditions_needs_both() -> None:
    both = [{"metric": "spot_volume_30d", "gte": "1000000"}, {"metric": "token_balance", "gte": "25"}]
    binance = policy(tiers=["VIP1"], routes=[{"tier": "VIP1", "all": both}])

    assert tiers.evaluate(binance, metrics(spot_volume_30d=1_000_000)) is None
    assert tiers.evaluate(binance, metrics(spot_volume_30d=1_000_000, token_balance=24)) is None
    assert tiers.evaluate(binance, metrics(spot_volume_30d=1_000_000, token_balance=25)) == "VIP1"


def test_the_gap_is_the_nearest_route_to_the_next_tier() -> None:
    found = tiers.progress(
        OKX, metrics(spot_volume_30d=15_800_000, derivatives_volume_30d=10, options_volume_30d=0, assets_usd=1000)
    )

    assert found is not None
    assert (found.tier, found.next_tier) == ("VIP1", "VIP2")
    assert found.gaps[0].metric == "spot_volume_30d"
    assert found.gaps[0].missing == 4_200_000
    assert found.share == pytest.approx(0.79)


def test_there_is_no_gap_above_the_highest_tier() -> None:
    assert tiers.progress(OKX, metrics(spot_volume_30d=10_000_000_000)) is None


def test_what_is_unknown_is_no_route() -> None:
    found = tiers.progress(OKX, {"assets_usd": Decimal(50_000)})

    assert found is not None
    assert [gap.metric for gap in found.gaps] == ["assets_usd"]


def test_one_large_day_holds_a_tier_for_thirty_days_and_no_longer() -> None:
    days = [DayVolume(AS_OF, "spot", Decimal(20_000_000))]

    found = tiers.roll_off(OKX, days, assets=None, as_of=AS_OF)

    assert found.tier == "VIP2"
    assert found.without_trading == Fall(AS_OF + timedelta(days=30), "Lv1")


def test_assets_catch_a_tier_that_volume_loses() -> None:
    days = [DayVolume(AS_OF - timedelta(days=27), "spot", Decimal(50_000_000))]

    found = tiers.roll_off(OKX, days, assets=Decimal(100_000), as_of=AS_OF)

    assert found.without_trading == Fall(AS_OF + timedelta(days=3), "VIP1")


def test_at_its_usual_pace_a_steady_client_keeps_its_tier() -> None:
    days = [DayVolume(AS_OF - timedelta(days=n), "spot", Decimal(1_000_000)) for n in range(30)]

    found = tiers.roll_off(OKX, days, assets=None, as_of=AS_OF)

    assert found.tier == "VIP2"
    assert found.without_trading == Fall(AS_OF + timedelta(days=11), "VIP1")
    assert found.at_pace_of_7_days is None
    assert found.at_pace_of_30_days is None


SMALL = policy(
    tiers=["A", "B", "C"],
    routes=[
        {"tier": "A", "all": [{"metric": "spot_volume_30d", "gte": "40"}]},
        {"tier": "B", "all": [{"metric": "spot_volume_30d", "gte": "90"}]},
        {
            "tier": "B",
            "all": [{"metric": "derivatives_volume_30d", "gte": "60"}, {"metric": "spot_volume_30d", "gte": "20"}],
        },
        {"tier": "C", "all": [{"metric": "total_volume_30d", "gte": "200"}]},
        {"tier": "C", "all": [{"metric": "assets_usd", "gte": "100"}, {"metric": "options_volume_30d", "gte": "10"}]},
    ],
)
TRADED = st.lists(
    st.tuples(st.integers(0, 34), st.sampled_from(["spot", "perpetual", "options", "other"]), st.integers(0, 60)),
    max_size=20,
)


@settings(max_examples=examples(100))
@given(traded=TRADED, assets=st.none() | st.integers(0, 200), pace_days=st.sampled_from([0, 7, 30]))
def test_the_fall_is_the_one_that_living_through_the_days_would_show(
    traded: list[tuple[int, str, int]], assets: int | None, pace_days: int
) -> None:
    days = [DayVolume(AS_OF - timedelta(days=ago), product, Decimal(volume)) for ago, product, volume in traded]
    known = Decimal(assets) if assets is not None else None

    found = tiers.roll_off(SMALL, days, assets=known, as_of=AS_OF)

    expected = lived_through(days, known, pace_days)
    assert {0: found.without_trading, 7: found.at_pace_of_7_days, 30: found.at_pace_of_30_days}[pace_days] == expected


def lived_through(days: list[DayVolume], assets: Decimal | None, pace_days: int) -> Fall | None:
    """Trade the mean day over and over, and evaluate the tier at every close, until it falls."""
    book = list(days)
    recent = [d for d in days if AS_OF - timedelta(days=pace_days) < d.day <= AS_OF]
    now = tiers.evaluate(SMALL, {**tiers.volumes(book, AS_OF), "assets_usd": assets})
    for k in range(1, 31):
        today = AS_OF + timedelta(days=k)
        book += [DayVolume(today, d.product, d.volume_usd / pace_days) for d in recent]
        # A pace is a fraction: what only its rounding misses is not missing.
        held = {name: round(amount, 12) for name, amount in tiers.volumes(book, today).items()}
        lower = tiers.evaluate(SMALL, {**held, "assets_usd": assets})
        if SMALL.rank(lower) < SMALL.rank(now):
            return Fall(today, lower)
    return None


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "names its tiers"),
        ({"tiers": ["A", "A"]}, "each tier once"),
        ({"tiers": ["A"], "routes": [{"tier": "B", "all": []}]}, "“B” in “routes”"),
        (
            {"tiers": ["A"], "routes": [{"tier": "A", "all": [{"metric": "luck", "gte": "1"}]}]},
            "“luck” is not something",
        ),
        (
            {"tiers": ["A"], "routes": [{"tier": "A", "all": [{"metric": "assets_usd", "gte": 0.5}]}]},
            "write it as text",
        ),
        (
            {"tiers": ["A"], "fees": [{"tier": "A", "product": "spot", "maker_bps": "x", "taker_bps": "1"}]},
            "not a number",
        ),
        ({"tiers": ["A"], "service": [{"tier": "A", "contact_every_days": 0}]}, "at least 1"),
        ({"tiers": ["A"], "zone": "Mars/Base"}, "not a time zone"),
        ({"tiers": ["A"], "colour": "red"}, "no part called “colour”"),
    ],
)
def test_a_policy_that_cannot_be_right_is_refused_with_a_sentence(body: dict[str, object], sentence: str) -> None:
    with pytest.raises(InvalidError, match=sentence):
        policy(**body)


def test_a_negative_maker_fee_and_parts_for_later_are_fine() -> None:
    made = policy(
        tiers=["A"],
        fees=[{"tier": "A", "product": "spot", "maker_bps": "-0.5", "taker_bps": "2"}],
        retention={"min_hold_days": 60},
    )

    fee = made.fee("A", "spot")
    assert fee is not None
    assert fee.maker_bps == Decimal("-0.5")
