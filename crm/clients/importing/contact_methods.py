"""The ways to reach a client that a file brings, and those that it takes away."""

from crm.clients.importing.columns import REACHED_BY
from crm.clients.models import ContactMethod
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.intake.kinds import Difference
from crm.intake.mapping import Lists, Mapping
from crm.journal import bulk, entities

HANDLES = entities.of(ContactMethod)
GOING = "JOIN outcomes f ON f.line = n.line WHERE f.outcome IN ('created', 'changed')"


def lay_out(sql: Sql, incoming: str, reach: str, mapping: Mapping) -> str:
    """`new_handle` and `old_handle`, the rows to be inserted and deleted; gives SQL that tells which lines they change."""
    added = "l.refusal IS NULL AND l.duplicate_of IS NULL" if not mapping.removes else "FALSE"
    ways = (
        f"SELECT l.id AS client_id, r.kind, r.value, l.line FROM {reach} r JOIN linked l ON l.line = r.line AND {added}"
    )
    held = "NOT EXISTS (SELECT 1 FROM handle h WHERE h.client_id = {0}.client_id AND h.kind = {0}.kind AND {1})"
    # Twice, because most are written as they stand here, and small letters of all take three times as long.
    other, another = held.format("w", "h.value = w.value"), held.format("n", "lower(h.value) = lower(n.value)")
    sql.temp_table("other_handle", f"SELECT * FROM ({ways} WHERE l.known) w WHERE {other}")
    sql.temp_table("new_handle", f"{ways} WHERE NOT l.known UNION ALL SELECT * FROM other_handle n WHERE {another}")
    gone = _gone(reach, mapping)
    sql.drop("old_handle")
    if not gone:
        return "l.line IN (SELECT line FROM new_handle)"
    sql.temp_table(
        "old_handle",
        f"""SELECT h.id, l.line, h.kind, h.value FROM linked l JOIN {incoming} i ON i.line = l.line
                JOIN handle h ON h.client_id = l.id
            WHERE l.known AND l.refusal IS NULL AND l.duplicate_of IS NULL AND ({" OR ".join(gone)})""",
    )
    return "l.line IN (SELECT line FROM new_handle UNION SELECT line FROM old_handle)"


def _gone(reach: str, mapping: Mapping) -> list[str]:
    """Conditions under which a handle `h` goes. One by which alone a row is known stays, or it would be new next time."""
    listed = f"EXISTS (SELECT 1 FROM {reach} r WHERE r.line = l.line AND r.kind = h.kind{{0}})"
    this = listed.format(" AND lower(r.value) = lower(h.value)")
    kinds = [kind for kind in REACHED_BY if mapping.columns.get(kind)]
    gone = [f"(h.kind = '{kind}' AND i.\"erases_{kind}\")" for kind in kinds if kind in mapping.erasing]
    if kinds and mapping.lists == Lists.REPLACE:
        gone.append(f"({listed.format('')} AND NOT {this})")
    if kinds and mapping.removes:
        gone.append(f"({this} AND NOT (l.uid IS NULL AND l.matched_by = h.kind))")
    return gone


def write(session: WriteSession) -> None:
    sql, columns = Sql(session), ["id", "client_id", "kind", "value", "label", "is_verified"]
    if sql.has_temporary("old_handle"):
        bulk.delete(session, HANDLES, f"(SELECT n.id FROM old_handle n {GOING})")
    row = f"{sql.uuid7()} AS id, n.client_id, n.kind, n.value, '' AS label, FALSE AS is_verified"
    sql.temp_table("created_handle", f"SELECT {row} FROM new_handle n {GOING}")
    bulk.insert(session, HANDLES, "created_handle", columns)
    sql.drop("created_handle")


def differing(sql: Sql, these: str) -> list[Difference]:
    """Line, kind, what goes, what comes; `these`: SQL that is true of the handles `n` asked for."""
    going = f"{GOING} AND {these}"
    gone = (
        f"UNION ALL SELECT n.line, n.kind, n.value, NULL FROM old_handle n {going}"
        if sql.has_temporary("old_handle")
        else ""
    )
    return [tuple(row) for row in sql.rows(f"SELECT n.line, n.kind, NULL, n.value FROM new_handle n {going} {gone}")]
