"""Writes the demo's files; the same seed and last day give the same bytes, wherever and whenever."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crm.demo import activity, balances, conversations, fills, market, owed, roster, staff
from crm.demo.cast import Player, players
from crm.demo.chance import dice
from crm.demo.habits import habit
from crm.demo.stories import FILLS_DAYS, FILLS_ONLY, UNCLAIMED

SEED = 20_261_119
LAST_DAY = date(2026, 11, 19)
_ZIP_TIME = (2026, 1, 1, 0, 0, 0)
_UNCLAIMED_DAYS, _UNCLAIMED_USD = 60, 4e7

Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Size:
    """How large a demo to make."""

    clients: int = 400
    days: int = 548
    interactions: int = 6000
    tasks: int = 3000


FULL = Size()


def generate(folder: Path, *, seed: int = SEED, last_day: date = LAST_DAY, size: Size = FULL) -> None:
    """Make every file of the demo in this folder. Nothing in them depends on the calendar but weekdays."""
    folder.mkdir(parents=True, exist_ok=True)
    cast = players(seed, size.clients)
    talks = conversations.plan(seed, cast, last_day, days=size.days, total=size.interactions)
    all_talks = [talk for player in cast for talk in talks[player.uid]]
    tasks = owed.plan(seed, cast, all_talks, last_day, total=size.tasks)
    _write(folder, "managers", staff.COLUMNS, staff.rows())
    _write_zip(folder, "interactions", conversations.COLUMNS, conversations.rows(all_talks))
    _write_zip(folder, "tasks", owed.COLUMNS, owed.rows(tasks))
    _accounts(folder, seed, last_day, size, [(player, _consulted(talks[player.uid])) for player in cast])


def _consulted(talks: list[conversations.Talk]) -> list[int]:
    return [talk.ago for talk in talks if talk.channel == "consultation"]


def _accounts(folder: Path, seed: int, last_day: date, size: Size, cast: list[tuple[Player, list[int]]]) -> None:
    """Clients with the tier they earned, and what every account held and traded."""
    clients: Rows = []
    days: Rows = []
    held: Rows = []
    trades: Rows = []
    weather = market.weather(seed, size.days)
    for player, consulted in [*cast, *((stranger, []) for stranger in _unclaimed(seed, cast[-1][0]))]:
        weeks = balances.weeks(seed, player, size.days)
        ledger = activity.ledger(seed, player, weeks, weather, last_day, consulted=consulted)
        told_by_fills = [line for line in ledger.traded if player.name in FILLS_ONLY and line.ago < FILLS_DAYS]
        days += activity.rows(player, [line for line in ledger.traded if line not in told_by_fills], last_day)
        trades += fills.rows(seed, player, told_by_fills, last_day)
        if player.name:
            clients.append(roster.row(seed, player, ledger.tier, last_day))
            held += balances.rows(player, weeks, last_day)
    _write(folder, "clients", roster.COLUMNS, clients)
    _write(folder, "trades", fills.COLUMNS, trades)
    _write_zip(folder, "daily_activity", activity.COLUMNS, days)
    _write_zip(folder, "balances", balances.COLUMNS, held)


def _unclaimed(seed: int, like: Player) -> list[Player]:
    """Accounts that trade and are nobody's client yet: a UID, and no name."""
    return [_stranger(seed, like, venue, uid) for venue, uid in UNCLAIMED]


def _stranger(seed: int, like: Player, venue: str, uid: str) -> Player:
    own = habit(dice(seed, "unclaimed", uid), "quant", _UNCLAIMED_USD)
    unnamed = replace(like, name="", status="active", joined_ago=_UNCLAIMED_DAYS, story=None, is_sleeper=False)
    return replace(unnamed, venue=venue, uid=uid, habit=own)


def _write(folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    (folder / f"{name}.csv").write_bytes(_csv(columns, rows))


def _write_zip(folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One file inside, with a time that never changes."""
    member = zipfile.ZipInfo(f"{name}.csv", _ZIP_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    with zipfile.ZipFile(folder / f"{name}.csv.zip", "w") as archive:
        archive.writestr(member, _csv(columns, rows), compresslevel=9)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
