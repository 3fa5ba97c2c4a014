"""Filling the demo's own database: nothing but imports of the files in data/demo, moved by whole weeks up to now."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, select

import crm
from crm import db, imports, journal, people, upkeep
from crm.clients.models import Client
from crm.demo import shift
from crm.demo.write import LAST_DAY
from crm.ground import clock
from crm.ground.errors import CrmError, InvalidError
from crm.ground.messages import Message
from crm.people import passwords

FILES = Path(crm.__file__).parents[1] / "data" / "demo"
ORDER = ("managers", "clients", "daily_activity", "balances", "trades", "interactions", "tasks")
KIND, READY = "demo", "The demo is ready"


@dataclass(frozen=True)
class Made:
    """The demo's database: where it is, how many rows went in (0: it was there already)."""

    place: str
    rows: int

    @property
    def told(self) -> str:
        done = f"made of {self.rows:,} imported rows" if self.rows else "there already"
        return f"The demo's database {self.place} is {done}. Everybody's password is {passwords.DEMO_PASSWORD}."


def ensure(url: str | None = None, *, say: Callable[[str], None] = lambda _: None) -> Made:
    """Make the demo unless it is there; one that was interrupted is made again.

    Raises:
        InvalidError: that database holds something else.
    """
    place = upkeep.places.place_of(upkeep.choose(url))
    upkeep.open_store(url, anew=_is_own(place))
    if _is_ready():
        return Made(place, 0)
    _start_anew(place, url)
    return Made(place, load(say=say))


def load(*, say: Callable[[str], None] = lambda _: None) -> int:
    """Import every file into the open database; gives the number of rows."""
    days = weeks_since() * 7
    with tempfile.TemporaryDirectory() as folder:
        rows = sum(_imported(name, shift.moved(_file(name), Path(folder), days), say) for name in ORDER)
    with db.write(by=people.machine(), why=READY, kind=KIND) as session:
        for person in people.demo_people(session):
            passwords.choose(session, person.id, passwords.DEMO_PASSWORD)
        journal.remark(session, READY)
    return rows


def weeks_since() -> int:
    """Whole weeks, so that weekdays stay: the newest day of trading becomes yesterday, or up to six days before."""
    closed = clock.exchange_today() - timedelta(days=1)
    return (closed - LAST_DAY).days // 7


def _file(name: str) -> Path:
    found = [path for path in (FILES / f"{name}.csv", FILES / f"{name}.csv.zip") if path.is_file()]
    if not found:
        raise CrmError(
            "The demo's files are not there ({files}): “crm demo” runs from a checkout of VIP Desk.", files=FILES
        )
    return found[0]


def _imported(name: str, path: Path, say: Callable[[str], None]) -> int:
    me = people.machine()
    say(name)
    with db.write(by=me, why=Message("{file} arrived", file=path.name), kind="arrival") as session:
        batch = imports.stage(session, me, name, path.name, path)
    counts = imports.apply(me, batch.id).counts
    if counts.refused or counts.duplicate:
        raise CrmError(
            "{name}: {refused} rows of the demo did not go in.",
            name=path.name,
            refused=counts.refused + counts.duplicate,
        )
    return counts.rows


def _is_ready() -> bool:
    with db.read() as session:
        return bool(journal.recent(session, kind=KIND, limit=1))


def _start_anew(place: str, url: str | None) -> None:
    """Only into an empty database, or over a file in which a demo was interrupted."""
    with db.read() as session:
        filled, interrupted = _holds_something(session), people.is_demo(session)
    if not filled:
        return
    if not interrupted or not db.is_duckdb():
        raise InvalidError(
            "{place} holds something else already; the demo needs an empty database of its own.", place=place
        )
    db.close()
    Path(place).unlink()
    upkeep.open_store(url, anew=True)


def _is_own(place: str) -> bool:
    """The demo's folder holds nothing that could not be made again."""
    return Path(place).parent.name == "demo"


def _holds_something(session: Session) -> bool:
    clients = session.exec(select(sa.func.count()).select_from(Client)).one()
    return bool(clients or people.colleagues(session, active_only=False))
