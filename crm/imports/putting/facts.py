"""Facts of trading: fills, daily summaries and balances, under the number of their venue and UID."""

from crm import clients
from crm.clients.models import Account
from crm.config import settings
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.imports.putting import merge, venues
from crm.imports.putting.merge import Field, Target
from crm.journal import bulk, entities
from crm.trading.models import Balance, DailyActivity, Fill

ACCOUNTS = entities.of(Account)
FILLS, DAYS, BALANCES = (entities.of(model) for model in (Fill, DailyActivity, Balance))
ACCOUNT_COLUMNS = {"line": "bigint", "refused": "boolean", "venue": "text", "uid": "text", "day": "date"}
AMOUNT = "numeric(24, 8)"
AMOUNTS = ("volume_usd", "maker_volume_usd", "trades", "fees_usd", "rebates_usd", "realised_pnl_usd")


def lay_out_accounts(sql: Sql, incoming: str, *, writing: bool) -> None:
    """`account_of` (venue, uid, told_venue, number, is_new, foreign): the number of each account that the file names.

    A look does not use up numbers: new accounts get negative ones until they are written.
    """
    told = f"SELECT DISTINCT venue AS told_venue, uid FROM {incoming} WHERE NOT refused AND uid IS NOT NULL"
    venues.lay_out(sql, incoming)
    known = "SELECT venue, uid, number FROM trading_account UNION SELECT venue, uid, number FROM client WHERE uid IS NOT NULL"
    number = sql.nextval("client_number") if writing else "-row_number() OVER ()"
    sql.temp_table(
        "account_placed",
        f"""SELECT t.uid, t.told_venue, coalesce(v.venue, k.venue, '{settings().venue}') AS venue FROM ({told}) t
            LEFT JOIN venue_as v ON v.told = t.told_venue
            LEFT JOIN (SELECT uid, min(venue) AS venue FROM ({known}) k GROUP BY uid HAVING count(DISTINCT venue) = 1) k
                ON k.uid = t.uid""",
    )
    sql.temp_table(
        "account_new",
        f"""SELECT {number} AS number, venue, uid FROM (SELECT DISTINCT venue, uid FROM account_placed) p
            WHERE NOT EXISTS (SELECT 1 FROM ({known}) k WHERE k.venue = p.venue AND k.uid = p.uid)""",
    )
    sql.temp_table(
        "account_of",
        f"""SELECT p.told_venue, p.venue, p.uid, n.number,
                EXISTS (SELECT 1 FROM ({clients.accounts.EVERY_UID}) c WHERE c.venue = p.venue AND c.uid = p.uid
                    AND c.client_id NOT IN (SELECT id FROM mine)) AS is_foreign,
                NOT EXISTS (SELECT 1 FROM trading_account a WHERE a.venue = p.venue AND a.uid = p.uid) AS is_new
            FROM account_placed p JOIN (SELECT venue, uid, number FROM account_new UNION {known}) n
                ON n.venue = p.venue AND n.uid = p.uid""",
    )


def put_accounts(session: WriteSession) -> None:
    used = """(SELECT DISTINCT a.number, a.venue, a.uid FROM account_of a WHERE a.is_new
               AND a.number IN (SELECT l.number FROM linked l JOIN fate f ON f.line = l.line AND f.fate = 'created'))"""
    bulk.insert(session, ACCOUNTS, used, ["number", "venue", "uid"])


def link(sql: Sql, incoming: str, keys: dict[str, str], entity: str, refusals: str) -> None:
    """`linked` for a table of facts: `keys` are its key columns after `number` and where each comes from."""
    names, values = list(keys), ", ".join(f"{source} AS {name}" for name, source in keys.items())
    same = " AND ".join(f"o.{name} = k.{name}" for name in ["number", *names])
    partition = ", ".join(["k.number", *(f"k.{name}" for name in names)])
    sql.temp_table(
        "linked",
        f"""WITH k AS (SELECT i.line, i.refused, i.uid, a.number, a.is_foreign, i.day AS fact_day, {values} FROM {incoming} i
                LEFT JOIN account_of a ON a.uid = i.uid AND a.told_venue IS NOT DISTINCT FROM i.venue)
            SELECT k.line, k.number, {", ".join(f"k.{name}" for name in names)}, o.number IS NOT NULL AS known, 'uid' AS matched_by,
                CASE WHEN NOT k.refused AND min(k.line) OVER (PARTITION BY k.refused, {partition}) < k.line
                     THEN min(k.line) OVER (PARTITION BY k.refused, {partition}) END AS twin,
                'UID' AS title, k.uid AS value,
                CASE WHEN k.refused THEN 'see its problems' WHEN k.uid IS NULL THEN 'is missing'
                     WHEN k.is_foreign THEN 'belongs to a client who is not in your book' {refusals} END AS refusal
            FROM k LEFT JOIN {entity} o ON {same}""",
    )


def link_days(sql: Sql, incoming: str) -> Target:
    # A day that says what its single trades add up to, such as one that was exported, is known and not refused.
    same = " AND ".join(f"(j.{name} IS NULL OR j.{name} = o.{name})" for name in AMOUNTS)
    counted = f"""WHEN NOT (o.number IS NOT NULL AND EXISTS (SELECT 1 FROM {incoming} j WHERE j.line = k.line AND {same}))
        AND EXISTS (SELECT 1 FROM daily_activity d WHERE d.number = k.number AND d.day = k.fact_day AND d.source = 'fills')"""
    missing = "WHEN k.fact_day IS NULL THEN 'has no day'"
    keys = {"day": "i.day", "product": "coalesce(i.product, 'other')", "instrument": "coalesce(i.instrument, '')"}
    link(
        sql,
        incoming,
        keys,
        "daily_activity",
        f"{missing} {counted} THEN 'this day is already counted from its single trades'",
    )
    fields = {"source": Field(default="'summary'"), **{name: Field(f"i.{name}") for name in AMOUNTS}}
    fields["volume_usd"] = Field("i.volume_usd", default="0")
    return Target(DAYS, fields, incoming)


def link_balances(sql: Sql, incoming: str) -> Target:
    link(sql, incoming, {"day": "i.day"}, "balance", "WHEN k.fact_day IS NULL THEN 'has no day'")
    return Target(
        BALANCES, {name: Field(f"i.{name}") for name in ("equity_usd", "deposits_usd", "withdrawals_usd")}, incoming
    )


def link_fills(sql: Sql, incoming: str) -> Target:
    counted = "WHEN EXISTS (SELECT 1 FROM daily_activity d WHERE d.number = k.number AND d.day = k.fact_day AND d.source = 'summary')"
    link(
        sql,
        incoming,
        {"fill_key": "i.fill_key"},
        "fill",
        f"WHEN k.fact_day IS NULL THEN 'has no time' {counted} THEN 'this day was already delivered as a daily summary'",
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
    return Target(FILLS, fields, incoming)


def put(session: WriteSession, target: Target) -> None:
    put_accounts(session)
    merge.insert_created(session, target)
    merge.update_changed(session, target)
