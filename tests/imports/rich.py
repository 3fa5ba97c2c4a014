"""A hundred rich clients of another desk, and a hundred keys that nobody has."""

from crm.people import machine
from tests.cast import Cast
from tests.imports.bringing import bring_in

MANY = 100
FOREIGN = [f"50{n:05d}" for n in range(MANY)]
UNKNOWN = [f"60{n:05d}" for n in range(MANY)]


def enter(_cast: Cast) -> None:
    """A hundred clients of Oskar's, in the other team, with all that a file may know of them."""
    rows = [f"Gate,{k},Rich {n},c{k}@rich.example,+4479{k}11,t{k},oskar@desk.example" for n, k in enumerate(FOREIGN)]
    bring_in(machine(), "clients", "\n".join(["venue,uid,name,email,phone,telegram,manager", *rows]))
    days = "\n".join(["venue,uid,day,volume usd", *(f"Gate,{k},2026-03-01,77" for k in FOREIGN)])
    bring_in(machine(), "daily_activity", days)
    bring_in(machine(), "balances", "\n".join(["uid,day,equity usd", *(f"{k},2026-03-01,99" for k in FOREIGN)]))
    said = [f"i{k},Gate,{k},2026-03-01T10:00Z,secret,oskar@desk.example" for k in FOREIGN]
    bring_in(machine(), "interactions", "\n".join(["id,venue,uid,date,summary,manager", *said]))
    owed = [f"t{k},Gate,{k},secret,oskar@desk.example" for k in FOREIGN]
    bring_in(machine(), "tasks", "\n".join(["id,venue,uid,title,manager", *owed]))
