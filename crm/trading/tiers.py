"""Which tier an account has earned, how far the next one is, and when this one falls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from crm.trading.policy import VOLUMES, WINDOW_DAYS, Condition, Policy, Route

Metrics = Mapping[str, Decimal | None]
WINDOW = timedelta(days=WINDOW_DAYS)


@dataclass(frozen=True)
class Gap:
    """What one condition still lacks; `share` is what is there already, from 0 to 1."""

    metric: str
    missing: Decimal
    share: float


@dataclass(frozen=True)
class Progress:
    """The nearest route to the next tier; `gaps` holds its unmet conditions, the widest first."""

    tier: str | None
    next_tier: str
    share: float
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class DayVolume:
    day: date
    product: str
    volume_usd: Decimal


@dataclass(frozen=True)
class Fall:
    """A tier is lost at the close of a day: that day is the last on which trading can still save it."""

    on: date
    to: str | None


@dataclass(frozen=True)
class RollOff:
    """When the tier falls: with no more trading, and with the mean day of the last 7 or 30. None: not within 30 days."""

    tier: str | None
    without_trading: Fall | None
    at_pace_of_7_days: Fall | None
    at_pace_of_30_days: Fall | None


def evaluate(policy: Policy, metrics: Metrics) -> str | None:
    """The highest tier of which at least one route is met. An unknown metric meets nothing."""
    met = [policy.rank(route.tier) for route in policy.routes if _is_met(route, metrics)]
    return policy.tiers[max(met)] if met else None


def progress(policy: Policy, metrics: Metrics) -> Progress | None:
    """The best route to the next tier that can be measured at all; None at the top.

    Formula: share of a condition = value / threshold, at most 1; share of a route = its smallest; best route = the largest.
    Unit: USD (or tokens) missing, share from 0 to 1. Source: the rules of exchanges' VIP programmes: any route, all of its conditions.
    """
    tier = evaluate(policy, metrics)
    above = [r for r in policy.routes if policy.rank(r.tier) > policy.rank(tier) and _is_known(r, metrics)]
    if not above:
        return None
    next_rank = min(policy.rank(route.tier) for route in above)
    best = max((r for r in above if policy.rank(r.tier) == next_rank), key=lambda r: _share_of_route(r, metrics))
    gaps = [_gap(condition, metrics) for condition in best.all if not _holds(condition, metrics)]
    return Progress(
        tier, policy.tiers[next_rank], _share_of_route(best, metrics), tuple(sorted(gaps, key=lambda g: g.share))
    )


def roll_off(policy: Policy, days: Sequence[DayVolume], *, assets: Decimal | None, as_of: date) -> RollOff:
    """When the tier falls, since the window's own future is known: the days that leave it are those already traded.

    Formula: V(as_of + k) = sum of the days after as_of - 30 + k, plus k times the pace, for k = 1..30; assets stay as they are.
    Unit: exchange days. Source: our own derivation.
    """
    windows = [_known_after(days, as_of - timedelta(days=WINDOW_DAYS - k), as_of) for k in range(WINDOW_DAYS + 1)]
    tier = evaluate(policy, _levels(windows[0], assets))

    def fall(pace_days: int) -> Fall | None:
        recent = windows[WINDOW_DAYS - pace_days] if pace_days else {}
        pace = {metric: recent.get(metric, Decimal(0)) / pace_days if pace_days else Decimal(0) for metric in VOLUMES}
        for k in range(1, WINDOW_DAYS + 1):
            expected = {metric: windows[k][metric] + k * pace[metric] for metric in VOLUMES}
            lower = evaluate(policy, _levels(expected, assets))
            if policy.rank(lower) < policy.rank(tier):
                return Fall(as_of + timedelta(days=k), lower)
        return None

    return RollOff(tier, fall(0), fall(7), fall(30))


def volumes(days: Sequence[DayVolume], as_of: date) -> dict[str, Decimal]:
    """The 30-day volumes of every metric at the close of a day."""
    return _known_after(days, as_of - WINDOW, as_of)


def _known_after(days: Sequence[DayVolume], after: date, until: date) -> dict[str, Decimal]:
    inside = [d for d in days if after < d.day <= until]
    return {
        metric: sum((d.volume_usd for d in inside if d.product in products), Decimal(0))
        for metric, products in VOLUMES.items()
    }


def _levels(volumes_30d: Mapping[str, Decimal], assets: Decimal | None) -> Metrics:
    return {**volumes_30d, "assets_usd": assets}


def _is_met(route: Route, metrics: Metrics) -> bool:
    return all(_holds(condition, metrics) for condition in route.all)


def _is_known(route: Route, metrics: Metrics) -> bool:
    return all(metrics.get(condition.metric) is not None for condition in route.all)


def _holds(condition: Condition, metrics: Metrics) -> bool:
    value = metrics.get(condition.metric)
    return value is not None and value >= condition.gte


def _share_of_route(route: Route, metrics: Metrics) -> float:
    return min((_gap(condition, metrics).share for condition in route.all), default=1.0)


def _gap(condition: Condition, metrics: Metrics) -> Gap:
    value = metrics.get(condition.metric) or Decimal(0)
    # As doubles, so that the two engines and Python choose the same route.
    share = 1.0 if value >= condition.gte else max(0.0, float(value) / float(condition.gte))
    return Gap(condition.metric, max(Decimal(0), condition.gte - value), share)
