"""Which fill a row is. An id of a trade is unique only within its market, and an order's id names each of its partial fills.

A key is `id X`; where file or store have X for another fill as well, `id X @ MARKET`; where even that is not enough,
`id X @ MARKET` with the moment, the volume and the side. Keys that stand in the store are never changed: the journal knows them.
"""

from collections.abc import Iterator

from crm.db.sql import Sql
from crm.intake import same_rows
from crm.intake.guesses import Guess
from crm.intake.mapping import Mapping
from crm.intake.same_rows import FIRST, MOST_REMARKED, NAMESAKE
from crm.intake.staging import Staging
from crm.intake.steps import Remark

ONE_FILL, SEVERAL_MARKETS, SEVERAL_FILLS = 0, 1, 2  # what the file shows of the id of a row
_NEAR_SECONDS, _NEAR_SHARE = 60, 0.001  # two exports of one venue round times and amounts
_BESIDE = ("venue", "uid")
_TELL_APART = ("traded_at", "price", "quantity", "volume_usd", "side")


def market(instrument: str) -> str:
    """SQL for an instrument as it is compared: BTC-USDT, BTC/USDT and btcusdt are one."""
    return f"translate(upper(coalesce({instrument}, '')), '-_/ .', '')"


def lay_out_reuse(staging: Staging, mapping: Mapping) -> None:
    """`reuse` of `fills`: whether the file has the id of a row for other fills, too."""
    kind_of_id = "CAST(0 AS INTEGER)"
    said = same_rows.said_of(staging, mapping, "trade_id")
    if said != FIRST and same_rows.repeats(staging, mapping, "trade_id", _BESIDE):
        deed = "concat_ws('|', epoch_ms(traded_at), volume_usd, side)"
        differ = "min({0}) OVER (PARTITION BY {1}) <> max({0}) OVER (PARTITION BY {1})"
        of_id = "refused, venue, uid, fill_key"
        kind_of_id = f"""CASE WHEN NOT starts_with(fill_key, 'id ') THEN {ONE_FILL}
            WHEN {differ.format(deed, f"{of_id}, {market('instrument')}")} THEN {SEVERAL_FILLS}
            WHEN {differ.format(market("instrument"), of_id)} THEN {SEVERAL_MARKETS} ELSE {ONE_FILL} END"""
    staging.run(f"CREATE OR REPLACE VIEW incoming AS SELECT *, {kind_of_id} AS reuse FROM fills")
    if kind_of_id.startswith("CASE"):  # the rows are looked at more than once
        staging.run("CREATE OR REPLACE TABLE reusing AS FROM incoming")
        staging.run("CREATE OR REPLACE VIEW incoming AS FROM reusing")


def guesses(staging: Staging, mapping: Mapping) -> Iterator[Guess]:
    """Of ids that the file has for several fills."""
    return same_rows.of_ids(staging, mapping, "trade_id", ("instrument", *_TELL_APART), _BESIDE)


def lay_out_fitted(sql: Sql, incoming: str) -> bool:
    """`fitted` (line, fill_key): the keys of rows whose id alone does not say which fill they are. False where there are none."""
    sql.drop("fitted")
    accounts = "o.number IN (SELECT number FROM account_of)"
    is_held = sql.scalar(f"SELECT 1 FROM fill o WHERE {accounts} AND o.fill_key LIKE 'id %' LIMIT 1") is not None
    is_reused = sql.scalar(f"SELECT 1 FROM {incoming} i WHERE i.reuse > 0 LIMIT 1") is not None
    if not (is_held or is_reused):
        return False
    sql.temp_table(
        "doubtful",
        f"""WITH longer AS (SELECT DISTINCT o.number, split_part(o.fill_key, ' @ ', 1) AS fill_key FROM fill o
                WHERE {accounts} AND o.fill_key LIKE 'id % @ %')
            SELECT i.line, a.number, i.fill_key, i.reuse, i.traded_at, i.volume_usd, i.instrument,
                i.fill_key || ' @ ' || {market("i.instrument")} AS of_market,
                i.fill_key || ' @ ' || {market("i.instrument")} || ' ' || {_deed("i")} AS of_deed
            FROM {incoming} i JOIN account_of a ON a.uid = i.uid AND a.written_venue IS NOT DISTINCT FROM i.venue
            LEFT JOIN fill o ON o.number = a.number AND o.fill_key = i.fill_key
            LEFT JOIN longer l ON l.number = a.number AND l.fill_key = i.fill_key
            WHERE NOT i.refused AND i.fill_key LIKE 'id %'
                AND (i.reuse > 0 OR l.number IS NOT NULL OR (o.number IS NOT NULL AND {_is_other("o", "i")}))""",
    )
    sql.temp_table("fitted", _fitted())
    sql.drop("doubtful")
    return True


def remark_namesakes(sql: Sql) -> list[Remark]:
    """The fills whose id another fill of ours has; of those of one file a guess tells."""
    if not sql.has_temporary("fitted"):
        return []
    found = sql.rows(
        f"""SELECT q.line FROM fitted q JOIN outcomes f ON f.line = q.line
            WHERE q.is_namesake AND f.outcome = 'created' LIMIT {MOST_REMARKED}"""
    )
    return [(line, "", NAMESAKE) for (line,) in found]


def _fitted() -> str:
    """The key under which the store has this very fill, or else the shortest that no other fill has."""
    is_same = f"""CASE WHEN d.reuse = {SEVERAL_FILLS} THEN o.traded_at = d.traded_at AND o.volume_usd = CAST(d.volume_usd AS DECIMAL(24, 8))
        ELSE NOT {_is_other("o", "d")} END"""
    forms = (("of_deed", "TRUE"), ("of_market", is_same), ("fill_key", is_same))
    every = " UNION ALL ".join(
        f"""SELECT d.line, o.fill_key, {rank} AS rank, {condition} AS is_same, {_is_same_deed("o", "d")} AS is_very_same
            FROM doubtful d JOIN fill o ON o.number = d.number AND o.fill_key = d.{form}"""
        for rank, (form, condition) in enumerate(forms)
    )
    best = "row_number() OVER (PARTITION BY line ORDER BY CASE WHEN is_very_same THEN 0 ELSE 1 END, rank)"
    return f"""WITH held AS ({every}),
            known AS (SELECT line, fill_key FROM (SELECT line, fill_key, {best} AS place FROM held WHERE is_same) h WHERE place = 1)
        SELECT d.line, coalesce(k.fill_key, CASE
            WHEN d.reuse = {SEVERAL_FILLS} OR h1.line IS NOT NULL THEN d.of_deed
            WHEN d.reuse = {SEVERAL_MARKETS} OR h2.line IS NOT NULL THEN d.of_market
            ELSE d.fill_key END) AS fill_key,
            d.reuse = {ONE_FILL} AND k.line IS NULL AND (h1.line IS NOT NULL OR h2.line IS NOT NULL) AS is_namesake
        FROM doubtful d LEFT JOIN known k ON k.line = d.line
        LEFT JOIN held h1 ON h1.line = d.line AND h1.rank = 1 LEFT JOIN held h2 ON h2.line = d.line AND h2.rank = 2"""


def _deed(row: str) -> str:
    moment = f"CAST(round(extract(epoch FROM {row}.traded_at) * 1000) AS BIGINT)"
    volume = f"CAST({row}.volume_usd AS DECIMAL(24, 8))"
    return f"concat_ws(' ', {moment}, coalesce(CAST({volume} AS VARCHAR), '-'), {row}.side)"


def _is_other(held: str, row: str) -> str:
    """What the store holds under an id is another fill: of another market, or of another moment and another amount."""
    near_time, near_amount = _is_near_time(held, row), _is_near_amount(held, row)
    markets = market(f"{held}.instrument"), market(f"{row}.instrument")
    same_market = f"({markets[0]} = {markets[1]} OR {markets[0]} = '' OR {markets[1]} = '')"
    return f"(NOT {_is_same_deed(held, row)} AND (NOT {same_market} OR NOT ({near_time} OR {near_amount})))"


def _is_same_deed(held: str, row: str) -> str:
    return f"({_is_near_time(held, row)} AND {_is_near_amount(held, row)})"


def _is_near_time(held: str, row: str) -> str:
    apart = f"extract(epoch FROM {held}.traded_at) - extract(epoch FROM {row}.traded_at)"
    return f"(coalesce(abs({apart}), 0) < {_NEAR_SECONDS})"


def _is_near_amount(held: str, row: str) -> str:
    was, now = (f"coalesce({one}.volume_usd, 0)" for one in (held, row))
    return f"(abs({was} - {now}) <= {_NEAR_SHARE} * abs({now}))"
