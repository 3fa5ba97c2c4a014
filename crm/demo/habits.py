"""How an account trades on a usual day: how much, how often, in what, and how patiently."""

from dataclasses import dataclass
from random import Random

from crm.demo.chance import pick
from crm.demo.courses import Course, steady

_INSTRUMENTS = {
    "spot": {"BTC-USDT": 9, "ETH-USDT": 6, "SOL-USDT": 3, "OKB-USDT": 1, "XRP-USDT": 1, "DOGE-USDT": 1, "TON-USDT": 1},
    "margin": {"BTC-USDT": 5, "ETH-USDT": 3, "SOL-USDT": 2},
    "perpetual": {"BTC-USDT-SWAP": 9, "ETH-USDT-SWAP": 6, "SOL-USDT-SWAP": 3, "DOGE-USDT-SWAP": 1, "BTC-USD-SWAP": 1},
    "futures": {"BTC-USD-QUARTER": 3, "ETH-USD-QUARTER": 2, "BTC-USDT-QUARTER": 1},
    "options": {"BTC-USD-OPTIONS": 4, "ETH-USD-OPTIONS": 2},
}
_PRODUCTS: dict[str, dict[str, float]] = {
    "fund": {"spot": 6, "perpetual": 3, "futures": 1, "options": 2},
    "quant": {"spot": 5, "perpetual": 5, "futures": 1, "margin": 1},
    "market-maker": {"spot": 5, "perpetual": 6, "options": 2},
    "miner": {"spot": 9, "futures": 1, "options": 1},
    "family-office": {"spot": 8, "options": 1},
    "treasury": {"spot": 9},
    "person": {"spot": 4, "perpetual": 5, "margin": 1.5, "options": 1},
}
_LINES = {"fund": 4, "quant": 5, "market-maker": 6, "miner": 2, "family-office": 2, "treasury": 2, "person": 3}
_PATIENCE = {
    "market-maker": 0.88,
    "quant": 0.55,
    "miner": 0.6,
    "fund": 0.4,
    "family-office": 0.35,
    "treasury": 0.3,
    "person": 0.25,
}
_TURNOVER = {"market-maker": 90, "quant": 70, "fund": 25, "miner": 18, "family-office": 7, "treasury": 12, "person": 40}
_EVERY_DAY, _LINE_FLOOR = 0.97, 0.25


@dataclass(frozen=True)
class Line:
    """One instrument of an account, and its share of the volume."""

    product: str
    instrument: str
    share: float


@dataclass(frozen=True)
class Habit:
    """Volumes in USD; `weekdays` and `weekends` are the chances that it trades at all on such a day."""

    month_usd: float
    assets_usd: float
    weekdays: float
    weekends: float
    maker_share: float
    trade_usd: float
    lines: tuple[Line, ...]
    course: Course = steady
    swing: float = 0.5

    @property
    def day_usd(self) -> float:
        """What one active day brings, so that a month of chances comes to `month_usd`."""
        return self.month_usd / (21.5 * self.weekdays + 8.5 * self.weekends)


def habit(random: Random, trade: str, month_usd: float, course: Course = steady) -> Habit:
    often = min(_EVERY_DAY, random.betavariate(2, 2.6) + (0.35 if trade in ("market-maker", "quant") else 0.0))
    quiet = 0.85 if trade in ("market-maker", "quant") else 0.6 if trade == "person" else 0.25
    return Habit(
        month_usd=month_usd,
        assets_usd=month_usd / (_TURNOVER[trade] * random.lognormvariate(0, 0.5)),
        weekdays=max(often, 0.06),
        weekends=max(often, 0.06) * quiet,
        maker_share=min(0.98, max(0.02, random.gauss(_PATIENCE[trade], 0.08))),
        trade_usd=min(max(month_usd / random.randint(150, 6000), 60), 90_000),
        lines=lines(random, trade),
        course=course,
    )


def lines(random: Random, trade: str) -> tuple[Line, ...]:
    """One to six instruments, the first of them the favourite."""
    chosen: dict[tuple[str, str], float] = {}
    for _ in range(random.randint(1, _LINES[trade])):
        product = pick(random, _PRODUCTS[trade])
        chosen.setdefault((product, pick(random, _INSTRUMENTS[product])), _LINE_FLOOR + random.expovariate(1.0))
    total = sum(chosen.values())
    ordered = sorted(chosen.items(), key=lambda line: -line[1])
    return tuple(Line(product, instrument, share / total) for (product, instrument), share in ordered)
