"""Rows about a client that come with their own ids, or are known again by their fingerprint: what was said, what is owed."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field

from crm import people
from crm.clients import accounts, assignees, scope
from crm.clients.importing import colleagues, known_rows, ways
from crm.clients.importing.known_rows import Identity
from crm.clients.importing.own_ids import OWN_IDS
from crm.intake import same_rows, titles
from crm.intake.accounts import ACCOUNT
from crm.intake.arrival import Arrival
from crm.intake.kinds import Column, Type
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.intake.upsert import Field

# Clients by the only names that whoever imports may read.
SEEN = "(SELECT * FROM client WHERE id IN (SELECT id FROM mine))"
SEVERAL, NOBODY = "'means more than one client here; add the UID'", "'is not a client here'"
COLUMNS = (
    Column(
        "external_id", "External ID", Type.TEXT, ("external id", "record id", "id", "编号"), form=OWN_IDS, longest=120
    ),
    *ACCOUNT,
    Column(
        "client",
        "Client",
        Type.TEXT,
        (
            *("client", "client name", "customer", "customer name", "客户", "客户名称", "客户姓名", *titles.CLIENT),
            *(
                "姓名",
                "联系人",
                "telegram",
                "telegram handle",
                "tg",
                "电报",
                "wechat",
                "wechat id",
                "微信",
                "微信号",
                "whatsapp",
            ),
        ),
        longest=300,
    ),
    *ways.COLUMNS,
)
STAGED = {
    "line": "bigint",
    "refused": "boolean",
    "external_id": "text",
    "has_id": "boolean",
    "fingerprint": "text",
    "nth": "bigint",
    "venue": "text",
    "uid": "text",
    "client": "text",
    "client_email": "text",
    "client_phone": "text",
}
# What a fingerprint was never made of: rows that came before must be known again.
NO_MARKS = """'line', 'refused', 'external_id', 'client', 'client_email', 'client_phone',
    'due_at', 'remind_at', 'snoozed_until', 'logged_at'"""


@dataclass(frozen=True)
class About:
    """A table whose rows are about clients. `person`: the column of the file that says whose a row is; `owner`: of the table.

    The rest is SQL. `why_not`: the reason why a row may not be in the name of the person `a`, of the row `m` and its client `c`;
    `sentences`: what reasons of the room's own are in words. `is_open`: of a row `i`. `or_mine`: further rows within reach.
    """

    table: str
    person: str
    owner: str
    why_not: str
    identity: Identity
    needs_client: bool = False
    sentences: MappingType[str, str] = field(default_factory=dict)
    is_open: str = "FALSE"
    or_mine: str = "FALSE"


def closed(condition: str) -> str:
    """SQL that is true where the client `c` of a row is closed; the condition says which client that is."""
    return f"EXISTS (SELECT 1 FROM client c WHERE {condition} AND c.status = 'closed')"


def prepare(staging: Staging, _mapping: Mapping) -> None:
    """An external id for every row: its own, or a fingerprint with its count in the file."""
    ways.lay_out(staging)
    marks = staging.one(f"""SELECT string_agg('coalesce(CAST("' || column_name || '" AS VARCHAR), '''')', ', ' ORDER BY column_index)
        FROM duckdb_columns() WHERE table_name = 'checked' AND database_name = current_database()
        AND column_name NOT IN ({NO_MARKS}) AND NOT starts_with(column_name, 'erases_')""")
    fingerprint = f"'row ' || md5(concat_ws(chr(31), {marks}))"
    nth = "row_number() OVER (PARTITION BY {} ORDER BY line)"
    of_client = nth.format("fingerprint, CASE WHEN uid IS NULL THEN lower(client) END")
    staging.run(f"""
        CREATE OR REPLACE TABLE known AS
        SELECT line, external_id IS NOT NULL AS has_id, fingerprint, {of_client} AS nth,
            coalesce(external_id, fingerprint || ' ' || {nth.format("fingerprint")}) AS external_id
        FROM (SELECT line, external_id, uid, client, {fingerprint} AS fingerprint FROM checked)""")
    staging.run("""
        CREATE OR REPLACE VIEW incoming AS
        SELECT c.* EXCLUDE (external_id), k.* EXCLUDE (line) FROM checked c JOIN known k ON k.line = c.line""")


def link(arrival: Arrival, incoming: str, about: About) -> str:
    """`linked`: which row each is, whom it is about, whose it is, and why not; gives the SELECT of those that are elsewhere."""
    sql, importer, entity = arrival.sql, arrival.importer, about.table
    colleagues.lay_out(sql, importer)
    is_mine = _is_mine(arrival, about)
    # A row that no other system named is exported under its own id, and known again by it.
    own_id = f"""SELECT coalesce(external_id, CAST(id AS VARCHAR)) AS external_id, external_id IS NOT NULL AS is_given, id, client_id,
        {", ".join(about.identity.tells)} FROM {entity}"""
    by_name = """SELECT lower(name) AS name, CASE WHEN count(*) = 1 THEN min(CAST(id AS VARCHAR)) END AS id, count(*) AS meant FROM client
        WHERE id IN (SELECT id FROM mine) GROUP BY 1"""
    ways.link(sql, arrival.staging.hand_over(sql.session, "way", ways.STAGED, of_rows=False))
    differ = "(e.id <> t.id OR e.id <> n.id OR t.id <> n.id)"
    known_by = (
        f"CASE WHEN {differ} THEN NULL ELSE coalesce(e.id, t.id, n.id, CASE WHEN n.meant IS NULL THEN k.id END) END"
    )
    meant = f"CASE WHEN {differ} THEN 2 ELSE coalesce(n.meant, e.meant, t.meant, k.meant) END"
    sql.temp_table(
        "spoken_of",
        f"""SELECT i.line, coalesce(c.id, CAST({known_by} AS uuid)) AS client_id, {meant} AS meant,
                coalesce(i.client, i.client_email, i.client_phone) AS called
            FROM {incoming} i
            LEFT JOIN (SELECT client_id AS id, venue, uid FROM ({accounts.EVERY_UID}) e
                       WHERE client_id IN (SELECT id FROM mine)) c
                ON c.uid = i.uid AND (lower(c.venue) = lower(i.venue) OR i.venue IS NULL)
            LEFT JOIN ({by_name}) n ON i.uid IS NULL AND n.name = lower(i.client)
            LEFT JOIN way_to k ON i.uid IS NULL AND k.written = i.client
            LEFT JOIN way_to e ON i.uid IS NULL AND e.written = i.client_email
            LEFT JOIN way_to t ON i.uid IS NULL AND t.written = i.client_phone""",
    )
    known_rows.lay_out(sql, incoming, f"{own_id} WHERE {is_mine}", about.identity)
    by_known_name = "CASE WHEN i.uid IS NULL AND lower(p.name) = lower(i.client) THEN p.id END"
    first = _first(arrival, about.identity)
    sql.temp_table(
        "meant",
        f"""SELECT i.line, i.refused, i.uid, s.called AS client, i.{about.person} AS person, o.id AS known_id,
                coalesce(s.client_id, {by_known_name}) AS client_id,
                i.external_id <> CAST(o.id AS VARCHAR) AS is_named, {colleagues.person_id(f"i.{about.person}")} AS owner_id, s.meant,
                CASE WHEN NOT i.refused AND {first} < i.line THEN {first} END AS duplicate_of,
                {about.is_open} AS is_open
            FROM {incoming} i JOIN spoken_of s ON s.line = i.line LEFT JOIN known_row o ON o.line = i.line
            LEFT JOIN client p ON p.id = o.client_id""",
    )
    whose = colleagues.sentence_for(_why_not_theirs(about), also=about.sentences)
    named = "TRUE" if about.needs_client else "(m.uid IS NOT NULL OR m.client IS NOT NULL)"
    sql.temp_table(
        "linked",
        f"""SELECT l.*, CASE WHEN why IS NULL THEN 'UID' ELSE 'Manager' END AS title,
                CASE WHEN why IS NULL THEN coalesce(uid, client) ELSE person END AS value,
                CASE WHEN refused THEN 'see its problems' WHEN why IS NOT NULL THEN why
                     WHEN client_id IS NULL AND names_client THEN CASE WHEN meant > 1 THEN {SEVERAL} ELSE {NOBODY} END END AS refusal
            FROM (SELECT m.line, coalesce(m.known_id, {sql.uuid7()}) AS id, m.known_id IS NOT NULL AS known, 'id' AS matched_by,
                    m.client_id, m.is_named, m.owner_id, m.duplicate_of, m.uid, m.client, m.person, m.refused, m.meant,
                    {named} AS names_client,
                    {whose} AS why
                FROM (SELECT m.*, o.{about.owner} AS held_by, o.client_id AS was_about
                      FROM meant m LEFT JOIN {entity} o ON o.id = m.known_id) m
                LEFT JOIN person a ON a.id = coalesce(m.owner_id, m.held_by, {importer.me}) LEFT JOIN client c ON c.id = m.client_id) l""",
    )
    if scope.sees_all(people.acting(importer.by)):
        return ""
    return f"""SELECT i.line, CAST(min(CAST(o.client_id AS VARCHAR)) AS uuid) AS client_id FROM {incoming} i
        JOIN ({own_id} WHERE NOT ({is_mine})) o ON o.external_id = i.external_id
        JOIN linked l ON l.line = i.line AND NOT l.known JOIN spoken_of s ON s.line = i.line
        WHERE NOT coalesce(o.is_given AND {about.identity.other}, FALSE) GROUP BY 1"""


def _first(arrival: Arrival, identity: Identity) -> str:
    """SQL for the first row of the file that is the same as row `i`: one that has its id, and contradicts it in nothing."""
    of_id = "i.refused, i.external_id"
    if same_rows.said_of(arrival.staging, arrival.mapping, "external_id") == same_rows.FIRST:
        return f"min(i.line) OVER (PARTITION BY {of_id})"
    client = "coalesce(CAST(s.client_id AS VARCHAR), i.uid, lower(i.client))"
    ways = ", ".join(
        f"min(i.line) OVER (PARTITION BY {of_id}, {same.format(client=client)})" for same in identity.within
    )
    return f"least({ways})"


def _why_not_theirs(about: About) -> str:
    """Why a row may not be in the name of whoever it names; what stands so already may stay."""
    same = "a.id IS NOT DISTINCT FROM m.held_by AND m.client_id IS NOT DISTINCT FROM m.was_about"
    return f"""CASE WHEN m.person IS NOT NULL AND m.owner_id IS NULL THEN '{assignees.NOBODY}' WHEN {same} THEN NULL
        ELSE {about.why_not} END"""


def _is_mine(arrival: Arrival, about: About) -> str:
    """Whether a row is within reach of whoever imports: of a client that they see, or their own, as on the screen."""
    if scope.sees_all(people.acting(arrival.importer.by)):
        return "TRUE"
    return f"(coalesce(client_id IN (SELECT id FROM mine), FALSE) OR {about.or_mine})"


def own_id() -> Field:
    """The id that another system gave; not the own one under which a row was exported."""
    return Field("(CASE WHEN NOT l.known OR l.is_named THEN i.external_id END)")


def texts(*names: str) -> dict[str, Field]:
    return {name: Field(f"i.{name}", default="''") for name in names}
