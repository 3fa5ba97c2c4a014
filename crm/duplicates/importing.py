"""New rows of a client list that are called like somebody who is here: said, and never merged without being asked.

Not looked for in a list with more than 20,000 new rows or beside more than 100,000 clients: there the page Duplicates finds
them afterwards.
"""

from crm.clients.names import plain
from crm.db.sql import Sql
from crm.duplicates.names import alike
from crm.ground.messages import Message
from crm.intake import steps
from crm.intake.steps import Remark

MOST_NEW, MOST_KNOWN = 20_000, 100_000
_NEW = "FROM linked l JOIN outcomes f ON f.line = l.line AND f.outcome = 'created' WHERE l.name IS NOT NULL"
_KNOWN = "FROM client c WHERE c.id IN (SELECT id FROM mine)"


def resembling(sql: Sql) -> list[Remark]:
    """Line, name and whom it is called like; asked once the session holds `linked`, `outcomes` and `mine`."""
    if not _few(sql):
        return []
    new = [(line, name, plain(name)) for line, name in sql.rows(f"SELECT l.line, l.name {_NEW} ORDER BY l.line")]
    known = [(name, uid, plain(name)) for name, uid in sql.rows(f"SELECT c.name, c.uid {_KNOWN} ORDER BY c.id")]
    best: dict[int, tuple[int, int]] = {}
    for place, other, score in alike([folded for *_, folded in new], [folded for *_, folded in known]):
        best[place] = max(best.get(place, (0, 0)), (score, other - len(new)))
    return [(new[place][0], new[place][1], _reason(*known[other][:2])) for place, (_, other) in sorted(best.items())]


def _few(sql: Sql) -> bool:
    known = sql.scalar(f"SELECT count(*) {_KNOWN}")
    return bool(0 < known <= MOST_KNOWN and 0 < sql.scalar(f"SELECT count(*) {_NEW}") <= MOST_NEW)


def _reason(name: str, uid: str | None) -> Message:
    who = f"{name} ({uid})" if uid else name
    return Message("is called like {who}, who is here already; it goes in as a new client", who=who)


steps.on_remarks("clients", resembling)
