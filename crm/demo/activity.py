"""What every account traded day by day, and the fees that its tier of that day asked."""

import math
from collections import deque
from dataclasses import dataclass
from datetime import date
from random import Random

from crm.demo import market, tiers
from crm.demo.balances import Week
from crm.demo.cast import Player, day
from crm.demo.chance import dice
from crm.demo.habits import Habit, Line

COLUMNS = (
    "venue",
    "uid",
    "day",
    "product",
    "instrument",
    "volume_usd",
    "maker_volume_usd",
    "trades",
    "fees_usd",
    "rebates_usd",
    "realised_pnl_usd",
)
WINDOW = 30
_SATURDAY = 5
_SURE = 4.0  # a day this many times the usual one certainly happens
_LIFT, _LIFT_DAYS = 0.3, 21
_NETTED, _WITHOUT_MAKER, _WITHOUT_PNL = ("Hyperliquid",), ("Gate",), ("Gate", "Bybit")


@dataclass(frozen=True)
class Traded:
    """One account, day and instrument, in USD; None is what the venue does not tell."""

    ago: int
    product: str
    instrument: str
    volume: int
    maker_volume: int | None
    trades: int
    fees: float
    rebates: float | None
    pnl: int | None


@dataclass(frozen=True)
class Ledger:
    """All that an account traded, oldest first, and its tier after the last day."""

    traded: list[Traded]
    tier: str


class _Book:
    """The last 30 days of an account by group of products, from which its tier follows."""

    def __init__(self, player: Player, balance: list[Week]) -> None:
        self._days: deque[tuple[float, float, float]] = deque([(0.0, 0.0, 0.0)] * WINDOW, maxlen=WINDOW)
        self._equity = {week.ago: week.equity for week in balance}
        self._assets = player.habit.assets_usd
        self._level = player.ordinary_level

    def close(self, ago: int, traded: list[Traded]) -> None:
        groups = (("spot", "margin"), ("perpetual", "futures"), ("options",))
        sums = [float(sum(line.volume for line in traded if line.product in group)) for group in groups]
        self._days.append((sums[0], sums[1], sums[2]))
        self._assets = self._equity.get(ago, self._assets)

    def tier(self) -> str:
        spot, futures, options = (sum(group) for group in zip(*self._days, strict=True))
        return tiers.earned(tiers.Window(spot, futures, options, self._assets), self._level)


def ledger(
    seed: int, player: Player, balance: list[Week], weather: list[float], last_day: date, *, consulted: list[int]
) -> Ledger:
    """`consulted`: days ago on which somebody talked with them at length; trading is livelier for three weeks after."""
    random, book = dice(seed, "activity", player.uid), _Book(player, balance)
    traded: list[Traded] = []
    mood, first = 0.0, min(len(weather) - 1, player.joined_ago)
    for ago in range(first if player.status != "prospect" else -1, -1, -1):
        weekday = day(last_day, ago).weekday()
        mood = mood * 0.97 + random.gauss(0, player.habit.swing * 0.1)
        wanted = (
            player.habit.course(ago)
            * weather[ago]
            * market.weekday_factor(weekday)
            * math.exp(mood)
            * _lift(ago, consulted)
        )
        lines = (
            _day(random, player, ago, wanted, book.tier()) if _trades_at_all(random, player.habit, ago, weekday) else []
        )
        book.close(ago, lines)
        traded += lines
    return Ledger(traded, book.tier())


def rows(player: Player, traded: list[Traded], last_day: date) -> list[tuple[object, ...]]:
    return [
        (
            player.venue,
            player.uid,
            day(last_day, line.ago),
            line.product,
            line.instrument,
            line.volume,
            line.maker_volume,
            line.trades,
            f"{line.fees:.2f}",
            "" if line.rebates is None else f"{line.rebates:.2f}",
            line.pnl,
        )
        for line in traded
    ]


def _lift(ago: int, consulted: list[int]) -> float:
    since = min((then - ago for then in consulted if then > ago), default=_LIFT_DAYS)
    return 1.0 + _LIFT * max(0.0, 1 - since / _LIFT_DAYS)


def _trades_at_all(random: Random, habit: Habit, ago: int, weekday: int) -> bool:
    chance = habit.weekends if weekday >= _SATURDAY else habit.weekdays
    factor = habit.course(ago)
    return (random.random() < chance or factor > _SURE) and factor > 0


def _day(random: Random, player: Player, ago: int, wanted: float, tier: str) -> list[Traded]:
    habit = player.habit
    chosen = [line for which, line in enumerate(habit.lines) if which == 0 or random.random() < 0.25 + line.share]
    whole = sum(line.share for line in chosen)
    total = habit.day_usd * wanted * random.lognormvariate(-(habit.swing**2) / 2, habit.swing)
    return [
        line
        for line in (_line(random, player, ago, part, total * part.share / whole, tier) for part in chosen)
        if line.volume
    ]


def _line(random: Random, player: Player, ago: int, line: Line, usd: float, tier: str) -> Traded:
    volume = round(usd)
    maker_volume = round(volume * min(1.0, max(0.0, random.gauss(player.habit.maker_share, 0.06))))
    maker_bps, taker_bps = tiers.rates(tier, line.product)
    paid = (volume - maker_volume) * taker_bps / 10_000 + maker_volume * max(maker_bps, 0.0) / 10_000
    back = maker_volume * max(-maker_bps, 0.0) / 10_000
    is_netted = player.venue in _NETTED
    return Traded(
        ago,
        line.product,
        line.instrument,
        volume,
        None if player.venue in _WITHOUT_MAKER else maker_volume,
        max(1, round(volume / player.habit.trade_usd * random.uniform(0.8, 1.2))),
        round(paid - back, 2) if is_netted else round(paid, 2),
        None if is_netted else round(back, 2),
        None if player.venue in _WITHOUT_PNL else round(volume * random.gauss(0.00005, 0.002)),
    )
