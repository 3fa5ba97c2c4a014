"""How fast a client list goes in and comes out again, beside DuckDB's own typed load of the same file, in one run."""

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import duckdb

from crm import db, imports, migrations, people
from crm.db.engines import duckdb_config
from crm.ground.errors import CrmError

T = TypeVar("T")
COLUMNS = {
    "venue": "'OKX'",
    "uid": "(700000000000000001 + 10 * i)::VARCHAR",
    "name": "CASE WHEN i % 4 = 0 THEN '莲花资本 ' || i ELSE 'Client \"' || i || '\", Ltd' END",
    "kind": "['person', 'institution'][1 + i % 2]",
    "status": "['active', 'dormant', 'prospect'][1 + i % 3]",
    "tier": "'VIP' || (1 + i % 8)",
    "kyc_level": "'L' || (i % 4)",
    "kyc_expires_on": "(DATE '2027-01-01' + (i % 700)::INT)::VARCHAR",
    "risk": "['low', 'medium', 'high'][1 + i % 3]",
    "country": "['CN', 'HK', 'SG', 'DE', 'US', 'BR', 'AE'][1 + i % 7]",
    "language": "['zh', 'en', 'de'][1 + i % 3]",
    "time_zone": "['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'][1 + i % 3]",
    "birthday": "(DATE '1960-01-01' + (i % 15000)::INT)::VARCHAR",
    "source": "['referral', 'event', 'inbound'][1 + i % 3]",
    "notes": "CASE WHEN i % 10 = 0 THEN 'first line' || chr(10) || 'second, line ' || i END",
    "tags": "['whale;api', 'otc', ''][1 + i % 3]",
    "email": "'client' || i || '@mail.example'",
    "phone": "'+4930' || (10000000 + i % 80000000)",
    "joined_on": "(DATE '2019-01-01' + (i % 2500)::INT)::VARCHAR",
    "desk_size": "(i % 40)::VARCHAR",
    "preferred_hours": "['9-12', '13-18'][1 + i % 2]",
    "city": "'City ' || (i % 500)",
    "referrer": "'R' || (i % 900)",
    "aum_usd": "((i * 7919) % 10000000 / 100.0)::VARCHAR",
    "segment": "['A', 'B', 'C'][1 + i % 3]",
}
TYPED = {
    "kyc_expires_on": "DATE",
    "birthday": "DATE",
    "joined_on": "DATE",
    "desk_size": "INTEGER",
    "aum_usd": "DECIMAL(18, 2)",
}


@dataclass(frozen=True)
class ImportTimes:
    """Seconds and megabytes of one size; `ratio` is the import to DuckDB's typed load, median of the loads around it."""

    rows: int
    import_s: float
    duckdb_load_s: float
    ratio: float
    again_s: float
    again_ratio: float
    undo_s: float
    undo_ratio: float
    peak_mb: int


def run(sizes: Sequence[int] = (10_000, 100_000, 1_000_000)) -> list[ImportTimes]:
    """Measure each size in a database of its own."""
    return [_measured(rows) for rows in sizes]


def _measured(rows: int) -> ImportTimes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clients.csv"
        write_list(file, rows)
        db.use(f"duckdb:///{folder}/crm.duckdb")
        migrations.upgrade(db.engine())
        loads = [_load(file) for _ in range(3)]
        import_s, batch = _timed(lambda: _import(file))
        loads += [_load(file) for _ in range(3)]
        again_s, _ = _timed(lambda: _import(file))
        undo_s, _ = _timed(lambda: _undo(batch))
        db.close()
    load_s = statistics.median(loads)
    return ImportTimes(
        rows,
        round(import_s, 3),
        round(load_s, 3),
        round(import_s / load_s, 2),
        round(again_s, 3),
        round(again_s / load_s, 2),
        round(undo_s, 3),
        round(undo_s / import_s, 2),
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    )


def write_list(file: Path, rows: int) -> None:
    """A client list of 25 columns, as every measurement of imports takes it."""
    columns = ", ".join(f"{expression} AS {name}" for name, expression in COLUMNS.items())
    duckdb.connect(config=duckdb_config()).execute(
        f"COPY (SELECT {columns} FROM range({rows}) t(i)) TO '{file}' (HEADER)"
    )


def _load(file: Path) -> float:
    types = ", ".join(f"'{name}': '{TYPED.get(name, 'VARCHAR')}'" for name in COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        fresh = duckdb.connect(f"{folder}/load.duckdb", config=duckdb_config())
        started = time.perf_counter()
        fresh.execute(f"CREATE TABLE clients AS SELECT * FROM read_csv('{file}', header = true, columns = {{{types}}})")
        spent = time.perf_counter() - started
        fresh.close()
    return spent


def _import(file: Path) -> imports.Batch:
    me = people.machine()
    with db.write(by=me) as session:
        batch = imports.stage(session, me, "clients", file.name, file)
    return imports.apply(me, batch.id).batch


def _undo(batch: imports.Batch) -> None:
    me = people.machine()
    with db.write(by=me, kind="undo") as session:
        undone = imports.undo(session, me, batch.id)
    if undone.conflicts:
        raise CrmError("The undo left rows where they were, such as {conflicts}.", conflicts=undone.conflicts[0])


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result
