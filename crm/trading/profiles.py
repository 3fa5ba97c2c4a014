"""One row per client (or unclaimed account) of what it trades now, recomputed set-based whenever facts change."""

from datetime import date

from sqlmodel import Session

from crm.db.sql import Sql
from crm.ground import clock
from crm.trading import days, owners, standing

# Windows end at :as_of inclusive: 7 and 30 days, and the 30 days before those. A sum of which nothing is known is NULL.
_PROFILES = """
    INSERT INTO trading_profile (number, as_of, first_day, last_day, active_days_30, volume_7d_usd, volume_30d_usd,
        volume_previous_30d_usd, volume_total_usd, maker_volume_30d_usd, fees_30d_usd, rebates_30d_usd,
        realised_pnl_30d_usd, equity_usd, net_deposits_30d_usd, main_product, computed_at)
    WITH activity AS (
        SELECT number, min(day) AS first_day, max(day) FILTER (WHERE volume_usd > 0) AS last_day,
               count(DISTINCT day) FILTER (WHERE {last_30} AND volume_usd > 0) AS active_days_30,
               sum(volume_usd) FILTER (WHERE {last_7}) AS volume_7d,
               sum(volume_usd) FILTER (WHERE {last_30}) AS volume_30d,
               sum(volume_usd) FILTER (WHERE {previous_30}) AS volume_previous_30d,
               sum(volume_usd) AS volume_total,
               sum(maker_volume_usd) FILTER (WHERE {last_30}) AS maker_volume_30d,
               sum(fees_usd) FILTER (WHERE {last_30}) AS fees_30d,
               sum(rebates_usd) FILTER (WHERE {last_30}) AS rebates_30d,
               sum(realised_pnl_usd) FILTER (WHERE {last_30}) AS realised_pnl_30d
        FROM {activity} WHERE day <= {as_of} {chosen} GROUP BY number),
    products AS (
        SELECT number, product, row_number() OVER (PARTITION BY number ORDER BY sum(volume_usd) DESC, product) AS place
        FROM {activity} WHERE {last_30} {chosen} GROUP BY number, product HAVING sum(volume_usd) > 0),
    flows AS (
        SELECT number, sum(coalesce(deposits_usd, 0) - coalesce(withdrawals_usd, 0))
                           FILTER (WHERE {last_30} AND coalesce(deposits_usd, withdrawals_usd) IS NOT NULL) AS net_deposits
        FROM {balances} WHERE day <= {as_of} {chosen} GROUP BY number),
    equity AS (
        SELECT number, sum(equity_usd) AS equity_usd FROM (
            SELECT number, equity_usd, row_number() OVER (PARTITION BY account ORDER BY day DESC) AS place
            FROM {balances} WHERE day <= {as_of} AND equity_usd IS NOT NULL {chosen}) newest
        WHERE place = 1 GROUP BY number),
    accounts AS (SELECT number FROM activity UNION SELECT number FROM flows)
    SELECT n.number, {as_of}, a.first_day, a.last_day, coalesce(a.active_days_30, 0), coalesce(a.volume_7d, 0),
           coalesce(a.volume_30d, 0), coalesce(a.volume_previous_30d, 0), coalesce(a.volume_total, 0), a.maker_volume_30d,
           a.fees_30d, a.rebates_30d, a.realised_pnl_30d, e.equity_usd, f.net_deposits, p.product, :now
    FROM accounts n
    LEFT JOIN activity a ON a.number = n.number
    LEFT JOIN products p ON p.number = n.number AND p.place = 1
    LEFT JOIN flows f ON f.number = n.number
    LEFT JOIN equity e ON e.number = n.number"""


def refresh(session: Session, numbers: str | None = None, *, as_of: date | None = None) -> int:
    """Recompute profiles and tiers of all clients and accounts, or of those in a temporary table with a column `number`.

    `as_of` is `days.as_of` unless given. When it has moved since the last time, all accounts are recomputed, so that every
    profile speaks of the same day. A client's further accounts count with its own. An account without any row of trading has
    `first_day` NULL: its volumes are unknown, not 0. Gives the number of profiles recomputed.
    """
    sql = Sql(session)
    as_of = as_of or days.as_of(session)
    if not as_of:
        numbers = None  # there is nothing left to speak of
    elif numbers and sql.scalar("SELECT count(*) FROM trading_profile WHERE as_of <> :as_of", {"as_of": as_of}):
        numbers = None
    owned = owners.lay_out(sql, numbers)
    chosen = f"number IN (SELECT number FROM {owned.numbers})" if owned.numbers else ""
    for table in ("trading_profile", "trading_tier"):
        sql.run(f"DELETE FROM {table} WHERE {chosen or 'TRUE'}")
    if as_of is None:
        return 0
    facts = {"activity": owned.activity, "balances": owned.balances}
    statement = _PROFILES.format(chosen=f"AND {chosen}" if chosen else "", **facts, **_windows(as_of))
    made = sql.run(statement, {"now": clock.now()}).rowcount
    standing.refresh(session, as_of, owned)
    return int(made)


def _windows(as_of: date) -> dict[str, str]:
    day = f"DATE '{as_of.isoformat()}'"
    return {
        "as_of": day,
        "last_7": f"day BETWEEN {day} - 6 AND {day}",
        "last_30": f"day BETWEEN {day} - 29 AND {day}",
        "previous_30": f"day BETWEEN {day} - 59 AND {day} - 30",
    }
