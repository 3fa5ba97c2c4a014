"""Up to which exchange day the numbers speak."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import db
from crm.ground import clock
from crm.trading.models import Balance, DailyActivity


def as_of(session: Session) -> date | None:
    """The day at whose close everything is measured: the newest in the facts, but never a day that is still open.

    A day of trading that lies ahead, or today, does not count yet. Without any trading the newest balance decides;
    without any facts there is no such day.
    """
    return db.once(session, _as_of)


def _as_of(session: Session) -> date | None:
    closed = clock.exchange_today() - timedelta(days=1)
    for day in (col(DailyActivity.day), col(Balance.day)):
        newest: date | None = session.connection().execute(sa.select(sa.func.max(day)).where(day <= closed)).scalar()
        if newest:
            return newest
    return None
