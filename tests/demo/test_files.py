"""The demo's files are the same every time, and fit together."""

import csv
import io
import itertools
import json
import zipfile
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import phonenumbers
import pytest

from crm.clients.models import ClientKind, ClientStatus, Risk
from crm.demo import LAST_DAY, SEED, Size, generate, tiers
from crm.demo.stories import FILLS_DAYS, FILLS_ONLY, STORIES, UNCLAIMED
from crm.ground.clock import zone
from crm.interactions.models import Channel, Direction, Product
from crm.tasks.models import Priority, Repeat, TaskKind, TaskStatus

COMMITTED = Path(__file__).parents[2] / "data" / "demo"
POLICY = Path(__file__).parents[2] / "crm" / "trading" / "tier_policies" / "okx_2023.json"
SMALL = Size(clients=60, days=120, interactions=300, tasks=150)
ROOM_FOR_ALL = 6_000_000

Rows = list[dict[str, str]]


def read(name: str, folder: Path = COMMITTED) -> Rows:
    return list(csv.DictReader(io.StringIO(_text(name, folder))))


def _text(name: str, folder: Path) -> str:
    if (folder / f"{name}.csv").exists():
        return (folder / f"{name}.csv").read_text(encoding="utf-8")
    with zipfile.ZipFile(folder / f"{name}.csv.zip") as archive:
        return archive.read(f"{name}.csv").decode()


@pytest.fixture(scope="module")
def clients() -> Rows:
    return read("clients")


@pytest.fixture(scope="module")
def activity() -> Rows:
    return read("daily_activity")


def uid_of(name: str, clients: Rows) -> str:
    return next(row["uid"] for row in clients if row["name"] == name)


def by_day(name: str, clients: Rows, activity: Rows) -> dict[date, int]:
    volumes: dict[date, int] = defaultdict(int)
    uid = uid_of(name, clients)
    for row in activity:
        if row["uid"] == uid:
            volumes[date.fromisoformat(row["day"])] += int(row["volume_usd"])
    return volumes


def in_30_days(volumes: dict[date, int], until: date) -> int:
    return sum(volume for on, volume in volumes.items() if until - timedelta(days=30) < on <= until)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two", "other"):
        generate(tmp_path / name, seed=SEED + int(name == "other"), size=SMALL)

    one, two, other = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("one", "two", "other"))
    assert one == two
    assert {name for name in one if one[name] == other[name]} == {"managers.csv"}


def test_another_last_day_moves_every_day_with_it(tmp_path: Path) -> None:
    later = LAST_DAY + timedelta(weeks=10)

    generate(tmp_path, last_day=later, size=SMALL)

    assert max(row["day"] for row in read("daily_activity", tmp_path)) == later.isoformat()


def test_the_committed_files_are_what_the_generator_makes(tmp_path: Path) -> None:
    generate(tmp_path)

    names = sorted(path.name for path in tmp_path.iterdir())
    assert sorted(path.name for path in COMMITTED.glob("*.csv*")) == names
    # The text is compared, not the archive: another zlib may pack the same text otherwise.
    for name in {name.split(".")[0] for name in names}:
        assert _text(name, tmp_path) == _text(name, COMMITTED), name


def test_all_files_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in COMMITTED.glob("*.csv*")) < ROOM_FOR_ALL


def test_the_numbers_are_those_that_were_asked_for(clients: Rows) -> None:
    assert (
        len(clients) == len({(row["venue"], row["uid"]) for row in clients}) == len({r["name"] for r in clients}) == 400
    )
    assert len({row["country"] for row in clients}) == 25
    assert len({row["venue"] for row in clients}) == 5
    assert len(read("interactions")) == 6000
    assert len(read("tasks")) == 3000
    assert 200 <= sum(row["status"] == "open" for row in read("tasks")) <= 300


def test_every_client_has_a_manager_who_is_on_the_list(clients: Rows) -> None:
    staff = {row["email"]: row for row in read("managers")}
    holders = {email for email, row in staff.items() if row["role"] in ("manager", "lead")}

    assert len(holders) == 9
    assert {row["manager"] for row in clients} == holders
    assert {row["backup"] for row in clients} - {""} <= holders
    assert not [row for row in clients if row["backup"] == row["manager"]]


def test_every_row_belongs_to_a_client_except_the_unclaimed_accounts(clients: Rows, activity: Rows) -> None:
    known = {(row["venue"], row["uid"]) for row in clients}
    for name in ("balances", "interactions", "trades"):
        assert {(row["venue"], row["uid"]) for row in read(name)} <= known, name

    assert {(row["venue"], row["uid"]) for row in read("tasks")} - known == {("", "")}
    assert {(row["venue"], row["uid"]) for row in activity} - known == set(UNCLAIMED)


def test_every_word_is_one_that_the_program_knows(clients: Rows) -> None:
    talks, tasks = read("interactions"), read("tasks")

    assert {row["kind"] for row in clients} == set(ClientKind)
    assert {row["status"] for row in clients} == set(ClientStatus)
    assert {row["risk"] for row in clients} == set(Risk)
    assert {row["channel"] for row in talks} == set(Channel)
    assert {row["direction"] for row in talks} == set(Direction)
    assert {product for row in talks for product in row["products"].split(";")} <= {*Product, ""}
    assert {row["mood"] for row in talks} == {"", "1", "2", "3", "4", "5"}
    assert {row["kind"] for row in tasks} == set(TaskKind)
    assert {row["status"] for row in tasks} == set(TaskStatus)
    assert {row["priority"] for row in tasks} == set(Priority)
    assert {row["repeat"] for row in tasks} <= set(Repeat)
    assert all(zone(row["time_zone"]) for row in [*clients, *read("managers")])


def test_ways_to_reach_a_client_are_well_formed_and_reach_nobody(clients: Rows) -> None:
    phones = [row["phone"] for row in clients if row["phone"]]

    assert all(phonenumbers.is_valid_number(phonenumbers.parse(phone)) for phone in phones)
    for column in ("phone", "email", "telegram", "wechat"):
        filled = [row[column] for row in clients if row[column]]
        assert len(filled) == len(set(filled)), column
    assert all(row["email"].endswith(".example") and row["email"].isascii() for row in clients)
    assert all(len(row["uid"]) == 18 and not row["uid"].endswith("0") for row in clients if row["venue"] == "OKX")
    assert any(row["uid"].startswith("0") for row in clients if row["venue"] in ("Bybit", "Gate"))


def test_amounts_hold_together(activity: Rows) -> None:
    assert len({(r["venue"], r["uid"], r["day"], r["product"], r["instrument"]) for r in activity}) == len(activity)
    for row in activity:
        assert int(row["volume_usd"]) > 0
        assert int(row["maker_volume_usd"] or 0) <= int(row["volume_usd"])
        assert Decimal(row["rebates_usd"] or 0) >= 0
        assert Decimal(row["fees_usd"]) >= 0 or row["venue"] == "Hyperliquid"
    assert all(int(row["equity_usd"]) >= 0 for row in read("balances"))


def test_people_talk_in_their_own_working_hours(clients: Rows) -> None:
    zones = {row["email"]: zone(row["time_zone"]) for row in read("managers")}

    for row in read("interactions"):
        told = datetime.fromisoformat(row["happened_at"])
        assert told.utcoffset() == told.astimezone(zones[row["manager"]]).utcoffset()
        assert told.weekday() < 5
        assert 9 <= told.hour < 18
        assert told.date() <= LAST_DAY


def test_tasks_are_done_after_they_were_written_down_and_some_of_them_late() -> None:
    done = [row for row in read("tasks") if row["status"] == "done"]
    late = sum(row["done_at"][:10] > row["due_on"] for row in done)

    assert all(datetime.fromisoformat(row["created_at"]) < datetime.fromisoformat(row["done_at"]) for row in done)
    assert 0.1 < late / len(done) < 0.35


def test_open_tasks_are_overdue_or_due_within_two_weeks() -> None:
    due = [date.fromisoformat(row["due_on"]) for row in read("tasks") if row["status"] == "open"]

    assert max(due) <= LAST_DAY + timedelta(days=14)
    assert 30 < sum(on <= LAST_DAY for on in due) < 130


def test_the_tiers_are_those_of_the_example_policy() -> None:
    routes = json.loads(POLICY.read_text())["body"]["routes"]
    bars: dict[str, list[float]] = defaultdict(list)
    for route in routes:
        for condition in route["all"]:
            bars[condition["metric"]].append(float(condition["gte"]))

    assert tuple(bars["spot_volume_30d"]) == tiers.SPOT_USD
    assert tuple(bars["derivatives_volume_30d"]) == tiers.FUTURES_USD
    assert tuple(bars["options_volume_30d"]) == tiers.OPTIONS_USD
    assert tuple(bars["assets_usd"]) == tiers.ASSETS_USD


def test_every_story_has_its_client(clients: Rows) -> None:
    assert {story.name for story in STORIES} <= {row["name"] for row in clients}


def test_the_leaving_whale_trades_and_holds_a_fraction_of_before(clients: Rows, activity: Rows) -> None:
    volumes = by_day("Meridian Tide Capital", clients, activity)
    uid = uid_of("Meridian Tide Capital", clients)
    equity = [int(row["equity_usd"]) for row in read("balances") if row["uid"] == uid]

    week, six_weeks = timedelta(days=7), timedelta(days=42)
    now = sum(volume for on, volume in volumes.items() if on > LAST_DAY - week)
    then = sum(v for on, v in volumes.items() if LAST_DAY - six_weeks - week < on <= LAST_DAY - six_weeks)
    last_talk = max(row["happened_at"][:10] for row in read("interactions") if row["uid"] == uid)
    assert now < then / 5
    assert equity[-1] < max(equity) / 5
    assert LAST_DAY - date.fromisoformat(last_talk) > timedelta(days=70)


@pytest.mark.parametrize(("name", "days"), [("Quarry Lane Partners", 3), ("砚谷量化", 5), ("Amber Skiff Treasury", 9)])
def test_a_big_day_leaves_the_window_so_many_days_from_now(name: str, days: int, clients: Rows, activity: Rows) -> None:
    volumes = by_day(name, clients, activity)

    before, after = (in_30_days(volumes, LAST_DAY + timedelta(days=ahead)) for ahead in (days - 1, days))
    assert after < before / 2
    assert tiers.earned(tiers.Window(before, 0, 0, 0), "Lv1") > tiers.earned(tiers.Window(after, 0, 0, 0), "Lv1")


def test_market_makers_are_paid_more_than_they_pay(clients: Rows, activity: Rows) -> None:
    for name in ("Parallax Lattice Markets", "Copperline Quotes"):
        uid = uid_of(name, clients)
        net = [Decimal(r["fees_usd"]) - Decimal(r["rebates_usd"] or 0) for r in activity if r["uid"] == uid]
        assert sum(net) < 0, name


def test_one_client_carries_about_a_quarter_of_the_fees(clients: Rows, activity: Rows) -> None:
    since = LAST_DAY - timedelta(days=29)
    recent = [row for row in activity if date.fromisoformat(row["day"]) >= since]
    whale = uid_of("Obsidian Harbour Fund", clients)

    share = sum(float(r["fees_usd"]) for r in recent if r["uid"] == whale) / sum(float(r["fees_usd"]) for r in recent)
    assert 0.18 < share < 0.35


def test_a_daily_trader_fell_silent(clients: Rows, activity: Rows) -> None:
    days = sorted(by_day("Ilse Brandwijk", clients, activity))

    assert (LAST_DAY - days[-1]).days == 12
    assert max((later - sooner).days for sooner, later in itertools.pairwise(days)) <= 4


def test_a_consultation_came_before_trading(clients: Rows, activity: Rows) -> None:
    days = sorted(on for on in by_day("Paloma Arizmendi", clients, activity))

    assert 0 < (days[0] - (LAST_DAY - timedelta(days=24))).days <= 4


def test_the_last_ten_days_of_two_accounts_are_told_by_fills_alone(clients: Rows, activity: Rows) -> None:
    trades = read("trades")
    since = LAST_DAY - timedelta(days=FILLS_DAYS - 1)
    uids = {uid_of(name, clients) for name in FILLS_ONLY}

    assert {row["uid"] for row in trades} == uids
    assert not [row for row in activity if row["uid"] in uids and date.fromisoformat(row["day"]) >= since]
    assert len({row["trade_id"] for row in trades}) == len(trades)
    for row in trades:
        on = (datetime.fromisoformat(row["time"]) + timedelta(hours=8)).date()
        assert since <= on <= LAST_DAY


def test_summaries_in_both_languages_leave_no_slot_open() -> None:
    talks = read("interactions")
    chinese = [row for row in talks if any("一" <= letter <= "鿿" for letter in row["summary"])]

    assert not [row for row in talks if "{" in row["summary"] + row["next_steps"] + row["outcome"]]
    assert 800 < len(chinese) < 2500
    assert len({row["summary"] for row in talks}) > 4000
