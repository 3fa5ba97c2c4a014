"""How long a search takes among many notes, as a manager of 60 clients and as a lead of all, and until a write is seen."""

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from crm import clients, db, migrations, people, search
from crm.clients import NewClient
from crm.ground.config import settings
from crm.people import Person, Role

NOTES_OF_A_CLIENT, IN_A_BOOK, WRITES = 10, 60, 20
SPOKEN = (
    "客户申请提高每日提币额度",
    "讨论把策略迁到新网关",
    "解释了追加保证金的步骤和通知对象",
    "对方拿别家的吃单费率来比较",
    "地址证明超过三个月需要新的",
    "Their head of trading asked for a higher daily withdrawal limit",
    "Rejected orders during a busy hour",
    "Explained the margin call steps and who is informed when",
    "They compared our taker fee with another offer",
    "The address proof is older than three months",
)
NAMES = (
    "砚谷量化",
    "长汀家族办公室",
    "听潮矿业",
    "Harbour Capital",
    "Obsidian Fund",
    "Lattice Markets",
    "顾若溪",
    "Konrad Brueckner",
)
ASKED = (
    "提币额度",
    "爆仓",
    "返佣",
    "每日提币额度 网关",
    "taker fee offer",
    "margin call steps",
    "withdrawal limit",
    "address proof",
    "yangu",
    "ctjz",
    "obsidain",
    "硯谷",
    "harbour 77",
    "700000000000012345",
    "新网关",
    "number 4711",
    "head of trading daily",
    "客户",
)


@dataclass(frozen=True)
class SearchTimes:
    """Of one viewer, in milliseconds; `index_s` until all was indexed, `seen_ms` from a commit until a search holds it (p95)."""

    viewer: str
    notes: int
    clients: int
    index_s: float
    index_mb: int
    p50_ms: float
    p95_ms: float
    seen_ms: float


def run(notes: int = 1_000_000) -> list[SearchTimes]:
    """Fill a desk of its own, index it, and search it as two people."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        os.environ["CRM_DATA_DIR"] = name
        settings.cache_clear()
        db.use(f"duckdb:///{name}/crm.duckdb")
        migrations.upgrade(db.engine())
        manager = Person(email="m@bench.example", name="Manager", role=Role.MANAGER)
        _fill(manager, notes)
        begun = time.monotonic()
        search.follower.follow(anew=True)
        index_s = time.monotonic() - begun
        size = sum(path.stat().st_size for path in Path(name, "search").rglob("*") if path.is_file()) >> 20
        measured = [
            SearchTimes(who, notes, _clients(notes), round(index_s, 1), size, *_asked(viewer), _seen())
            for who, viewer in (("manager of 60", manager), ("lead of all", people.machine()))
        ]
        db.close()
        return measured


def _clients(notes: int) -> int:
    return max(notes // NOTES_OF_A_CLIENT, 1)


def _fill(manager: Person, notes: int) -> None:
    """Straight into the tables: what is measured is the search."""
    with db.write(by=people.machine(), why="a manager") as session:
        session.add(manager)
    many = {"clients": _clients(notes), "notes": notes, "book": IN_A_BOOK, "manager": str(manager.id)}
    listed = {"names": list(NAMES), "spoken": list(SPOKEN)}
    with db.engine().begin() as connection:
        for statement in (_CLIENTS, _NOTES):
            connection.execute(sa.text(statement), {**many, **listed, "desk": str(people.machine().id)})


_CLIENTS = """INSERT INTO client (id, version, number, venue, uid, name, kind, status, tier, country, notes, tags, attributes, manager_id,
        created_at, search_text)
    SELECT CAST(printf('%08x-0000-7000-8000-000000000000', i) AS UUID), 1, i + 1, 'OKX', CAST(700000000000000000 + i AS VARCHAR),
        list_extract(:names, 1 + i % len(:names)) || ' ' || i, 'person', 'active', 'VIP' || (1 + i % 8), 'CN', '', '[]', '{}',
        CAST(CASE WHEN i < :book THEN :manager ELSE :desk END AS UUID), now(), ''
    FROM range(CAST(:clients AS BIGINT)) t(i)"""
_NOTES = """INSERT INTO interaction (id, version, client_id, person_id, channel, direction, happened_at, topic, products, summary, outcome,
        next_steps, created_at, search_text)
    SELECT CAST(printf('%08x-0000-7000-9000-000000000000', i) AS UUID), 1,
        CAST(printf('%08x-0000-7000-8000-000000000000', i % :clients) AS UUID), CAST(:manager AS UUID), 'call', 'inbound', now(), 'Note',
        '[]',
        array_to_string([list_extract(:spoken, CAST(1 + hash(i * 7 + k) % len(:spoken) AS INTEGER)) FOR k IN range(7)], '. ')
            || '. number ' || i, '', '', now(), ''
    FROM range(CAST(:notes AS BIGINT)) t(i)"""


def _asked(viewer: Person) -> tuple[float, float]:
    """The median and the 95th percentile of every search five times, each in a look of its own."""
    times = sorted(_search(viewer, text) for _ in range(5) for text in ASKED)
    return round(times[len(times) // 2], 1), round(times[int(len(times) * 0.95)], 1)


def _search(viewer: Person, text: str) -> float:
    begun = time.monotonic()
    with db.read() as session:
        search.find(session, viewer, text)
    return (time.monotonic() - begun) * 1000


def _seen() -> float:
    times = sorted(_seen_after(_added(turn)) for turn in range(WRITES))
    return round(times[int(len(times) * 0.95)], 1)


def _added(turn: int) -> UUID:
    by = people.machine()
    with db.write(by=by) as session:
        return clients.add(session, by, NewClient(name=f"Quillfeather {time.monotonic_ns()} {turn}")).id


def _seen_after(key: UUID) -> float:
    begun = time.monotonic()
    with db.read() as session:
        hits = search.find(session, people.machine(), "quillfeather", ["clients"], 50)
    if key not in {hit.id for hit in hits}:
        raise RuntimeError("A search did not hold what was written before it.")
    return (time.monotonic() - begun) * 1000
