"""Whom the text of a cell means who has no UID there: by e-mail, phone in any form, handle, further UID, or the name before an e-mail."""

from crm.clients import accounts, telephones
from crm.db.sql import Sql
from crm.ground.texts import PROFILES
from crm.intake import titles
from crm.intake.kinds import Column, Type
from crm.intake.staging import Staging

COLUMNS = (
    Column(
        "client_email",
        "Client's e-mail",
        Type.TEXT,
        (
            *(
                "client email",
                "customer email",
                "requester email",
                "requester",
                "contact email",
                "caller email",
                "user email",
            ),
            *(
                "from email",
                "sender email",
                "email address",
                "from",
                "sender",
                "email",
                "e mail",
                "mail",
                "from address",
            ),
            *(
                "客户邮箱",
                "联系人邮箱",
                "请求者邮箱",
                "发件人",
                "邮箱",
                "电子邮箱",
                "电子邮件",
                "kunden email",
                *titles.EMAIL,
            ),
        ),
        longest=1000,
    ),
    Column(
        "client_phone",
        "Client's phone",
        Type.TEXT,
        (
            *(
                "client phone",
                "customer phone",
                "contact phone",
                "caller number",
                "caller",
                "caller id",
                "phone number",
                "phone",
            ),
            *("from number", "remote number", "other party", "mobile", "telephone", "tel", "requester phone", "number"),
            *(
                "客户电话",
                "来电号码",
                "主叫号码",
                "对方号码",
                "电话",
                "电话号码",
                "手机",
                "手机号",
                "telefon",
                "号码",
            ),
            *("teléfono", "téléphone", *titles.PHONE),
        ),
        longest=200,
    ),
)
TEXTS = ("client", *(column.field for column in COLUMNS))
STAGED = {"written": "text", "kind": "text", "value": "text"}
_MAIL = r'[^\s,;<>"()\[\]:]+@[^\s,;<>"()\[\]]+\.[^\s,;<>"()\[\]]+'
_PHONE = r"^(tel:)?\s*[+(]?[\d][\d\s()./-]{6,}$"
_TAIL = 9  # digits by which a number in its national form is told from others
_WHOLE = 8  # digits of a number in Hong Kong, Singapore or Norway, of which nothing is left out at home but the code


def lay_out(staging: Staging) -> None:
    """`way` (written, kind, value): what each text may be known by."""
    every = " UNION ".join(
        f"SELECT {name} AS written FROM checked WHERE uid IS NULL AND {name} IS NOT NULL" for name in TEXTS
    )
    staging.run(f"CREATE OR REPLACE TABLE way_text AS {every}")
    bare = f"lower(ltrim(regexp_replace(written, '{PROFILES}', ''), '@'))"
    digits = r"regexp_replace(written, '\D', '', 'g')"
    is_mail, is_phone = "contains(written, '@')", f"regexp_matches(written, '{_PHONE}')"
    name = r"""lower(trim(regexp_extract(written, '^\W*([^<(\[]+?)"?\s*[<(\[]', 1)))"""
    forms = {
        "email": (f"lower(unnest(regexp_extract_all(written, '{_MAIL}')))", is_mail),
        "name": (name, is_mail),
        "handle": (bare, "NOT contains(written, ' ')"),
        "uid": (r"regexp_replace(written, '^(?i)uid\s*[:#]?\s*', '')", r"regexp_matches(written, '\d{4}')"),
        "tail": (f"right({digits}, {_TAIL})", f"{is_phone} AND length(ltrim({digits}, '0')) >= {_TAIL}"),
        "whole": (f"{digits}", f"{is_phone} AND length({digits}) = {_WHOLE}"),
    }
    known = [
        f"SELECT written, '{kind}' AS kind, {value} AS value FROM way_text WHERE {fits}"
        for kind, (value, fits) in forms.items()
    ]
    staging.run(f"CREATE OR REPLACE TABLE way AS {' UNION ALL '.join(known)}")
    numbers = [
        text for (text,) in staging.run(f"SELECT written FROM way_text WHERE regexp_matches(written, '{_PHONE}')")
    ]
    if numbers:
        staging.duck.execute(
            "INSERT INTO way SELECT unnest($1), 'phone', unnest($2)",
            [numbers, [telephones.phone(number.removeprefix("tel:"), None) for number in numbers]],
        )


def link(sql: Sql, way: str) -> None:
    """`way_to` (written, client_id, meant): the client whom whoever imports sees, and how many are meant; the surest way counts."""
    digits = rf"right(regexp_replace(h.value, '\D', '', 'g'), {_TAIL})"
    is_number, is_mail = "h.kind IN ('phone', 'whatsapp')", "h.kind = 'email'"
    by_handle = {
        "email": (1, f"{is_mail} AND lower(h.value) = w.value"),
        "phone": (2, f"{is_number} AND h.value = w.value"),
        "tail": (3, f"{is_number} AND {digits} = w.value"),
        "whole": (3, f"{is_number} AND regexp_replace(h.value, '^\\+\\d{{2,3}}', '') = w.value"),
        "handle": (4, f"NOT {is_number} AND NOT {is_mail} AND lower(h.value) = w.value"),
    }
    found = [
        f"SELECT w.written, h.client_id, {rank} AS rank FROM {way} w JOIN handle h ON w.kind = '{kind}' AND {same}"
        for kind, (rank, same) in by_handle.items()
    ]
    found.append(
        f"SELECT w.written, e.client_id, 2 FROM {way} w JOIN ({accounts.EVERY_UID}) e ON w.kind = 'uid' AND e.uid = w.value"
    )
    found.append(f"SELECT w.written, c.id, 5 FROM {way} w JOIN client c ON w.kind = 'name' AND lower(c.name) = w.value")
    best = f"""SELECT written, client_id, rank, min(rank) OVER (PARTITION BY written) AS best FROM ({" UNION ALL ".join(found)}) f
        WHERE client_id IN (SELECT id FROM mine)"""
    key = sql.comparable("client_id")
    sql.temp_table(
        "way_to",
        f"""SELECT written, CASE WHEN count(DISTINCT client_id) = 1 THEN CAST(min({key}) AS VARCHAR) END AS id,
                count(DISTINCT client_id) AS meant
            FROM ({best}) r WHERE rank = best GROUP BY written""",
    )
