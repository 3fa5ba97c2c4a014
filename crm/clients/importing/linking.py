"""Clients: matched by venue and UID, else e-mail, else phone or handle; a list with none of these by name."""

from collections.abc import Collection

from crm import people
from crm.clients import assignees, search
from crm.clients.importing import colleagues, contact_methods, matching, venues
from crm.clients.importing.columns import REACHED_BY
from crm.clients.importing.matching import FURTHER
from crm.clients.models import AttributeDefinition, Client, PastAssignment
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.intake import upsert
from crm.intake.arrival import Arrival
from crm.intake.upsert import Field, Target
from crm.journal import bulk, entities
from crm.people import Person

TABLE, ATTRIBUTES, PAST = (entities.of(model) for model in (Client, AttributeDefinition, PastAssignment))
PLAIN = (
    "kind",
    "status",
    "tier",
    "kyc_level",
    "kyc_expires_on",
    "risk",
    "country",
    "language",
    "time_zone",
    "birthday",
    "source",
    "joined_on",
)
SEVERAL = "means more than one client here; add the UID"
COLUMNS = {
    "line": "bigint",
    "refused": "boolean",
    "venue": "text",
    "uid": "text",
    "name": "text",
    "notes": "text",
    "tags": "json",
    "attributes": "json",
    "erases_attributes": "json",
    "manager": "text",
    "backup": "text",
    "key": "text",
    **dict.fromkeys(PLAIN, "text"),
    "kyc_expires_on": "date",
    "birthday": "date",
    "joined_on": "date",
}

_REFUSAL = f"""CASE WHEN i.refused THEN 'see its problems' WHEN m.meant > 1 THEN '{SEVERAL}'
    WHEN g.why_manager IS NOT NULL THEN g.why_manager WHEN g.why_backup IS NOT NULL THEN g.why_backup
    WHEN i.uid IS NULL AND i.name IS NULL AND i.key IS NULL THEN 'has neither UID nor name nor e-mail' END"""


def link(arrival: Arrival) -> Target:
    """Tell for every line which client it is; temporary tables `linked` and `new_handle`."""
    sql, mapping, by = arrival.sql, arrival.mapping, people.acting(arrival.importer.by)
    incoming = arrival.incoming(COLUMNS)
    reach = arrival.staging.hand_over(sql.session, "reach", {"line": "bigint", "kind": "text", "value": "text"})
    colleagues.lay_out(sql, arrival.importer)
    venues.lay_out(sql, incoming)
    matching.lay_out(sql, incoming, reach, by, by_name=not mapping.has("uid", *REACHED_BY))
    _link(sql, incoming, by)
    differs = contact_methods.lay_out(sql, incoming, reach, mapping)
    return Target(
        TABLE,
        _fields(arrival),
        incoming,
        differs,
        elsewhere=matching.elsewhere(sql, incoming, reach, by),
    )


def write_contact_methods(session: WriteSession, _target: Target) -> None:
    contact_methods.write(session)


def _link(sql: Sql, incoming: str, by: Person) -> None:
    """One line for each row of the file: its client or a new key, an earlier line that says the same, a reason to stay out."""
    _name(sql, incoming, by)
    keyed = f"""SELECT i.line, i.uid, coalesce(m.client_id, i.key) AS who FROM {incoming} i LEFT JOIN matched m ON m.line = i.line
        WHERE NOT i.refused"""
    sql.temp_table(
        "repeated",
        f"""SELECT who, coalesce(min(CASE WHEN uid IS NOT NULL THEN line END), min(line)) AS first FROM ({keyed}) k
            GROUP BY who HAVING count(*) > 1""",
    )
    sql.temp_table(
        "duplicate",
        f"SELECT k.line, a.first FROM ({keyed}) k JOIN repeated a ON a.who = k.who WHERE k.line <> a.first",
    )
    sql.temp_table(
        "linked",
        f"""SELECT i.line, coalesce(CAST(m.client_id AS uuid), {sql.uuid7()}) AS id, m.client_id IS NOT NULL AS known,
                m.matched_by, p.venue, t.number AS account, g.manager_id, g.backup_id, a.first AS duplicate_of,
                {_REFUSAL} AS refusal,
                CASE WHEN g.line IS NULL THEN 'UID' ELSE 'Manager' END AS title,
                coalesce(CASE WHEN g.why_manager IS NULL THEN g.backup END, g.manager, g.backup, i.uid, i.name) AS value, i.uid, i.name
            FROM {incoming} i JOIN placed p ON p.line = i.line LEFT JOIN matched m ON m.line = i.line
            LEFT JOIN named g ON g.line = i.line LEFT JOIN duplicate a ON a.line = i.line
            LEFT JOIN trading_account t ON t.venue = p.venue AND t.uid = p.uid""",
    )
    sql.run("UPDATE linked SET duplicate_of = NULL WHERE refusal IS NOT NULL")
    # The manager is only named where it is the manager who keeps the row out.
    of_client = f"refusal IS NULL OR refusal = '{SEVERAL}'"
    sql.run(
        f"UPDATE linked SET title = CASE WHEN uid IS NULL THEN 'Name' ELSE 'UID' END, value = coalesce(uid, name) WHERE {of_client}"
    )


def _name(sql: Sql, incoming: str, by: Person) -> None:
    """`named`: in whose book a row wants its client, and why it cannot be put there."""
    wanted = f"""SELECT i.line, i.manager, i.backup, {colleagues.person_id("i.manager")} AS manager_id,
        {colleagues.person_id("i.backup")} AS backup_id, o.id AS client_id, o.manager_id AS held_by, o.backup_id AS covered_by
        FROM {incoming} i LEFT JOIN matched m ON m.line = i.line LEFT JOIN client o ON o.id = CAST(m.client_id AS uuid)
        WHERE i.manager IS NOT NULL OR i.backup IS NOT NULL"""
    moved = f"""CASE WHEN t.manager_id IS NULL THEN '{assignees.NOBODY}'
        WHEN t.client_id IS NULL THEN {assignees.why_not_begun(by, "a")} ELSE {assignees.why_not_moved(by, "t.held_by", "a")} END"""
    covered = f"""CASE WHEN t.backup_id IS NULL THEN '{assignees.NOBODY}' ELSE {assignees.why_not_moved(by, "t.covered_by", "b")} END"""
    sql.temp_table(
        "named",
        f"""SELECT t.*, CASE WHEN t.manager IS NOT NULL THEN {colleagues.sentence_for(moved)} END AS why_manager,
                CASE WHEN t.backup IS NOT NULL THEN {colleagues.sentence_for(covered)} END AS why_backup
            FROM ({wanted}) t LEFT JOIN person a ON a.id = t.manager_id LEFT JOIN person b ON b.id = t.backup_id""",
    )


def _fields(arrival: Arrival) -> dict[str, Field]:
    sql, mapping = arrival.sql, arrival.mapping
    name = "coalesce(i.name, i.uid, split_part(i.key, ' ', 2))"
    own = f"l.matched_by IS DISTINCT FROM '{FURTHER}'"
    tags, erased = upsert.several(sql, "tags", mapping.lists), arrival.erased
    new_tags = _unless_erased("tags", erased, tags.merged or "coalesce(i.tags, o.tags)", "CAST('[]' AS JSON)")
    new_notes = _unless_erased("notes", erased, "coalesce(i.notes, o.notes)", "''")
    spoken = ["i.name", "i.uid", "i.notes", "CAST(i.tags AS VARCHAR)"]
    spoken += [f"CASE WHEN i.erases_{name} THEN '' END" for name in ("tags", "notes") if name in erased]
    new_uid = f"CASE WHEN {own} THEN coalesce(i.uid, o.uid) ELSE o.uid END"
    return {
        "version": Field(default="1"),
        "number": Field(f"CASE WHEN {own} THEN l.account END", counted_by="client_number"),
        "venue": Field(default="l.venue"),
        "uid": Field(f"CASE WHEN {own} THEN i.uid END"),
        "name": Field("i.name", default=name),
        **{column: Field(f"i.{column}") for column in PLAIN},
        "kind": Field("i.kind", default="'person'"),
        "status": Field("i.status", default="'active'"),
        "notes": Field("i.notes", default="''"),
        "tags": tags,
        "attributes": _attributes(sql, erases=not set(mapping.erasing).isdisjoint(mapping.attributes)),
        "manager_id": Field("l.manager_id", default=arrival.importer.me),
        "backup_id": Field("l.backup_id"),
        "created_at": Field(default="now()"),
        "search_text": Field(
            f"coalesce({', '.join(spoken)})",
            fresh=_searched(sql, name, "i.uid", "i.tags", "i.notes"),
            merged=_searched(sql, "coalesce(i.name, o.name)", new_uid, new_tags, new_notes),
            is_derived=True,
        ),
    }


def _unless_erased(name: str, erased: Collection[str], value: str, nothing: str) -> str:
    return f"(CASE WHEN i.erases_{name} THEN {nothing} ELSE {value} END)" if name in erased else value


def _attributes(sql: Sql, *, erases: bool) -> Field:
    """Laid over those that are there. One that holds them all is left as it is: a merge would only turn their order round."""
    nothing = "CAST('{}' AS JSON)"
    if not erases:
        holds, merged = (way("o.attributes", "i.attributes") for way in (sql.json_holds, sql.json_merged))
        return Field("i.attributes", default=nothing, merged=merged, holds=holds)
    brought = f"coalesce(i.attributes, {nothing})"
    merged = sql.json_without(sql.json_merged("o.attributes", brought), "i.erases_attributes")
    holds = f"{sql.json_holds('o.attributes', brought)} AND {sql.json_lacks('o.attributes', 'i.erases_attributes')}"
    return Field("i.attributes", default=nothing, merged=merged, holds=f"({holds})", loses=True)


def _searched(sql: Sql, name: str, uid: str, tags: str, notes: str) -> str:
    """As `clients.search.search_text` of name, UID, tags and notes."""
    searched = f"concat_ws(chr(10), {name}, {uid}, nullif({sql.list_text(tags)}, ''), nullif({notes}, ''))"
    return search.fold_sql(searched, duckdb=sql.duckdb)


def declare_attributes(session: WriteSession, target: Target) -> None:
    """Columns that no room knows become fields of clients, declared by the import that first brings them."""
    sql = Sql(session)
    keys = "json_keys(i.attributes)" if sql.duckdb else "ARRAY(SELECT json_object_keys(i.attributes))"
    sql.temp_table(
        "new_attribute",
        f"""SELECT name, name AS label, 'text' AS type, now() AS created_at FROM (
                SELECT DISTINCT unnest(keys) AS name FROM (
                    SELECT DISTINCT {keys} AS keys FROM {target.origin} JOIN outcomes f ON f.line = l.line
                    WHERE f.outcome IN ('created', 'changed')) k) n
            WHERE NOT EXISTS (SELECT 1 FROM attribute_definition d WHERE d.name = n.name)""",
    )
    bulk.insert(session, ATTRIBUTES, "new_attribute", ["name", "label", "type", "created_at"])
