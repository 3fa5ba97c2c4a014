"""Staff lists: who works here, in which team, in which languages. Matched by e-mail; teams that are not there yet are founded."""

from crm.db.sessions import WriteSession
from crm.intake import kinds, upsert
from crm.intake.arrival import Arrival
from crm.intake.kinds import Column, Kind, Rows, Type
from crm.intake.upsert import Field, Target
from crm.journal import bulk, entities
from crm.people.models import Person, Team
from crm.people.rights import Right

PEOPLE, TEAMS = (entities.of(model) for model in (Person, Team))
COLUMNS = (
    Column("email", "E-mail", Type.EMAIL, ("email", "e mail", "email address", "邮箱")),
    Column("name", "Name", Type.TEXT, ("name", "full name", "姓名", "sales agent"), longest=120),
    Column(
        "role",
        "Role",
        Type.CHOICE,
        ("role", "角色", "职位"),
        {
            "manager": ("manager", "account manager", "vip manager", "客户经理"),
            "lead": ("lead", "team lead", "leader", "组长", "主管"),
            "admin": ("admin", "administrator", "管理员"),
        },
    ),
    Column("team", "Team", Type.TEXT, ("team", "group", "department", "团队", "部门"), longest=80, stored_as="team_id"),
    Column("languages", "Languages", Type.LIST, ("languages", "language", "语言")),
    Column("time_zone", "Time zone", Type.ZONE, ("time zone", "timezone", "时区")),
    Column("locale", "Screen language", Type.CHOICE, ("locale", "screen language"), {"en": ("en",), "zh": ("zh",)}),
)
STAGED = {
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


def link(arrival: Arrival) -> Target:
    sql, incoming = arrival.sql, arrival.incoming(STAGED)
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
                     THEN min(i.line) OVER (PARTITION BY i.refused, i.email) END AS duplicate_of,
                'E-mail' AS title, i.email AS value,
                CASE WHEN i.refused THEN 'see its problems' WHEN i.email IS NULL THEN 'is missing' END AS refusal
            FROM {incoming} i LEFT JOIN person o ON o.email = i.email LEFT JOIN team_of t ON t.name = i.team""",
    )
    return Target(
        PEOPLE,
        {
            "email": Field("i.email"),
            "version": Field(default="1"),
            "name": Field("i.name", default="split_part(i.email, '@', 1)"),
            "role": Field("i.role", default="'manager'"),
            "team_id": Field("l.team_id"),
            "languages": upsert.several(sql, "languages", arrival.mapping.lists),
            "time_zone": Field("i.time_zone", default="'Asia/Shanghai'"),
            "locale": Field("i.locale", default="'en'"),
            "is_active": Field(default="TRUE"),
            "created_at": Field(default="now()"),
        },
        incoming,
    )


def found_teams(session: WriteSession, _target: Target) -> None:
    used = """(SELECT t.* FROM team_of t WHERE t.is_new AND t.id IN
               (SELECT l.team_id FROM linked l JOIN outcomes f ON f.line = l.line WHERE f.outcome IN ('created', 'changed')))"""
    bulk.insert(session, TEAMS, used, ["id", "version", "name"])


kinds.register(
    Kind(
        "managers",
        title="Staff",
        label="Managers",
        place=70,
        columns=COLUMNS,
        rows=Rows("person", link, names="SELECT l.line, i.name FROM {0}", before=found_teams),
        needs=(("email",),),
        erasable=("team", "languages"),
        right=Right.ACCOUNTS,
    )
)
