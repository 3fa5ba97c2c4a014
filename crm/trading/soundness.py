"""Days that were rolled up from trades equal their trades."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import Session

from crm.db import soundness

_DAYS = """
    WITH fills AS (SELECT number, day, product, instrument, sum(volume_usd) AS volume, count(*) AS trades
                   FROM fill GROUP BY number, day, product, instrument),
         days AS (SELECT number, day, product, instrument, volume_usd AS volume, trades
                  FROM daily_activity WHERE source = 'fills')
    SELECT count(*) FROM fills f FULL JOIN days d
        ON d.number = f.number AND d.day = f.day AND d.product = f.product AND d.instrument = f.instrument
    WHERE (d.volume IS DISTINCT FROM f.volume OR d.trades IS DISTINCT FROM f.trades) AND {not_a_summary}"""
# Where a summary was delivered for the same day and product, it stands and the fills are not rolled up beside it.
_NOT_A_SUMMARY = """NOT EXISTS (SELECT 1 FROM daily_activity s WHERE s.source = 'summary' AND s.number = f.number
    AND s.day = f.day AND s.product = f.product AND s.instrument = f.instrument)"""


@soundness.check(
    "days",
    well="Days rolled up from fills equal their fills.",
    remedy="Import the trades of these days again.",
)
def days(session: Session) -> Iterator[str]:
    """A day that was rolled up from fills equals its fills."""
    count = session.connection().scalar(sa.text(_DAYS.format(not_a_summary=_NOT_A_SUMMARY)))
    if count:
        yield f"{count:,} days of daily_activity differ from their fills"
