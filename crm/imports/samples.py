"""What some cells of a file mean as days and moments, before anybody decides on a zone or an order."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from crm.ground.config import settings
from crm.imports import batches, staging_pool
from crm.intake.checking import cells
from crm.intake.kinds import Column, Type, kind_called
from crm.intake.mapping import Mapping
from crm.people import Person

SAMPLES = 3
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Conversion:
    """A cell as it stands, the moment that it means (None: the column holds days), and the exchange's day of it."""

    header: str
    raw: str
    at: datetime | None
    day: date | None


def conversions(
    session: Session, viewer: Person, batch_id: UUID, *, time_zone: str = "", date_order: str = ""
) -> list[Conversion]:
    """Three cells of the first column of times, or else of days, read in a zone and an order.

    Raises:
        InvalidError: days and months could be read both ways; the sentence asks which.
    """
    batch = batches.get(session, viewer, batch_id)
    mapping, kind = Mapping.of(batch.mapping), kind_called(batch.kind)
    found = next(
        (
            c
            for type_ in (Type.MOMENT, Type.DAY)
            for c in kind.columns
            if c.type is type_ and mapping.first(c.field) is not None
        ),
        None,
    )
    if not found:
        return []
    order = date_order or mapping.date_orders.get(found.field)
    read = replace(mapping, time_zone=time_zone or mapping.time_zone, date_orders={found.field: order} if order else {})
    with staging_pool.held(batch) as staging:
        index = mapping.columns[found.field][0]
        parsed = cells.parsed(found, "v", staging, index, read)
        rows = staging.cached(
            f"""SELECT v, CAST(epoch_us(f) AS BIGINT), {_day(found)} FROM (SELECT v, {parsed.value} AS f FROM (
                    SELECT DISTINCT nullif(trim(c{index}), '') AS v FROM (SELECT c{index} FROM raw LIMIT 5000)) d
                WHERE v IS NOT NULL ORDER BY v LIMIT {SAMPLES})"""
        )
    return [
        Conversion(staging.header[index], raw, _moment(at) if found.type is Type.MOMENT else None, day)
        for raw, at, day in rows
    ]


def _day(column: Column) -> str:
    return f"CAST(timezone('{settings().exchange_zone}', f) AS DATE)" if column.type is Type.MOMENT else "f"


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else EPOCH + timedelta(microseconds=microseconds)
