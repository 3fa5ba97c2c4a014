"""Interactions and tasks that come with their own ids, or are known again by their fingerprint."""

from crm import clients, tasks
from crm.clients import assignees
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.imports.kinds import KINDS
from crm.imports.mapping import Mapping
from crm.imports.putting import merge, people
from crm.imports.putting.merge import Field, Target
from crm.imports.putting.people import Importer
from crm.imports.workbench import Workbench
from crm.interactions import authors
from crm.interactions.models import Interaction
from crm.journal import entities
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


def link_interactions(sql: Sql, bench: Workbench, importer: Importer, mapping: Mapping) -> Target:
    incoming = bench.hand_over(
        sql.session, "incoming", INTERACTION_COLUMNS | merge.erasing(KINDS["interactions"], mapping)
    )
    elsewhere = _link(sql, incoming, "interaction", "person", importer, needs_client=True)
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
    searched = clients.search.fold_sql(
        "(concat_ws(chr(10), nullif(i.topic, ''), i.summary, nullif(i.outcome, ''), nullif(i.next_steps, '')))",
        duckdb=sql.duckdb,
    )
    return Target(
        INTERACTIONS,
        {
            **said,
            "version": Field(default="1"),
            "client_id": Field("l.client_id"),
            "person_id": Field("l.owner_id", default=importer.me),
            "channel": Field("i.channel", default="'other'"),
            "direction": Field("i.direction", default="'outbound'"),
            "products": merge.several(sql, "products", mapping.lists),
            "external_id": _own_id(),
            "created_at": Field("i.logged_at", default="now()"),
            "search_text": Field(default=searched),
            **_texts("topic", "outcome", "next_steps"),
        },
        incoming,
        elsewhere=elsewhere,
        unchangeable=people.said(authors.why_not_corrected(importer.by, "o")),
    )


def link_tasks(sql: Sql, bench: Workbench, importer: Importer, mapping: Mapping) -> Target:
    incoming = bench.hand_over(sql.session, "incoming", TASK_COLUMNS | merge.erasing(KINDS["tasks"], mapping))
    elsewhere = _link(sql, incoming, "task", "owner", importer, needs_client=False)
    said = {name: Field(f"i.{name}") for name in ("title", "due_on", "due_at", "remind_at", "snoozed_until", "done_at")}
    return Target(
        TASKS,
        {
            **said,
            "version": Field(default="1"),
            "client_id": Field("l.client_id"),
            "owner_id": Field("l.owner_id", default=importer.me),
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
        elsewhere=elsewhere,
    )


def put(session: WriteSession, target: Target) -> None:
    merge.insert_created(session, target)
    merge.update_changed(session, target)


def _link(sql: Sql, incoming: str, entity: str, person: str, importer: Importer, *, needs_client: bool) -> str:
    """`linked`: which row each is, whom it is about, whose it is, and why not; gives the SELECT of those that are elsewhere."""
    people.lay_out(sql, importer)
    is_mine = _is_mine(importer, entity)
    # A row that no other system named is exported under its own id, and known again by it.
    own_id = f"SELECT coalesce(external_id, CAST(id AS VARCHAR)) AS external_id, id, client_id FROM {entity}"
    known = f"""SELECT external_id, min(CAST(id AS VARCHAR)) AS id, min(CAST(client_id AS VARCHAR)) AS client_id
        FROM ({own_id} WHERE {is_mine}) o GROUP BY 1"""
    by_name = """SELECT lower(name) AS name, CASE WHEN count(*) = 1 THEN min(CAST(id AS VARCHAR)) END AS id, count(*) AS meant FROM client
        WHERE id IN (SELECT id FROM mine) GROUP BY 1"""
    client = (
        "coalesce(c.id, CASE WHEN i.uid IS NULL AND lower(p.name) = lower(i.client) THEN p.id END, CAST(n.id AS uuid))"
    )
    twin = "min(i.line) OVER (PARTITION BY i.refused, i.external_id)"
    sql.temp_table(
        "meant",
        f"""SELECT i.line, i.refused, i.uid, i.client, i.{person} AS person, CAST(o.id AS uuid) AS known_id, {client} AS client_id,
                i.external_id <> o.id AS is_named, {people.person_id(f"i.{person}")} AS owner_id, n.meant,
                CASE WHEN NOT i.refused AND {twin} < i.line THEN {twin} END AS twin,
                {"coalesce(i.status, 'open') = 'open'" if entity == "task" else "FALSE"} AS is_open
            FROM {incoming} i LEFT JOIN ({known}) o ON o.external_id = i.external_id
            LEFT JOIN client p ON p.id = CAST(o.client_id AS uuid)
            LEFT JOIN (SELECT client_id AS id, venue, uid FROM ({clients.accounts.EVERY_UID}) e
                       WHERE client_id IN (SELECT id FROM mine)) c
                ON c.uid = i.uid AND (lower(c.venue) = lower(i.venue) OR i.venue IS NULL)
            LEFT JOIN ({by_name}) n ON i.uid IS NULL AND n.name = lower(i.client)""",
    )
    whose = people.said(_why_not_theirs(importer, entity))
    told = "TRUE" if needs_client else "(m.uid IS NOT NULL OR m.client IS NOT NULL)"
    owner = "person_id" if entity == "interaction" else "owner_id"
    sql.temp_table(
        "linked",
        f"""SELECT l.*, CASE WHEN why IS NULL THEN 'UID' ELSE 'Manager' END AS title,
                CASE WHEN why IS NULL THEN coalesce(uid, client) ELSE person END AS value,
                CASE WHEN refused THEN 'see its problems' WHEN why IS NOT NULL THEN why
                     WHEN client_id IS NULL AND is_told THEN CASE WHEN meant > 1 THEN {SEVERAL} ELSE {NOBODY} END END AS refusal
            FROM (SELECT m.line, coalesce(m.known_id, {sql.uuid7()}) AS id, m.known_id IS NOT NULL AS known, 'id' AS matched_by,
                    m.client_id, m.is_named, m.owner_id, m.twin, m.uid, m.client, m.person, m.refused, m.meant, {told} AS is_told,
                    {whose} AS why
                FROM (SELECT m.*, o.{owner} AS held_by, o.client_id AS was_about FROM meant m LEFT JOIN {entity} o ON o.id = m.known_id) m
                LEFT JOIN person a ON a.id = coalesce(m.owner_id, m.held_by, {importer.me}) LEFT JOIN client c ON c.id = m.client_id) l""",
    )
    if clients.sees_all(importer.by):
        return ""
    return f"""SELECT i.line, CAST(min(CAST(o.client_id AS VARCHAR)) AS uuid) AS client_id FROM {incoming} i
        JOIN ({own_id} WHERE NOT ({is_mine})) o ON o.external_id = i.external_id
        JOIN linked l ON l.line = i.line AND NOT l.known GROUP BY 1"""


def _why_not_theirs(importer: Importer, entity: str) -> str:
    """Why a row may not be in the name of whoever it names, or an open task theirs; of `m`, the person `a` and the client `c`."""
    by = importer.by
    as_them = assignees.why_not_as(by, "a")
    if entity == "task":
        unseen = tasks.owners.why_not_about("a", "c")
        theirs = tasks.owners.why_not_owned(by, "a", "m.held_by")
        as_them = f"""CASE WHEN NOT m.is_open THEN {as_them} WHEN m.person IS NOT NULL AND {theirs} IS NOT NULL THEN {theirs}
            ELSE {unseen} END"""
    same = "a.id IS NOT DISTINCT FROM m.held_by AND m.client_id IS NOT DISTINCT FROM m.was_about"
    return f"""CASE WHEN m.person IS NOT NULL AND m.owner_id IS NULL THEN '{assignees.NOBODY}' WHEN {same} THEN NULL ELSE {as_them} END"""


def _own_id() -> Field:
    """The id that another system gave; not the own one under which a row was exported."""
    return Field("(CASE WHEN NOT l.known OR l.is_named THEN i.external_id END)")


def _is_mine(importer: Importer, entity: str) -> str:
    """Whether a row is within reach of whoever imports: of a client that they see, or their own task, as on the screen."""
    if clients.sees_all(importer.by):
        return "TRUE"
    mine = f"owner_id = {assignees.key(importer.by.id)} AND (client_id IS NULL OR status = 'open')"
    own = f" OR {mine}" if entity == "task" else ""
    return f"(coalesce(client_id IN (SELECT id FROM mine), FALSE){own})"


def _texts(*names: str) -> dict[str, Field]:
    return {name: Field(f"i.{name}", default="''") for name in names}
