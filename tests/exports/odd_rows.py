"""Rows of every kind with values that are odd and yet may stand in the store, for hypothesis to draw from."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from sqlmodel import SQLModel

from crm import clients
from crm.clients.models import Client, ClientKind, ClientStatus, ContactKind, ContactMethod, Risk
from crm.ground import clock
from crm.interactions.models import Channel, Direction, Interaction
from crm.people.models import Person, Role
from crm.tasks.models import Priority, Repeat, Task, TaskKind, TaskStatus
from crm.trading.models import Balance, DailyActivity, Fill, Product
from tests.cast import Cast
from tests.exports.odd_words import WORDS

Row = dict[str, Any]
AT_MOST = 6  # rows; what is odd about one is rarely odd because of many
# NUL no database holds, and what is no character no workbook; 80 to 9F are signs of Windows in the wrong place; a mark of
# the byte order at the edge of a cell is read past.
NO_SIGNS = "\0\ufffe\uffff\ufeff" + "".join(map(chr, range(0x80, 0xA0)))
WIDE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=NO_SIGNS), max_size=20)
TEXT = st.sampled_from(WORDS) | WIDE
LONG = TEXT | st.sampled_from(["", "   ", " outer blanks \n", "长" * 40_000, "=" + "x" * 40_000])
FILLED = TEXT.map(str.strip).filter(bool)
AMOUNTS = (
    *("843.720", "0.001", "0.00000001", "12345678.123", "-5.250", "1000", "1000000", "0", "1.5", "-1234.567"),
    *("999999999999999.99999999", "1234567890123456.12345678", "0.1", "100.10", "1e3"),
)
AMOUNT = st.sampled_from(AMOUNTS).map(Decimal) | st.decimals(-(10**15), 10**15, allow_nan=False, places=8)
THREE = st.integers(1_000, 999_999).map(lambda n: Decimal(n) / 1000)  # a column of these looks like thousands
MONEY = st.shared(st.sampled_from([AMOUNT, THREE]), key="money").flatmap(lambda amount: amount)
OWED = MONEY.map(abs)
MOMENT = st.integers(0, 4 * 10**15).map(lambda n: datetime(1971, 1, 1, tzinfo=UTC) + timedelta(microseconds=n)) | (
    st.sampled_from(
        [
            datetime(2026, 3, 4, tzinfo=UTC),
            datetime(2026, 3, 4, 5, 6, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ]
    )
)
DAY = st.dates(date(1970, 1, 1), date(2100, 12, 31))
# What has happened lies behind the clock of the tests.
PAST_MOMENT = st.integers(0, 174 * 10**13).map(lambda n: datetime(1971, 1, 1, tzinfo=UTC) + timedelta(microseconds=n))
PAST_DAY = st.dates(date(1970, 1, 1), date(2026, 3, 15))
ATTRIBUTES = (
    "Club",
    "Status",
    "Notes",
    "Manager",
    "备注 2",
    "Phone",
    "=",
    "phone_2",
    "Twitter",
    "X",
    "First name",
    "a (attribute)",
)
UIDS = st.sampled_from(
    [
        "743072917935893796",
        "743072917935893797",
        "0001",
        "007",
        "00451277",
        "12345",
        "1.5",
        "abc",
        "a b",
        "0xAbC",
        "12-34",
    ]
) | st.integers(10**17, 10**18 - 1).map(str)
VENUES = st.sampled_from(["OKX", "Gate", "Bybit", "Ostrich Exchange", "我们", "a;b"])


def of_one(value: Any) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), value)


CLIENT = st.fixed_dictionaries(
    {
        "venue": VENUES,
        "uid": of_one(UIDS),
        "name": FILLED,
        "kind": st.sampled_from(ClientKind),
        "status": st.sampled_from(ClientStatus),
        "tier": of_one(st.sampled_from(["VIP4", "VIP 1/2", "Lv3", "Gold", "0"])),
        "kyc_level": of_one(FILLED.map(lambda t: t[:40].strip()).filter(bool)),
        "kyc_expires_on": of_one(DAY),
        "risk": of_one(st.sampled_from(Risk)),
        "country": of_one(st.sampled_from(["DE", "NA", "NO", "HK"])),
        "language": of_one(st.sampled_from(["zh", "en", "zh_Hant", "no"])),
        "time_zone": of_one(st.sampled_from(["Asia/Shanghai", "Etc/GMT+5", "UTC", "America/Argentina/Buenos_Aires"])),
        "birthday": of_one(st.dates(date(1901, 1, 1), date(2020, 1, 1))),
        "source": of_one(FILLED.map(lambda t: t[:120].strip()).filter(bool)),
        "notes": LONG,
        "tags": st.lists(TEXT.map(lambda t: t[:60]), max_size=4),
        "attributes": st.dictionaries(st.sampled_from(ATTRIBUTES), FILLED, max_size=3),
        "joined_on": of_one(PAST_DAY),
        "handles": st.lists(st.sampled_from(ContactKind), max_size=4),
    }
)
SAID = st.fixed_dictionaries(
    {
        "happened_at": PAST_MOMENT,
        "channel": st.sampled_from(Channel),
        "direction": st.sampled_from(Direction),
        "minutes": of_one(st.integers(0, 1440)),
        "topic": TEXT.map(lambda t: t[:200]),
        "products": st.lists(st.sampled_from(["spot", "otc", "earn"]), unique=True),
        "summary": LONG.filter(str.strip),
        "mood": of_one(st.integers(1, 5)),
        "outcome": TEXT,
        "next_steps": TEXT.map(lambda t: t[:300]),
        "external_id": st.none(),
        "created_at": PAST_MOMENT,
    }
)
OWES = st.fixed_dictionaries(
    {
        "title": FILLED.map(lambda t: t[:300]),
        "kind": st.sampled_from(TaskKind),
        "status": st.sampled_from(TaskStatus),
        "priority": st.sampled_from(Priority),
        "due_on": of_one(DAY),
        "due_at": of_one(MOMENT),
        "remind_at": of_one(MOMENT),
        "snoozed_until": of_one(DAY),
        "created_at": PAST_MOMENT,
        "done_at": of_one(PAST_MOMENT),
        "outcome": TEXT,
        "repeat": st.sampled_from(Repeat),
    }
).map(lambda row: row | {"done_at": None if row["status"] == TaskStatus.OPEN else row["done_at"]})
WORKS = st.fixed_dictionaries(
    {
        "name": FILLED.map(lambda t: t[:120].strip()).filter(bool),
        "role": st.sampled_from(Role),
        "languages": st.lists(st.sampled_from(["en", "zh", "de", "pt-BR"]), unique=True),
        "time_zone": st.sampled_from(["Asia/Shanghai", "Etc/GMT+5", "UTC", "America/Argentina/Buenos_Aires"]),
        "locale": st.sampled_from(["en", "zh"]),
    }
)
INSTRUMENT = st.sampled_from(
    ["BTC-USDT", "BTC-USDT-SWAP", "ETH-EUR", "", "=X", "1000PEPE", "BTC-USD-240329-60000-C", "现货"]
)
TRADED = st.fixed_dictionaries(
    {
        "traded_at": PAST_MOMENT,
        "product": st.sampled_from(Product),
        "instrument": INSTRUMENT,
        "side": st.sampled_from(["buy", "sell", ""]),
        "is_maker": st.sampled_from([None, True, False]),
        "volume_usd": OWED,
        "fee_usd": of_one(MONEY),
        "realised_pnl_usd": of_one(MONEY),
    }
)
ACTIVE = st.fixed_dictionaries(
    {
        "day": PAST_DAY,
        "product": st.sampled_from(Product),
        "instrument": INSTRUMENT,
        "volume_usd": OWED,
        "maker_volume_usd": of_one(OWED),
        "trades": of_one(st.integers(0, 10**15)),
        "fees_usd": of_one(MONEY),
        "rebates_usd": of_one(MONEY),
        "realised_pnl_usd": of_one(MONEY),
    }
)
HELD = st.fixed_dictionaries(
    {"day": PAST_DAY, "equity_usd": MONEY, "deposits_usd": of_one(OWED), "withdrawals_usd": of_one(OWED)}
)


ROWS: Mapping[str, st.SearchStrategy[Row]] = {
    "managers": WORKS,
    "clients": CLIENT,
    "trades": TRADED,
    "daily_activity": ACTIVE,
    "balances": HELD,
    "interactions": SAID,
    "tasks": OWES,
}


def rows(kind: str) -> st.SearchStrategy[list[Row]]:
    return st.lists(ROWS[kind], min_size=1, max_size=AT_MOST)


def stored(cast: Cast, kind: str, drawn: Sequence[Row]) -> list[SQLModel]:
    """What stands in the store for these rows; what tells one row from another is made different."""
    return [model for place, row in enumerate(drawn) for model in _STORED[kind](cast, place, row)]


def _person(_cast: Cast, place: int, row: Row) -> list[SQLModel]:
    return [Person(email=f"p{place}@desk.example", **row)]


def _client(cast: Cast, place: int, row: Row) -> list[SQLModel]:
    """Who has neither UID nor address is known by the name alone, so nobody is called the same."""
    fields = {name: value for name, value in row.items() if name != "handles"}
    fields["uid"] = row["uid"] and f"{row['uid']}{place}"
    fields["name"] = row["name"] if row["uid"] else f"{row['name']} {place}"
    fields["tags"] = clients.values.tags(row["tags"])
    manager, backup = (cast.mei, cast.tomas) if place % 2 else (cast.tomas, cast.mei)
    client = Client(**fields, number=5000 + place, manager_id=manager.id, backup_id=backup.id if place % 3 else None)
    ways = [(kind, _way(kind, f"{place}{n}")) for n, kind in enumerate(row["handles"])]
    return [client, *(ContactMethod(client_id=client.id, kind=kind, value=way) for kind, way in ways)]


def _way(kind: ContactKind, number: str) -> str:
    if kind in (ContactKind.PHONE, ContactKind.WHATSAPP):
        return f"+85251006{number}00" if int(number) % 2 else f"ext. 555 {number}"
    return f"=me{number}@x.example" if kind == ContactKind.EMAIL else f"00{number} 微信号"


def _interaction(cast: Cast, place: int, row: Row) -> list[SQLModel]:
    """The first is there twice: two conversations that nothing tells apart."""
    said = Interaction(client_id=cast.harbour.id, person_id=cast.mei.id, **row)
    return [said] if place else [said, Interaction(client_id=cast.harbour.id, person_id=cast.mei.id, **row)]


def _task(cast: Cast, place: int, row: Row) -> list[SQLModel]:
    about = [cast.harbour.id, None][place % 2]
    return [Task(client_id=about, owner_id=cast.mei.id, **row)]


def _fill(_cast: Cast, place: int, row: Row) -> list[SQLModel]:
    key = f"id 00{place}" if place % 2 else f"row {place:032x} 1"
    return [Fill(number=1, fill_key=key, day=clock.exchange_day(row["traded_at"]), **row)]


def _active(_cast: Cast, place: int, row: Row) -> list[SQLModel]:
    return [DailyActivity(number=2, **{**row, "day": date(2026, 1, 1 + place)})]


def _held(_cast: Cast, place: int, row: Row) -> list[SQLModel]:
    return [Balance(number=3, **{**row, "day": date(2026, 1, 1 + place)})]


_STORED: Mapping[str, Callable[[Cast, int, Row], list[SQLModel]]] = {
    "managers": _person,
    "clients": _client,
    "trades": _fill,
    "daily_activity": _active,
    "balances": _held,
    "interactions": _interaction,
    "tasks": _task,
}
