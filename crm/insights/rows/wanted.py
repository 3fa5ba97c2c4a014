"""Which number is taken apart: its name, its days, and the part of it that a tile or a bar stands for."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

NO_TIER = "-"  # in an address: clients who have none


@dataclass(frozen=True)
class Wanted:
    """`of` names the number; the days are exchange days, both included; what is empty narrows nothing.

    `beyond` leaves out instruments that have bars of their own.
    """

    of: str
    since: date
    until: date
    manager_id: UUID | None = None
    client_id: UUID | None = None
    tier: str = ""
    day: date | None = None
    product: str = ""
    instrument: str | None = None
    beyond: tuple[str, ...] = ()


def target(of: str, **about: object) -> str:
    """What the address of the rows carries for a mark of a chart; nothing is said of what is None.

    Days are ISO days, ids UUIDs; a list is named several times.
    """
    told = {name: value for name, value in about.items() if value not in (None, [], ())}
    return urlencode({"of": of, **told}, doseq=True)
