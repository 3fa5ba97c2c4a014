"""Interactions and tasks that come with their own ids, or are known again by their fingerprint."""

from crm import clients
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.imports.kinds import KINDS
from crm.imports.mapping import Mapping
from crm.imports.putting import merge, people
from crm.imports.putting.merge import Field, Target
from crm.imports.workbench import Workbench
from crm.interactions.models import Interaction
from crm.journal import entities
from crm.people import Person
from crm.tasks.models import Task

SEVERAL, NOBODY = "'means more than one client here; add the UID'", "'is not a client here'"
INTERACTIONS, TASKS = (entities.of(model) for model in (Interaction, Task))
COMMON = {
    "line": "bigint", "refused": "boolean", "external_id": "text", "venue": "text", "uid": "text", "client": "text",
}  # fmt: skip
INTERACTION_COLUMNS = {
    **COMMON,
    "person": "text",
    "happened_at": "timestamptz",
    "channel": "text",
    "direction": "text",
    "minutes": "bigint",
    "topic": "text",
    "products": "json",
    "summary": "text",
    "mood": "bigint",
    "outcome": "text",
    "next_steps": "text",
    "logged_at": "timestamptz",
}
TASK_COLUMNS = {
    **COMMON,
    "owner": "text",
    "title": "text",
    "kind": "text",
    "status": "text",
    "priority": "text",
    "due_on": "date",
    "due_at": "timestamptz",
    "remind_at": "timestamptz",
    "snoozed_until": "date",
    "created_at": "timestamptz",
    "done_at": "timestamptz",
    "outcome": "text",
    "repeat": "text",
}


# What a fingerprint was never made of: rows that came before must be known again.
NO_MARKS = """'line', 'refused', 'external_id', 'client', 'due_at', 'remind_at', 'snoozed_until', 'logged_at'"""


def prepare(bench: Workbench, _mapping: Mapping) -> None:
    """An external id for every row: its own, or a fingerprint with its count in the file."""
    marks = bench.one(f"""SELECT string_agg('coalesce(CAST("' || column_name || '" AS VARCHAR), '''')', ', ' ORDER BY column_index)
        FROM duckdb_columns() WHERE table_name = 'checked' AND database_name = current_database()
        AND column_name NOT IN ({NO_MARKS}) AND NOT starts_with(column_name, 'erases_')""")
    fingerprint = f"md5(concat_ws(chr(31), {marks}))"
    own = f"'row ' || {fingerprint} || ' ' || row_number() OVER (PARTITION BY {fingerprint} ORDER BY line)"
    bench.run(f"CREATE OR REPLACE TABLE known AS SELECT line, coalesce(external_id, {own}) AS external_id FROM checked")
    bench.run("""
        CREATE OR REPLACE VIEW incoming AS
        SELECT c.* EXCLUDE (external_id), k.external_id FROM checked c JOIN known k ON k.line = c.line""")


def link_interactions(sql: Sql, bench: Workbench, by: Person, mapping: Mapping) -> Target:
    incoming = bench.hand_over(
        sql.session, "incoming", INTERACTION_COLUMNS | merge.erasing(KINDS["interactions"], mapping)
    )
    _link(sql, incoming, "interaction", "person", by, needs_client=True)
    said = {
        name: Field(f"i.{name}")
        for name in (
            "channel",
            "direction",
            "minutes",
            "topic",
            "products",
            "summary",
            "mood",
            "outcome",
            "next_steps",
            "happened_at",
        )
    }
    searched = clients.fold_sql(
        "(concat_ws(chr(10), nullif(i.topic, ''), i.summary, nullif(i.outcome, ''), nullif(i.next_steps, '')))",
        duckdb=sql.duckdb,
    )
    return Target(
        INTERACTIONS,
        {
            **said,
            "version": Field(default="1"),
            "client_id": Field("l.client_id"),
            "person_id": Field("l.owner_id", default=_me(by)),
            "channel": Field("i.channel", default="'other'"),
            "direction": Field("i.direction", default="'outbound'"),
            "products": merge.several(sql, "products", mapping.lists),
            "external_id": _own_id(),
            "created_at": Field("i.logged_at", default="now()"),
            "search_text": Field(default=searched),
            **_texts("topic", "outcome", "next_steps"),
        },
        incoming,
    )


def link_tasks(sql: Sql, bench: Workbench, by: Person, mapping: Mapping) -> Target:
    incoming = bench.hand_over(sql.session, "incoming", TASK_COLUMNS | merge.erasing(KINDS["tasks"], mapping))
    _link(sql, incoming, "task", "owner", by, needs_client=False)
    said = {name: Field(f"i.{name}") for name in ("title", "due_on", "due_at", "remind_at", "snoozed_until", "done_at")}
    return Target(
        TASKS,
        {
            **said,
            "version": Field(default="1"),
            "client_id": Field("l.client_id"),
            "owner_id": Field("l.owner_id", default=_me(by)),
            "kind": Field("i.kind", default="'follow_up'"),
            "status": Field("i.status", default="'open'"),
            "priority": Field("i.priority", default="'normal'"),
            "repeat": Field("i.repeat", default="'never'"),
            "external_id": _own_id(),
            "origin": Field(default="'import'"),
            "created_at": Field("i.created_at", default="now()"),
            **_texts("outcome"),
        },
        incoming,
    )


def put(session: WriteSession, target: Target) -> None:
    merge.insert_created(session, target)
    merge.update_changed(session, target)


def _link(sql: Sql, incoming: str, entity: str, person: str, by: Person, *, needs_client: bool) -> None:
    people.lay_out(sql, by)
    nobody = f"i.{person} IS NOT NULL AND {people.person_id(f'i.{person}')} IS NULL"
    if entity == "task":
        nobody += f" OR o.id IS NULL AND coalesce(i.status, 'open') = 'open' AND {people.has_left(f'i.{person}')}"
    told = "TRUE" if needs_client else "(i.uid IS NOT NULL OR i.client IS NOT NULL)"
    client = (
        "coalesce(c.id, CASE WHEN i.uid IS NULL AND lower(p.name) = lower(i.client) THEN p.id END, CAST(n.id AS uuid))"
    )
    no_client = f"WHEN {client} IS NULL AND {told} THEN CASE WHEN n.meant > 1 THEN {SEVERAL} ELSE {NOBODY} END"
    # A row that no other system named is exported under its own id, and known again by it.
    known = f"""SELECT coalesce(external_id, CAST(id AS VARCHAR)) AS external_id, min(CAST(id AS VARCHAR)) AS id,
        min(CAST(client_id AS VARCHAR)) AS client_id, bool_and({_is_mine(by, entity)}) AS is_mine FROM {entity} GROUP BY 1"""
    by_name = """SELECT lower(name) AS name, CASE WHEN count(*) = 1 THEN min(CAST(id AS VARCHAR)) END AS id, count(*) AS meant FROM client
        WHERE id IN (SELECT id FROM mine) GROUP BY 1"""
    sql.temp_table(
        "linked",
        f"""SELECT i.line, coalesce(CAST(o.id AS uuid), {sql.uuid7()}) AS id, o.id IS NOT NULL AS known, 'id' AS matched_by,
                {client} AS client_id, i.external_id <> CAST(o.id AS VARCHAR) AS is_named,
                CASE WHEN i.{person} IS NOT NULL THEN {people.person_id(f"i.{person}")} END AS owner_id,
                CASE WHEN NOT i.refused AND min(i.line) OVER (PARTITION BY i.refused, i.external_id) < i.line
                     THEN min(i.line) OVER (PARTITION BY i.refused, i.external_id) END AS twin,
                CASE WHEN {nobody} THEN 'Manager' ELSE 'UID' END AS title,
                CASE WHEN {nobody} THEN i.{person} ELSE coalesce(i.uid, i.client) END AS value,
                CASE WHEN i.refused THEN 'see its problems'
                     WHEN {nobody} THEN 'is nobody who works here'
                     WHEN NOT o.is_mine THEN 'belongs to a client who is not in your book'
                     {no_client} END AS refusal
            FROM {incoming} i LEFT JOIN ({known}) o ON o.external_id = i.external_id
            LEFT JOIN client p ON p.id = CAST(o.client_id AS uuid)
            LEFT JOIN (SELECT client_id AS id, venue, uid FROM ({clients.accounts.EVERY_UID}) e
                       WHERE client_id IN (SELECT id FROM mine)) c
                ON c.uid = i.uid AND (lower(c.venue) = lower(i.venue) OR i.venue IS NULL)
            LEFT JOIN ({by_name}) n ON i.uid IS NULL AND n.name = lower(i.client)""",
    )


def _own_id() -> Field:
    """The id that another system gave; not the own one under which a row was exported."""
    return Field("(CASE WHEN NOT l.known OR l.is_named THEN i.external_id END)")


def _is_mine(by: Person, entity: str) -> str:
    """Whether a row is within reach of whoever imports: of a client that they see, or their own task."""
    if people.may_give(by) and not by.team_id:
        return "TRUE"
    own = f" OR owner_id = {_me(by)}" if entity == "task" else ""
    return f"coalesce(client_id IN (SELECT id FROM mine), FALSE){own}"


def _texts(*names: str) -> dict[str, Field]:
    return {name: Field(f"i.{name}", default="''") for name in names}


def _me(by: Person) -> str:
    return f"CAST('{by.id}' AS uuid)"
