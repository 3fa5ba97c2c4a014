"""Which client a row of a list means: by venue and UID, else by e-mail, else by phone or handle; a list with none of these by name.

Whoever imports meets only the clients whom they see. A row that means somebody else is held back when it is written, and until
then looks like the row of nobody.
"""

from crm.clients import accounts, scope
from crm.db.sql import Sql
from crm.ground.config import settings
from crm.people import Person

FURTHER = "further_uid"  # matched by the UID of a further account, which stays one
ANY, SEEN, UNSEEN = "IS NOT NULL", "IN (SELECT id FROM mine)", "NOT IN (SELECT id FROM mine)"
EVERY_ACCOUNT = "SELECT venue, uid FROM trading_account"
# Whose accounts are theirs alone: of a UID without a venue that only others know, nothing is known.
OTHERS_ACCOUNTS = f"SELECT e.venue, e.uid FROM ({accounts.EVERY_UID}) e WHERE e.client_id {UNSEEN}"


def whose(by: Person) -> str:
    """SQL after a client's id that is true of those whom the person sees; short for somebody who sees all."""
    return ANY if scope.sees_all(by) else SEEN


def known_accounts(by: Person) -> str:
    """The accounts that are nobody's, or of clients whom the person sees."""
    every = EVERY_ACCOUNT.replace("uid", "uid, number")
    return every if scope.sees_all(by) else f"{every} WHERE (venue, uid) NOT IN ({OTHERS_ACCOUNTS})"


def lay_out(sql: Sql, incoming: str, reach: str, by: Person, *, by_name: bool) -> None:
    """`matched` (line, client_id, matched_by, meant, rank): the best key that leads to a client, and how many it means."""
    seen = whose(by)
    sql.temp_table("placed", _placed(incoming, known_accounts(by)))
    key = sql.comparable("client_id")
    one = f"CAST(min({key}) AS VARCHAR) AS client_id"
    meant = f"CASE WHEN min({key}) < max({key}) THEN 2 ELSE 1 END AS meant"
    sql.temp_table(
        "by_uid",
        f"""SELECT line, {one}, min(CASE WHEN is_further THEN '{FURTHER}' ELSE 'uid' END) AS matched_by, {meant}, 0 AS rank
            FROM ({_by_uid("placed", seen)}) u GROUP BY line""",
    )
    # Only among one's own: a name is no key, and a list of guesses is not to find out who is on other desks.
    name = f"""SELECT i.line, c.id AS client_id, 40 AS rank, 'name' AS matched_by
        FROM {incoming} i JOIN client c ON lower(c.name) = lower(i.name) AND c.id {SEEN}"""
    # A row that is but a name in a list of addresses is known again by it, if the client is but a name, too.
    bare = f"""i.uid IS NULL AND c.uid IS NULL AND NOT EXISTS (SELECT 1 FROM {reach} r WHERE r.line = i.line)
        AND NOT EXISTS (SELECT 1 FROM handle h WHERE h.client_id = c.id)"""
    found = f"{_by_reach(reach, 'placed', seen)} UNION ALL {name if by_name else f'{name} WHERE {bare}'}"
    sql.temp_table(
        "matched",
        f"""SELECT * FROM by_uid
            UNION ALL SELECT line, {one}, min(matched_by) AS matched_by, {meant}, min(rank) AS rank
            FROM (SELECT f.*, min(rank) OVER (PARTITION BY line) AS best FROM ({found}) f
                  WHERE line NOT IN (SELECT line FROM by_uid)) g WHERE rank = best GROUP BY line""",
    )


def elsewhere(sql: Sql, incoming: str, reach: str, by: Person) -> str:
    """SELECT of (line, client_id): the rows that better mean a client out of view than whom they were matched with.

    Empty for somebody who sees all.
    """
    if scope.sees_all(by):
        return ""
    key = sql.comparable("f.client_id")
    return f"""WITH everywhere AS ({_placed(incoming, EVERY_ACCOUNT)}), found AS (
            SELECT line, client_id, 0 AS rank FROM ({_by_uid("everywhere", UNSEEN)}) u
            UNION ALL SELECT line, client_id, rank FROM ({_by_reach(reach, "everywhere", UNSEEN)}) r)
        SELECT f.line, CAST(min({key}) AS uuid) AS client_id FROM found f LEFT JOIN matched m ON m.line = f.line
        WHERE m.line IS NULL OR f.rank < m.rank GROUP BY f.line"""


def _placed(incoming: str, known: str) -> str:
    """A row that names no venue is at the one that alone knows its UID, else at the one that is set."""
    alone = f"SELECT uid, min(venue) AS venue FROM ({known}) t GROUP BY uid HAVING count(*) = 1"
    return f"""SELECT i.line, i.uid, i.name, i.refused, coalesce(v.venue, a.venue, '{settings().venue}') AS venue
        FROM {incoming} i LEFT JOIN venue_as v ON v.written = i.venue LEFT JOIN ({alone}) a ON a.uid = i.uid"""


def _by_uid(placed: str, among: str) -> str:
    return f"""SELECT p.line, c.client_id, c.is_further FROM {placed} p
        JOIN ({accounts.EVERY_UID}) c ON c.venue = p.venue AND c.uid = p.uid AND c.client_id {among}"""


def _by_reach(reach: str, placed: str, among: str) -> str:
    """Of several who share an address it is the one of this name, and rather the one who has no UID either."""
    alike = """CASE WHEN p.uid IS NOT NULL THEN 0 WHEN lower(c.name) IS DISTINCT FROM lower(p.name) THEN 2
        WHEN c.uid IS NULL THEN 0 ELSE 1 END"""
    return f"""SELECT r.line, h.client_id, CASE r.kind WHEN 'email' THEN 20 ELSE 30 END + {alike} AS rank, r.kind AS matched_by
        FROM {reach} r JOIN handle h ON h.kind = r.kind AND lower(h.value) = lower(r.value) JOIN {placed} p ON p.line = r.line
        JOIN client c ON c.id = h.client_id AND c.id {among} WHERE p.uid IS NULL OR c.uid IS NULL"""
