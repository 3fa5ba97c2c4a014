"""Single trades of two accounts for their last ten days: the same money as their days, told fill by fill."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random

from crm.demo.activity import Traded
from crm.demo.cast import Player, day
from crm.demo.chance import dice

COLUMNS = ("uid", "venue", "trade_id", "time", "instrument", "product", "side", "size_usd", "fee", "role", "pnl")
_EXCHANGE = timezone(timedelta(hours=8))
_PER_LINE = (6, 14)
_DAY_SECONDS = 86_400


def rows(seed: int, player: Player, traded: list[Traded], last_day: date) -> list[tuple[object, ...]]:
    """Fees are positive when paid, negative when paid back; times are UTC and fall into the exchange's day."""
    random = dice(seed, "fills", player.uid)
    fills = [fill for line in traded for fill in _split(random, line, day(last_day, line.ago))]
    first = random.randint(10**8, 9 * 10**8)
    return [
        (player.uid, player.venue, first + 7 * number, *fill)
        for number, fill in enumerate(sorted(fills, key=lambda fill: str(fill[0])))
    ]


def _split(random: Random, line: Traded, on: date) -> list[tuple[object, ...]]:
    """The maker's and the taker's part of a day, each cut into pieces that add up to it to the cent."""
    maker = line.maker_volume or 0
    parts = (("M", maker, -(line.rebates or 0.0)), ("T", line.volume - maker, line.fees))
    fills: list[tuple[object, ...]] = []
    for role, volume, fee in parts:
        if not volume:
            continue
        pieces = random.randint(*_PER_LINE)
        sizes, fees = _cut(random, volume * 100, pieces), _cut(random, round(fee * 100), pieces)
        pnls = _cut(random, (line.pnl or 0) * 100 if role == "T" else 0, pieces)
        fills += [
            (
                _moment(random, on),
                line.instrument,
                line.product,
                random.choice(("buy", "sell")),
                f"{size / 100:.2f}",
                f"{paid / 100:.2f}",
                role,
                f"{pnl / 100:.2f}",
            )
            for size, paid, pnl in zip(sizes, fees, pnls, strict=True)
        ]
    return fills


def _cut(random: Random, cents: int, pieces: int) -> list[int]:
    weights = [random.uniform(0.3, 1.7) for _ in range(pieces)]
    whole, given, cut = sum(weights), 0.0, []
    for weight in weights:
        cut.append(round(cents * (given + weight) / whole) - round(cents * given / whole))
        given += weight
    return cut


def _moment(random: Random, on: date) -> str:
    local = datetime.combine(on, time(0), tzinfo=_EXCHANGE) + timedelta(seconds=random.randrange(_DAY_SECONDS))
    return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
