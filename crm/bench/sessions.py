"""How long people wait for a page when many work at once: real sessions over websockets against a server of our own."""

import asyncio
import random
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import duckdb
from websockets.exceptions import ConnectionClosed

from crm.bench import serving
from crm.bench.browser import Tab, sign_in
from crm.ground.errors import CrmError
from crm.people.passwords import DEMO_PASSWORD

PAGES = ("my_day", "clients", "client", "log", "tasks")
LEAD_PAGES = ("leadership",)
_AT_THE_ROOT = "my_day"  # where one arrives: it has no name of its own in the address


@dataclass(frozen=True)
class Visitor:
    """Somebody of the demo, and the clients whose pages they open."""

    email: str
    role: str
    client_ids: Sequence[str]

    def way(self, start: int) -> Iterator[tuple[str, str]]:
        """Page after page, each visitor beginning elsewhere."""
        pages = PAGES + (LEAD_PAGES if self.role == "lead" else ())
        ids = cycle(self.client_ids or [""])
        for page in islice(cycle(pages), start % len(pages), None):
            yield page, f"id={next(ids)}" if page == "client" and self.client_ids else ""


@dataclass
class Waits:
    """Milliseconds of every page that was opened, and what went wrong."""

    first: list[float] = field(default_factory=list)
    by_page: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class SessionTimes:
    """Milliseconds from a click to the end of the page's script; `first_ms` is the page after signing in."""

    sessions: int
    seconds: float
    think_s: float
    runs: int
    p50_ms: float
    p95_ms: float
    first_ms: float
    errors: int
    pages: dict[str, dict[str, float]]


def run(sessions: int = 25, *, seconds: float = 30, think: float = 5) -> SessionTimes:
    """Make a demo, serve it, and let so many people click through it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        serving.make_demo(folder)
        visitors = _visitors(folder / "demo" / "crm.duckdb")
        with serving.served(folder) as address:
            waits = asyncio.run(_all(address, list(islice(cycle(visitors), sessions)), seconds, think))
    return _summed(waits, sessions, seconds, think)


def _visitors(database: Path) -> list[Visitor]:
    """Managers and leads with some of their clients, the most traded first."""
    query = """SELECT p.email, p.role, list(CAST(c.id AS VARCHAR) ORDER BY t.volume_30d_usd DESC NULLS LAST)[:12]
        FROM person p JOIN client c ON c.manager_id = p.id LEFT JOIN trading_profile t ON t.number = c.number
        WHERE p.role IN ('manager', 'lead') GROUP BY ALL ORDER BY p.email"""
    with duckdb.connect(str(database), read_only=True) as connection:
        return [Visitor(*row) for row in connection.execute(query).fetchall()]


async def _all(address: str, visitors: Sequence[Visitor], seconds: float, think: float) -> Waits:
    waits = Waits()
    cookies = {v.email: await asyncio.to_thread(sign_in, address, v.email, DEMO_PASSWORD) for v in set_of(visitors)}
    until = time.monotonic() + seconds + think
    async with asyncio.TaskGroup() as people:
        for place, visitor in enumerate(visitors):
            people.create_task(_visit(address, cookies[visitor.email], visitor, _Plan(place, think, until), waits))
    return waits


def set_of(visitors: Sequence[Visitor]) -> list[Visitor]:
    return list({visitor.email: visitor for visitor in visitors}.values())


@dataclass(frozen=True)
class _Plan:
    place: int
    think: float
    until: float

    @property
    def pause(self) -> float:
        """Nobody thinks by the second hand."""
        return random.uniform(0.5, 1.5) * self.think  # noqa: S311 -- not a secret


async def _visit(address: str, cookies: str, visitor: Visitor, plan: _Plan, waits: Waits) -> None:
    await asyncio.sleep(random.random() * plan.think)  # noqa: S311
    way = visitor.way(plan.place)
    page, query = next(way)
    try:
        async with Tab(address, cookies) as tab:
            waits.first.append(await tab.open_page(address_of(page), query))
            while time.monotonic() < plan.until:
                waits.errors[page] += tab.faults()
                await asyncio.sleep(plan.pause)
                page, query = next(way)
                waits.by_page[page].append(await tab.open_page(address_of(page), query))
            waits.errors[page] += tab.faults()
    except (CrmError, OSError, TimeoutError, ConnectionClosed):
        waits.errors[page] += 1


def address_of(page: str) -> str:
    return "" if page == _AT_THE_ROOT else page


def _summed(waits: Waits, sessions: int, seconds: float, think: float) -> SessionTimes:
    every = [wait for page in waits.by_page.values() for wait in page]
    if not every:
        raise CrmError("No page could be opened; look at the server's log.")
    pages = {
        page: {"p50_ms": part(found, 50), "p95_ms": part(found, 95), "errors": waits.errors[page]}
        for page, found in sorted(waits.by_page.items())
    }
    first = round(statistics.median(waits.first), 1)
    return SessionTimes(
        sessions, seconds, think, len(every), part(every, 50), part(every, 95), first, waits.errors.total(), pages
    )


def part(waits: Sequence[float], percent: int) -> float:
    """The wait that so many percent did not exceed."""
    ordered = sorted(waits)
    return round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 1)
