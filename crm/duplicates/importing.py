"""New rows of a client list that are called like somebody who is here: said, and never merged without being asked.

Not looked for in a list with more than 20,000 new rows or beside more than 100,000 clients: there the page Duplicates finds
them afterwards.
"""

from uuid import UUID

from crm import clients
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
    new = [(line, id_, name) for line, id_, name in sql.rows(f"SELECT l.line, l.id, l.name {_NEW} ORDER BY l.line")]
    known = [(id_, name, uid) for id_, name, uid in sql.rows(f"SELECT c.id, c.name, c.uid {_KNOWN} ORDER BY c.id")]
    best: dict[int, tuple[int, int]] = {}
    for place, other, score in alike([plain(name) for *_, name in new], [plain(name) for _, name, _ in known]):
        best[place] = max(best.get(place, (0, 0)), (score, other - len(new)))
    pairs = ((new[place], known[other]) for place, (_, other) in sorted(best.items()))
    return [(line, clients.mentions.mention(id_, name), _reason(*other)) for (line, id_, name), other in pairs]


def _few(sql: Sql) -> bool:
    known = sql.scalar(f"SELECT count(*) {_KNOWN}")
    return bool(0 < known <= MOST_KNOWN and 0 < sql.scalar(f"SELECT count(*) {_NEW}") <= MOST_NEW)


def _reason(client_id: UUID, name: str, uid: str | None) -> Message:
    who = clients.mentions.mention(client_id, f"{name} ({uid})" if uid else name)
    return Message("is called like {who}, who is here already; it goes in as a new client", who=who)


steps.on_remarks("clients", resembling)
