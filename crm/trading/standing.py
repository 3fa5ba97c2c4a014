"""The tier of every account at once: the same rules as `tiers`, as a handful of set-based statements."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session

from crm.db.sql import Sql
from crm.trading.owners import Owned
from crm.trading.policy import VOLUMES, WINDOW_DAYS, Condition, Policy
from crm.trading.tier_policies import in_force

NEVER = "DATE '9999-12-31'"

_CONDITIONS = """
    SELECT CAST(NULL AS UUID) AS policy_id, CAST('' AS VARCHAR) AS venue, 0 AS tier_rank, CAST('' AS VARCHAR) AS tier,
           0 AS route, 0 AS place, CAST('' AS VARCHAR) AS metric, CAST(0 AS DECIMAL(24, 8)) AS gte WHERE 1 = 0"""

# A day's volume by what it counts for, and how much there is from that day to the newest: the window from behind.
_REACHES = """
    SELECT number, metric, day, sum(volume) OVER (PARTITION BY number, metric ORDER BY day DESC) AS reach
    FROM (SELECT d.number, m.metric, d.day, sum(d.volume_usd) AS volume
          FROM (SELECT * FROM {activity}) d JOIN ({products}) m ON m.product = d.product
          WHERE d.day BETWEEN {as_of} - {window} + 1 AND {as_of} {chosen} GROUP BY 1, 2, 3) by_day"""

_METRICS = """
    WITH accounts AS (
        SELECT p.number, c.policy_id, p.first_day, p.equity_usd - coalesce(e.equity_usd, 0) AS equity_usd
        FROM trading_profile p LEFT JOIN equity_elsewhere e ON e.number = p.number
        LEFT JOIN client k ON k.number = p.number LEFT JOIN trading_account t ON t.number = p.number
        JOIN (SELECT DISTINCT policy_id, venue FROM tier_condition) c ON c.venue = coalesce(k.venue, t.venue)
        WHERE TRUE {chosen})
    SELECT a.number, a.policy_id, m.metric,
           CASE WHEN a.first_day IS NOT NULL THEN coalesce(r.volume, 0) END AS amount
    FROM accounts a CROSS JOIN (SELECT DISTINCT metric FROM ({products}) v) m
    LEFT JOIN (SELECT number, metric, max(reach) AS volume FROM tier_reach GROUP BY 1, 2) r
           ON r.number = a.number AND r.metric = m.metric
    UNION ALL SELECT number, policy_id, 'assets_usd', equity_usd FROM accounts
    UNION ALL SELECT number, policy_id, 'token_balance', NULL FROM accounts
    UNION ALL SELECT number, policy_id, 'always', 0 FROM accounts"""

# The window that ends on day D holds the threshold as long as it still begins on or before the newest day that reaches it.
_MEASURED = """
    SELECT m.number, c.policy_id, c.tier_rank, c.tier, c.route, c.place, c.metric, c.gte, m.amount,
           coalesce(m.amount >= c.gte, FALSE) AS is_met, m.amount IS NULL AS is_unknown,
           CASE WHEN coalesce(m.amount >= c.gte, FALSE) THEN 1.0
                ELSE greatest(0.0, CAST(coalesce(m.amount, 0) AS DOUBLE PRECISION) / CAST(c.gte AS DOUBLE PRECISION)) END AS share,
           coalesce(l.lost_on, {never}) AS lost_on
    FROM tier_metric m JOIN tier_condition c ON c.policy_id = m.policy_id AND c.metric = m.metric
    LEFT JOIN (SELECT r.number, r.metric, g.gte, max(r.day) + {window} AS lost_on
               FROM tier_reach r JOIN (SELECT DISTINCT metric, gte FROM tier_condition WHERE gte > 0) g
                 ON g.metric = r.metric AND r.reach >= g.gte GROUP BY 1, 2, 3) l
           ON l.number = m.number AND l.metric = c.metric AND l.gte = c.gte"""

# What a client has at venues other than its own, which give it no tier there.
_ELSEWHERE = """
    SELECT o.owner AS number, sum(b.equity_usd) AS equity_usd
    FROM (SELECT number, equity_usd, row_number() OVER (PARTITION BY number ORDER BY day DESC) AS place FROM balance
          WHERE number IN (SELECT number FROM account_owner WHERE NOT at_home) AND equity_usd IS NOT NULL AND day <= {as_of}) b
    JOIN account_owner o ON o.number = b.number WHERE b.place = 1 GROUP BY o.owner"""

_STANDING = """
    INSERT INTO trading_tier (number, as_of, policy_id, tier, next_tier, gap_metric, gap_usd, falls_on, falls_to)
    WITH route AS (
        SELECT number, policy_id, tier_rank, tier, route, bool_and(is_met) AS is_met, bool_or(is_unknown) AS is_unknown,
               min(share) AS share, min(lost_on) AS lost_on
        FROM tier_measured GROUP BY 1, 2, 3, 4, 5),
    now AS (SELECT number, policy_id, coalesce(max(tier_rank) FILTER (WHERE is_met), -1) AS tier_rank FROM route GROUP BY 1, 2),
    fall AS (SELECT r.number, max(r.lost_on) AS falls_on FROM route r
             JOIN now n ON n.number = r.number AND n.tier_rank = r.tier_rank WHERE r.is_met GROUP BY 1),
    landing AS (SELECT r.number, max(r.tier_rank) AS tier_rank FROM route r
                JOIN fall f ON f.number = r.number AND r.lost_on > f.falls_on WHERE r.is_met GROUP BY 1),
    above AS (SELECT r.*, row_number() OVER (PARTITION BY r.number ORDER BY r.tier_rank, r.share DESC, r.route) AS choice
              FROM route r JOIN now n ON n.number = r.number AND r.tier_rank > n.tier_rank WHERE NOT r.is_unknown),
    gap AS (SELECT m.number, a.tier AS next_tier, m.metric, m.gte - m.amount AS missing,
                   row_number() OVER (PARTITION BY m.number ORDER BY m.share, m.place) AS choice
            FROM above a JOIN tier_measured m ON m.number = a.number AND m.route = a.route AND NOT m.is_met
            WHERE a.choice = 1),
    names AS (SELECT DISTINCT policy_id, tier_rank, tier FROM tier_condition)
    SELECT n.number, {as_of}, n.policy_id, t.tier, g.next_tier, g.metric, g.missing,
           CASE WHEN f.falls_on < {never} THEN f.falls_on END, CASE WHEN f.falls_on < {never} THEN b.tier END
    FROM now n
    LEFT JOIN fall f ON f.number = n.number
    LEFT JOIN landing l ON l.number = n.number
    LEFT JOIN gap g ON g.number = n.number AND g.choice = 1
    LEFT JOIN names t ON t.policy_id = n.policy_id AND t.tier_rank = n.tier_rank
    LEFT JOIN names b ON b.policy_id = n.policy_id AND b.tier_rank = l.tier_rank"""


def refresh(session: Session, as_of: date, owned: Owned) -> None:
    """Write the tier of every profiled client and account concerned whose venue has a policy in force."""
    policies = in_force(session, as_of)
    if not policies:
        return
    sql = Sql(session)
    words = {
        "as_of": f"DATE '{as_of.isoformat()}'",
        "window": str(WINDOW_DAYS),
        "never": NEVER,
        "products": _products(),
    }
    chosen = f"IN (SELECT number FROM {owned.numbers})" if owned.numbers else ""
    sql.temp_table("tier_condition", _CONDITIONS)
    sql.bind.execute(
        sa.text(
            "INSERT INTO tier_condition VALUES (:policy_id, :venue, :tier_rank, :tier, :route, :place, :metric, :gte)"
        ),
        [line for policy in policies for line in _lines(policy)],
    )
    reaches = _REACHES.format(
        activity=owned.activity_at_home, chosen=f"AND d.number {chosen}" if chosen else "", **words
    )
    sql.temp_table("tier_reach", reaches)
    sql.temp_table("equity_elsewhere", _ELSEWHERE.format(**words))
    sql.temp_table("tier_metric", _METRICS.format(chosen=f"AND p.number {chosen}" if chosen else "", **words))
    sql.temp_table("tier_measured", _MEASURED.format(**words))
    sql.run(_STANDING.format(**words))
    sql.drop("tier_measured", "tier_metric", "equity_elsewhere", "tier_reach", "tier_condition")


def _products() -> str:
    pairs = [(metric, str(product)) for metric, products in VOLUMES.items() for product in products]
    return " UNION ALL ".join(f"SELECT '{metric}' AS metric, '{product}' AS product" for metric, product in pairs)


def _lines(policy: Policy) -> Sequence[Mapping[str, object]]:
    """One line for each condition; a route without any has one that always holds."""
    always = (Condition("always", Decimal(0)),)
    return [
        {
            "policy_id": policy.id,
            "venue": policy.venue,
            "tier_rank": policy.rank(route.tier),
            "tier": route.tier,
            "route": at,
            "place": place,
            "metric": condition.metric,
            "gte": condition.gte,
        }
        for at, route in enumerate(policy.routes)
        for place, condition in enumerate(route.all or always)
    ]
