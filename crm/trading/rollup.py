"""Days out of fills: what is derived is recomputed for the days that were touched, and is not journalled."""

from uuid import UUID

from sqlmodel import Session

from crm import journal
from crm.db.sql import Sql
from crm.trading import profiles

# A side with nothing known stays NULL; where something is known, its sum stands.
_ROLLED = """
    INSERT INTO daily_activity (number, day, product, instrument, source, volume_usd, maker_volume_usd, trades,
                                fees_usd, rebates_usd, realised_pnl_usd)
    SELECT f.number, f.day, f.product, f.instrument, 'fills', sum(f.volume_usd),
           sum(CASE WHEN f.is_maker THEN f.volume_usd WHEN NOT f.is_maker THEN 0 END), count(*),
           sum(CASE WHEN f.fee_usd > 0 THEN f.fee_usd WHEN f.fee_usd <= 0 THEN 0 END),
           sum(CASE WHEN f.fee_usd < 0 THEN -f.fee_usd WHEN f.fee_usd >= 0 THEN 0 END),
           sum(f.realised_pnl_usd)
    FROM fill f JOIN (SELECT DISTINCT number, day FROM {touched}) t ON t.number = f.number AND t.day = f.day
    GROUP BY f.number, f.day, f.product, f.instrument"""


def roll_up(session: Session, touched: str) -> int:
    """Recompute the days of a temporary table (number, day) from their fills; gives the number of rows that stand there now.

    fees_usd is what was charged and rebates_usd what was paid back, both positive; days from summaries are left alone.
    """
    sql = Sql(session)
    with journal.noted(session):
        sql.run(
            f"""DELETE FROM daily_activity AS a USING (SELECT DISTINCT number, day FROM {touched}) t
                WHERE a.number = t.number AND a.day = t.day AND a.source = 'fills'"""
        )
        return int(sql.run(_ROLLED.format(touched=touched)).rowcount)


def retouch(session: Session, *, undo: UUID, undone: UUID) -> int:
    """After an undo over facts or accounts: the days and profiles of its change set, and of the one that it took back, again.

    Gives the number of account-days that it touched.
    """
    sql = Sql(session)
    sql.temp_table(
        "retouched",
        """WITH lines AS (
               SELECT entity, entity_key, before, after, CAST(split_part(entity_key, '|', 1) AS BIGINT) AS number
               FROM change WHERE change_set_id IN (:undo, :undone) AND entity IN ('fill', 'daily_activity', 'balance'))
           SELECT entity, number, CAST(before->>'day' AS DATE) AS day FROM lines WHERE before->>'day' IS NOT NULL
           UNION SELECT entity, number, CAST(after->>'day' AS DATE) FROM lines WHERE after->>'day' IS NOT NULL
           UNION SELECT l.entity, f.number, f.day FROM lines l
               JOIN fill f ON l.entity = 'fill' AND f.number = l.number
                          AND f.fill_key = substr(l.entity_key, strpos(l.entity_key, '|') + 1)
           UNION SELECT entity, number, NULL FROM lines
           UNION SELECT x.entity, CAST(x.entity_key AS BIGINT), NULL FROM change x
               WHERE x.change_set_id IN (:undo, :undone) AND x.entity = 'further_account'
           UNION SELECT x.entity, c.number, NULL FROM change x
               JOIN client c ON CAST(c.id AS VARCHAR) IN (x.before->>'client_id', x.after->>'client_id')
               WHERE x.change_set_id IN (:undo, :undone) AND x.entity = 'further_account'
           UNION SELECT entity, CAST(coalesce(after, before)->>'number' AS BIGINT), NULL FROM change
               WHERE change_set_id IN (:undo, :undone) AND entity = 'client' AND coalesce(after, before)->>'number' IS NOT NULL""",
        {"undo": undo, "undone": undone},
    )
    touched = int(sql.scalar("SELECT count(DISTINCT (number, day)) FROM retouched WHERE day IS NOT NULL"))
    sql.temp_table(
        "retouched_day", "SELECT DISTINCT number, day FROM retouched WHERE entity = 'fill' AND day IS NOT NULL"
    )
    roll_up(session, "retouched_day")
    profiles.refresh(session, "retouched")
    sql.drop("retouched_day", "retouched")
    return touched
