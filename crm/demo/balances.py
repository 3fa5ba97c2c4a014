"""What an account holds: one row a week, with what went in and out since the row before."""

from dataclasses import dataclass
from datetime import date

from crm.demo.cast import Player, day
from crm.demo.chance import dice

COLUMNS = ("venue", "uid", "day", "equity_usd", "deposits_usd", "withdrawals_usd")
_WEEK = 7
_PAYS_IN, _TAKES_OUT = 0.16, 0.30
_LEAVING, _LEFT = 0.27, 0.9


@dataclass(frozen=True)
class Week:
    """The close of a week, so many days before the last day; whole USD."""

    ago: int
    equity: int
    deposits: int
    withdrawals: int


def weeks(seed: int, player: Player, days: int) -> list[Week]:
    """Oldest first, from the week of joining on; a prospect holds nothing."""
    if player.status == "prospect":
        return []
    random = dice(seed, "balance", player.uid)
    usual = equity = player.habit.assets_usd
    kept = []
    for ago in range((min(days, player.joined_ago) // _WEEK) * _WEEK, -1, -_WEEK):
        throw, size = random.random(), usual * random.uniform(0.03, 0.25)
        deposits = size if throw < _PAYS_IN else 0.0
        withdrawals = min(size, equity * _LEFT) if _PAYS_IN <= throw < _TAKES_OUT else 0.0
        if not player.habit.course(ago):
            deposits, withdrawals = 0.0, 0.0
        if player.story and player.story.leaving_since is not None and ago <= player.story.leaving_since:
            deposits, withdrawals = 0.0, equity * _LEAVING
        equity = max(equity * random.gauss(1.0, 0.012) + deposits - withdrawals, 0.0)
        # Without a pull back to its usual size, a year of chance makes paupers and giants.
        equity += (usual - equity) * 0.02 if not (player.story and player.story.leaving_since) else 0.0
        kept.append(Week(ago, round(equity), round(deposits), round(withdrawals)))
    return kept


def rows(player: Player, kept: list[Week], last_day: date) -> list[tuple[object, ...]]:
    return [
        (player.venue, player.uid, day(last_day, week.ago), week.equity, week.deposits, week.withdrawals)
        for week in kept
    ]
