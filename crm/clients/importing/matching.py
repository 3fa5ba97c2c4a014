"""Which client a row of a list means: by venue and UID, else by e-mail, else by phone or handle; a list with none of these by name.

Whoever imports meets only the clients whom they see. A row that means somebody else is held back when it is written, and until
then looks like the row of nobody.
"""

from collections.abc import Sequence

from crm.clients import accounts, scope
from crm.clients.mentions import mention
from crm.clients.names import may_be_one
from crm.db.sql import Sql
from crm.ground.config import settings
from crm.ground.messages import Message
from crm.intake import steps
from crm.intake.staging import literal
from crm.intake.steps import Remark
from crm.people import Person

FURTHER = "further_uid"  # matched by the UID of a further account, which stays one
ANY, SEEN, UNSEEN = "IS NOT NULL", "IN (SELECT id FROM mine)", "NOT IN (SELECT id FROM mine)"
ADDRESSED = "SELECT line, client_id, rank, matched_by FROM addressed"
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
    _by_address(sql, incoming, reach, seen)
    found = f"{ADDRESSED} UNION ALL {name if by_name else f'{name} WHERE {bare}'}"
    sql.temp_table(
        "matched",
        f"""SELECT * FROM by_uid
            UNION ALL SELECT line, {one}, min(matched_by) AS matched_by, {meant}, min(rank) AS rank
            FROM (SELECT f.*, min(rank) OVER (PARTITION BY line) AS best FROM ({found}) f
                  WHERE line NOT IN (SELECT line FROM by_uid)) g WHERE rank = best GROUP BY line""",
    )


def _by_address(sql: Sql, incoming: str, reach: str, seen: str) -> None:
    """`addressed`: whom an address of the row leads to. `otherwise`: who is called otherwise, and so is somebody else.

    Families share a telephone, offices a switchboard and a mailbox: one shared way to be reached does not outweigh two plainly
    different names.
    """
    sql.temp_table("beside", f"SELECT line, name, key FROM {incoming} WHERE uid IS NULL AND key LIKE '% #%'")
    sql.temp_table("addressed", _by_reach(reach, "placed", seen))
    pairs = sql.rows("SELECT DISTINCT name, client_name FROM addressed WHERE lower(name) <> lower(client_name)")
    unlike = [(name, other) for name, other in pairs if not may_be_one(name, other)]
    _keep_pairs(sql, unlike)
    sql.temp_table(
        "otherwise", "SELECT a.* FROM addressed a JOIN unlike u ON u.name = a.name AND u.client_name = a.client_name"
    )
    if unlike:
        sql.run("DELETE FROM addressed WHERE (name, client_name) IN (SELECT name, client_name FROM unlike)")


def _keep_pairs(sql: Sql, pairs: Sequence[tuple[str, str]]) -> None:
    """`unlike`: two names each."""
    values = ", ".join(f"({literal(one)}, {literal(other)})" for one, other in pairs) or "(NULL, NULL)"
    made = f"SELECT CAST(a AS VARCHAR) AS name, CAST(b AS VARCHAR) AS client_name FROM (VALUES {values}) v(a, b)"
    sql.drop("unlike")
    # Names may hold what a statement of SQLAlchemy would take for a parameter.
    sql.bind.exec_driver_sql(f"CREATE TEMP TABLE unlike AS {made if sql.duckdb else made.replace('%', '%%')}")


def called_otherwise(sql: Sql) -> list[Remark]:
    """Of rows that share an address with a client, and have a name of their own; and of known ones that get another name."""
    rows = sql.rows(
        """SELECT DISTINCT ON (o.line) o.line, l.id, o.name, o.client_id, o.client_name FROM otherwise o
           JOIN linked l ON l.line = o.line AND NOT l.known
           JOIN outcomes f ON f.line = o.line AND f.outcome = 'created' ORDER BY o.line, o.client_name, o.client_id"""
    )
    said = [(line, mention(own, name), _new_beside(mention(other, who))) for line, own, name, other, who in rows]
    return said + _beside(sql) + _renamed(sql)


def _beside(sql: Sql) -> list[Remark]:
    """Of new rows that share an address with another row of the file."""
    rows = sql.rows(
        """SELECT b.line, l.id, b.name, b.key FROM beside b JOIN linked l ON l.line = b.line
           JOIN outcomes f ON f.line = b.line AND f.outcome = 'created'
           WHERE b.line NOT IN (SELECT line FROM otherwise) ORDER BY b.line"""
    )
    shared = ((line, own, name, key.partition(" ")[2].rpartition(" ")[0]) for line, own, name, key in rows)
    return [(line, mention(own, name), _row_beside(mention(own, value))) for line, own, name, value in shared]


def _row_beside(value: str) -> Message:
    return Message("shares {value} with a row that is called otherwise; they go in as two clients", value=value)


def _new_beside(who: str) -> Message:
    return Message(
        "shares an address or a number with {who}, who is called otherwise; it goes in as a new client", who=who
    )


def _renamed(sql: Sql) -> list[Remark]:
    rows = sql.rows(
        """SELECT l.line, c.id, l.name, c.name FROM linked l JOIN outcomes f ON f.line = l.line AND f.outcome = 'changed'
           JOIN client c ON c.id = l.id WHERE l.known AND l.matched_by = 'uid' AND lower(c.name) <> lower(l.name) ORDER BY l.line"""
    )
    renamed = ((line, id_, name, who) for line, id_, name, who in rows if not may_be_one(name, who))
    return [(line, mention(id_, name), _new_name_of(mention(id_, who))) for line, id_, name, who in renamed]


def _new_name_of(who: str) -> Message:
    return Message(
        "is called {who} here; the UID is the same, so it is taken for a new name of the same client", who=who
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
    return f"""SELECT r.line, h.client_id, CASE r.kind WHEN 'email' THEN 20 ELSE 30 END + {alike} AS rank, r.kind AS matched_by,
            p.name, c.name AS client_name
        FROM {reach} r JOIN handle h ON h.kind = r.kind AND lower(h.value) = lower(r.value) JOIN {placed} p ON p.line = r.line
        JOIN client c ON c.id = h.client_id AND c.id {among} WHERE p.uid IS NULL OR c.uid IS NULL"""


steps.on_remarks("clients", called_otherwise)
