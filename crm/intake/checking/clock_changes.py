"""Local times that a clock change leaves out, or has twice: the first are shifted past the gap, of the others it is the first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from crm.ground.messages import Message
from crm.intake.checking import cells
from crm.intake.kinds import Column, Type
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging, literal

SKIPPED = Message("is an hour that the clock skips on this day; it is read an hour later")
TWICE = Message("is an hour that the clock has twice on this day; it is read as the first of them")
_OTHER_ZONES = ("UTC", "Etc/GMT+12")
_MOST_YEARS = 60


@dataclass(frozen=True)
class _Change:
    """A moment at which the clock of a zone goes forward (a gap), or back, and by how much."""

    at: datetime
    by: timedelta
    offset: timedelta

    @property
    def near(self) -> str:
        """SQL for the moments, as the store reads them, of local times in doubt."""
        return f"f >= TIMESTAMPTZ '{self.at.isoformat()}' AND f < TIMESTAMPTZ '{(self.at + abs(self.by)).isoformat()}'"

    @property
    def doubtful(self) -> str:
        """SQL for local times that there are not, or twice."""
        first = self.at + min(self.offset, self.offset + self.by)
        last = first + abs(self.by)
        return f"l >= TIMESTAMPTZ '{first.isoformat()}' AND l < TIMESTAMPTZ '{last.isoformat()}'"


def settle(staging: Staging, columns: Sequence[tuple[Column, int]], mapping: Mapping) -> None:
    """Read doubtful moments of `checked` as the field does (PEP 495), and say so of their rows."""
    if mapping.time_zone == "UTC" or mapping.time_zone.startswith(("Etc/", "GMT")):
        return
    for column, index in columns:
        if column.type is Type.MOMENT and index < len(staging.table.header):
            _settle(staging, column, index, mapping)


def _settle(staging: Staging, column: Column, index: int, mapping: Mapping) -> None:
    field = f'"{column.field}"'
    first, last = staging.run(f"SELECT year(min({field})), year(max({field})) FROM checked WHERE NOT refused")[0]
    if first is None or last - first > _MOST_YEARS:
        return
    for change in _changes(ZoneInfo(mapping.time_zone), first, last):
        near = f"SELECT line FROM checked WHERE NOT refused AND {change.near.replace('f ', f'{field} ')}"
        if staging.one(f"SELECT count(*) FROM ({near})"):
            _decide(staging, column, index, mapping, change, near)


def _decide(staging: Staging, column: Column, index: int, mapping: Mapping, change: _Change, near: str) -> None:
    read = [
        cells.parsed(column, f"v{index}", staging, index, replace(mapping, time_zone=zone)) for zone in _OTHER_ZONES
    ]
    texts = ", ".join(f"nullif(trim(c{i}), '') AS v{i}" for i in sorted({index, *read[0].beside}))
    local, other = (parsed.value for parsed in read)
    staging.run(f"""
        CREATE OR REPLACE TEMP TABLE doubtful AS SELECT line, v FROM (
            SELECT line, v{index} AS v, {local} AS l, {other} AS o FROM (SELECT line, {texts} FROM raw WHERE line IN ({near})))
        WHERE l <> o AND {change.doubtful}""")  # what names a zone is the same moment in all
    if change.by < timedelta():
        minutes = -change.by // timedelta(minutes=1)
        staging.run(
            f'UPDATE checked SET "{column.field}" = "{column.field}" - to_minutes({minutes}) WHERE line IN (SELECT line FROM doubtful)'
        )
    reason = SKIPPED if change.by > timedelta() else TWICE
    staging.run(
        f"INSERT INTO problem SELECT line, {literal(staging.header[index])}, v, {literal(reason.stored())}, FALSE FROM doubtful"
    )
    staging.run("DROP TABLE doubtful")


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[_Change]:
    """Those of some years, found day by day and then to the minute."""
    day, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 2, tzinfo=UTC)
    while day < end:
        following = day + timedelta(days=1)
        before, after = _offset(zone, day), _offset(zone, following)
        if before != after:
            early, late = day, following
            while late - early > timedelta(minutes=1):
                middle = early + (late - early) / 2
                early, late = (middle, late) if _offset(zone, middle) == before else (early, middle)
            yield _Change(late.replace(second=0, microsecond=0), after - before, before)
        day = following


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
