"""Colleagues, matched by e-mail; teams that are not there yet are founded."""

from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.imports.kinds import KINDS
from crm.imports.mapping import Mapping
from crm.imports.putting import merge
from crm.imports.putting.merge import Field, Target
from crm.imports.workbench import Workbench
from crm.journal import bulk, entities
from crm.people.models import Person, Team

MANAGERS = KINDS["managers"]
PEOPLE, TEAMS = (entities.of(model) for model in (Person, Team))
COLUMNS = {
    "line": "bigint",
    "refused": "boolean",
    "email": "text",
    "name": "text",
    "role": "text",
    "team": "text",
    "languages": "json",
    "time_zone": "text",
    "locale": "text",
}


def link(sql: Sql, bench: Workbench, mapping: Mapping) -> Target:
    incoming = bench.hand_over(sql.session, "incoming", COLUMNS | merge.erasing(MANAGERS, mapping))
    sql.temp_table(
        "team_of",
        f"""SELECT n.name, coalesce(t.id, {sql.uuid7()}) AS id, 1 AS version, t.id IS NULL AS is_new
            FROM (SELECT DISTINCT team AS name FROM {incoming} WHERE team IS NOT NULL AND NOT refused) n
            LEFT JOIN team t ON t.name = n.name""",
    )
    sql.temp_table(
        "linked",
        f"""SELECT i.line, coalesce(o.id, {sql.uuid7()}) AS id, o.id IS NOT NULL AS known, 'email' AS matched_by, t.id AS team_id,
                CASE WHEN NOT i.refused AND min(i.line) OVER (PARTITION BY i.refused, i.email) < i.line
                     THEN min(i.line) OVER (PARTITION BY i.refused, i.email) END AS twin,
                'E-mail' AS title, i.email AS value,
                CASE WHEN i.refused THEN 'see its problems' WHEN i.email IS NULL THEN 'is missing' END AS refusal
            FROM {incoming} i LEFT JOIN person o ON o.email = i.email LEFT JOIN team_of t ON t.name = i.team""",
    )
    said = {name: Field(f"i.{name}") for name in ("email",)}
    return Target(
        PEOPLE,
        {
            **said,
            "version": Field(default="1"),
            "name": Field("i.name", default="split_part(i.email, '@', 1)"),
            "role": Field("i.role", default="'manager'"),
            "team_id": Field("l.team_id"),
            "languages": merge.several(sql, "languages", mapping.lists),
            "time_zone": Field("i.time_zone", default="'Asia/Shanghai'"),
            "locale": Field("i.locale", default="'en'"),
            "is_active": Field(default="TRUE"),
            "created_at": Field(default="now()"),
        },
        incoming,
    )


def put(session: WriteSession, target: Target) -> None:
    used = """(SELECT t.* FROM team_of t WHERE t.is_new AND t.id IN
               (SELECT l.team_id FROM linked l JOIN fate f ON f.line = l.line WHERE f.fate IN ('created', 'changed')))"""
    bulk.insert(session, TEAMS, used, ["id", "version", "name"])
    merge.insert_created(session, target)
    merge.update_changed(session, target)
