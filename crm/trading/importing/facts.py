"""Facts of trading: fills, daily summaries and balances, under the number of their venue and UID."""

from dataclasses import replace

from crm import clients, people
from crm.clients.importing import colleagues, matching, venues
from crm.clients.models import Account
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.config import settings
from crm.intake.arrival import Arrival
from crm.intake.upsert import Field, Target
from crm.journal import bulk, entities
from crm.people import Person
from crm.trading.importing import fill_keys
from crm.trading.models import Balance, DailyActivity, Fill
from crm.trading.profiles import refresh
from crm.trading.rollup import roll_up

ACCOUNTS = entities.of(Account)
FILLS, DAYS, BALANCES = (entities.of(model) for model in (Fill, DailyActivity, Balance))
ACCOUNT_COLUMNS = {"line": "bigint", "refused": "boolean", "venue": "text", "uid": "text", "day": "date"}
AMOUNT = "numeric(24, 8)"
FILL_COLUMNS = {
    **ACCOUNT_COLUMNS,
    "traded_at": "timestamptz",
    "instrument": "text",
    "product": "text",
    "side": "text",
    "is_maker": "boolean",
    "volume_usd": AMOUNT,
    "fee_usd": AMOUNT,
    "realised_pnl_usd": AMOUNT,
    "fill_key": "text",
    "reuse": "integer",
}
DAY_COLUMNS = {
    **ACCOUNT_COLUMNS,
    "product": "text",
    "instrument": "text",
    "volume_usd": AMOUNT,
    "maker_volume_usd": AMOUNT,
    "trades": "bigint",
    "fees_usd": AMOUNT,
    "rebates_usd": AMOUNT,
    "realised_pnl_usd": AMOUNT,
}
BALANCE_COLUMNS = {
    **ACCOUNT_COLUMNS,
    **dict.fromkeys(("equity_usd", "deposits_usd", "withdrawals_usd"), AMOUNT),
}
AMOUNTS = ("volume_usd", "maker_volume_usd", "trades", "fees_usd", "rebates_usd", "realised_pnl_usd")


def lay_out_accounts(sql: Sql, incoming: str, by: Person) -> None:
    """`account_of` (venue, uid, written_venue, number, is_new): the number of each account that the file names.

    Accounts of clients out of view are those of nobody. A look does not use up numbers: new accounts get negative ones until
    they are written.
    """
    venues.lay_out(sql, incoming)
    writing = isinstance(sql.session, WriteSession)
    number = sql.nextval("client_number") if writing else "-row_number() OVER ()"
    seen = matching.known_accounts(by)
    known = f"""{seen} UNION SELECT venue, uid, number FROM client WHERE uid IS NOT NULL AND id {matching.whose(by)}"""
    sql.temp_table("account_placed", _placed(incoming, known))
    sql.temp_table(
        "account_new",
        f"""SELECT {number} AS number, venue, uid FROM (SELECT DISTINCT venue, uid FROM account_placed) p
            WHERE NOT EXISTS (SELECT 1 FROM ({known}) k WHERE k.venue = p.venue AND k.uid = p.uid)""",
    )
    sql.temp_table(
        "account_of",
        f"""SELECT p.written_venue, p.venue, p.uid, n.number,
                NOT EXISTS (SELECT 1 FROM ({seen}) a WHERE a.venue = p.venue AND a.uid = p.uid) AS is_new
            FROM account_placed p JOIN (SELECT venue, uid, number FROM account_new UNION {known}) n
                ON n.venue = p.venue AND n.uid = p.uid""",
    )


def elsewhere(sql: Sql, incoming: str, by: Person) -> str:
    """SELECT of (line, client_id): the rows whose account is that of a client out of view."""
    if clients.sees_all(by):
        return ""
    every = "SELECT venue, uid, 0 AS number FROM trading_account UNION SELECT venue, uid, 0 FROM client WHERE uid IS NOT NULL"
    key = sql.comparable("e.client_id")
    return f"""SELECT i.line, CAST(min({key}) AS uuid) AS client_id FROM {incoming} i
        JOIN ({_placed(incoming, every)}) p ON p.uid = i.uid AND p.written_venue IS NOT DISTINCT FROM i.venue
        JOIN ({clients.accounts.EVERY_UID}) e ON e.venue = p.venue AND e.uid = p.uid AND e.client_id {matching.UNSEEN} GROUP BY 1"""


def _placed(incoming: str, accounts: str) -> str:
    """At which venue each UID of the file is: the one that it names, that alone knows it, or that is set."""
    return f"""SELECT t.uid, t.written_venue, coalesce(v.venue, k.venue, '{settings().venue}') AS venue
        FROM (SELECT DISTINCT venue AS written_venue, uid FROM {incoming} WHERE NOT refused AND uid IS NOT NULL) t
        LEFT JOIN venue_as v ON v.written = t.written_venue
        LEFT JOIN (SELECT uid, min(venue) AS venue FROM ({accounts}) k GROUP BY uid HAVING count(DISTINCT venue) = 1) k
            ON k.uid = t.uid"""


def write_accounts(session: WriteSession, _target: Target) -> None:
    used = """(SELECT DISTINCT a.number, a.venue, a.uid FROM account_of a WHERE a.is_new
               AND a.number IN (SELECT l.number FROM linked l JOIN outcomes f ON f.line = l.line AND f.outcome = 'created'))"""
    bulk.insert(session, ACCOUNTS, used, ["number", "venue", "uid"])


def link(sql: Sql, incoming: str, keys: dict[str, str], entity: str, refusals: str, *, joined: str = "") -> None:
    """`linked` for a table of facts: `keys` are its key columns after `number` and where each comes from, `joined` further tables."""
    names, values = list(keys), ", ".join(f"{source} AS {name}" for name, source in keys.items())
    same = " AND ".join(f"o.{name} = k.{name}" for name in ["number", *names])
    partition = ", ".join(["k.number", *(f"k.{name}" for name in names)])
    sql.temp_table(
        "linked",
        f"""WITH k AS (SELECT i.line, i.refused, i.uid, a.number, i.day AS fact_day, {values} FROM {incoming} i
                LEFT JOIN account_of a ON a.uid = i.uid AND a.written_venue IS NOT DISTINCT FROM i.venue {joined})
            SELECT k.line, k.number, {", ".join(f"k.{name}" for name in names)}, o.number IS NOT NULL AS known, 'uid' AS matched_by,
                CASE WHEN NOT k.refused AND min(k.line) OVER (PARTITION BY k.refused, {partition}) < k.line
                     THEN min(k.line) OVER (PARTITION BY k.refused, {partition}) END AS duplicate_of,
                'UID' AS title, k.uid AS value,
                CASE WHEN k.refused THEN 'see its problems' WHEN k.uid IS NULL THEN 'is missing'
                     {refusals} END AS refusal
            FROM k LEFT JOIN {entity} o ON {same}""",
    )


def link_days(arrival: Arrival) -> Target:
    sql, incoming = arrival.sql, _laid_out(arrival, DAY_COLUMNS)
    # A day that says what its single trades add up to, such as one that was exported, is known and not refused.
    same = " AND ".join(f"(j.{name} IS NULL OR j.{name} = o.{name})" for name in AMOUNTS)
    counted = f"""WHEN NOT (o.number IS NOT NULL AND EXISTS (SELECT 1 FROM {incoming} j WHERE j.line = k.line AND {same}))
        AND EXISTS (SELECT 1 FROM daily_activity d WHERE d.number = k.number AND d.day = k.fact_day AND d.source = 'fills')"""
    missing = "WHEN k.fact_day IS NULL THEN 'has no day'"
    keys = {
        "day": "i.day",
        "product": "coalesce(i.product, 'other')",
        "instrument": "coalesce(w.instrument, i.instrument, '')",
    }
    _lay_out_spelt(sql, incoming)
    link(
        sql,
        incoming,
        keys,
        "daily_activity",
        f"{missing} {counted} THEN 'this day is already counted from its single trades' {_WHOLE_OR_PARTS}",
        joined="LEFT JOIN spelt w ON w.line = i.line",
    )
    fields = {"source": Field(default="'summary'"), **{name: Field(f"i.{name}") for name in AMOUNTS}}
    fields["volume_usd"] = Field("i.volume_usd", default="0")
    return _target(arrival, Target(DAYS, fields, incoming))


# A row without product and instrument is the whole day: beside rows of its parts it would count twice.
_IS_WHOLE = "{0}.product = 'other' AND {0}.instrument = ''"
_HELD = "o.number IS NULL AND EXISTS (SELECT 1 FROM daily_activity d WHERE d.number = k.number AND d.day = k.fact_day AND {0})"
_WHOLE_OR_PARTS = f"""
    WHEN k.instrument <> '' AND {_HELD.format(_IS_WHOLE.format("d"))} THEN 'this day was already delivered as a whole'
    WHEN {_IS_WHOLE.format("k")} AND {_HELD.format("d.instrument <> ''")} THEN 'this day was already delivered in its parts'"""


def _lay_out_spelt(sql: Sql, incoming: str) -> None:
    """`spelt` (line, instrument): rows of a day that is held under the same instrument, written otherwise."""
    sql.temp_table(
        "spelt",
        f"""SELECT i.line, min(o.instrument) AS instrument FROM {incoming} i
            JOIN account_of a ON a.uid = i.uid AND a.written_venue IS NOT DISTINCT FROM i.venue
            JOIN daily_activity o ON o.number = a.number AND o.day = i.day AND o.product = coalesce(i.product, 'other')
                AND {fill_keys.market("o.instrument")} = {fill_keys.market("i.instrument")}
            WHERE i.instrument IS NOT NULL
            GROUP BY 1 HAVING sum(CASE WHEN o.instrument = i.instrument THEN 1 ELSE 0 END) = 0""",
    )


def link_balances(arrival: Arrival) -> Target:
    sql, incoming = arrival.sql, _laid_out(arrival, BALANCE_COLUMNS)
    link(sql, incoming, {"day": "i.day"}, "balance", "WHEN k.fact_day IS NULL THEN 'has no day'")
    fields = {name: Field(f"i.{name}") for name in ("equity_usd", "deposits_usd", "withdrawals_usd")}
    return _target(arrival, Target(BALANCES, fields, incoming))


def link_fills(arrival: Arrival) -> Target:
    sql, incoming = arrival.sql, _laid_out(arrival, FILL_COLUMNS)
    counted = "WHEN EXISTS (SELECT 1 FROM daily_activity d WHERE d.number = k.number AND d.day = k.fact_day AND d.source = 'summary')"
    is_fitted = fill_keys.lay_out_fitted(sql, incoming)
    link(
        sql,
        incoming,
        {"fill_key": "coalesce(q.fill_key, i.fill_key)" if is_fitted else "i.fill_key"},
        "fill",
        f"WHEN k.fact_day IS NULL THEN 'has no time' {counted} THEN 'this day was already delivered as a daily summary'",
        joined="LEFT JOIN fitted q ON q.line = i.line" if is_fitted else "",
    )
    plain = (
        "traded_at",
        "day",
        "product",
        "instrument",
        "side",
        "is_maker",
        "volume_usd",
        "fee_usd",
        "realised_pnl_usd",
    )
    fields = {name: Field(f"i.{name}") for name in plain}
    fields |= {
        "instrument": Field("i.instrument", default="''"),
        "side": Field("i.side", default="''"),
        "volume_usd": Field("i.volume_usd", default="0"),
    }
    return _target(arrival, Target(FILLS, fields, incoming))


def _laid_out(arrival: Arrival, columns: dict[str, str]) -> str:
    incoming = arrival.incoming(columns)
    colleagues.lay_out(arrival.sql, arrival.importer)
    lay_out_accounts(arrival.sql, incoming, people.acting(arrival.importer.by))
    return incoming


def _target(arrival: Arrival, target: Target) -> Target:
    return replace(target, elsewhere=elsewhere(arrival.sql, target.incoming, people.acting(arrival.importer.by)))


def derive_from_fills(session: WriteSession, target: Target) -> None:
    """Fills are rolled up into their days first."""
    _touch(session, target)
    roll_up(session, "touched")
    _refresh(session)


def derive(session: WriteSession, target: Target) -> None:
    _touch(session, target)
    _refresh(session)


def _touch(session: WriteSession, target: Target) -> None:
    """`touched` (number, day): of which accounts and days something was written."""
    Sql(session).temp_table(
        "touched",
        f"""SELECT DISTINCT l.number, i.day FROM {target.origin} JOIN outcomes f ON f.line = l.line
            WHERE f.outcome IN ('created', 'changed')""",
    )


def _refresh(session: WriteSession) -> None:
    refresh(session, "touched")
    Sql(session).drop("touched")
