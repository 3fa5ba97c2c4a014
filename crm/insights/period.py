"""The days that numbers speak of, and the equally many before them."""

from dataclasses import dataclass
from datetime import date, timedelta

from crm.ground.errors import InvalidError

SPANS, USUAL_SPAN = ("7", "30", "90", "quarter", "custom"), "30"
QUARTER = 3  # months


@dataclass(frozen=True)
class Period:
    """Exchange days from `since` to `until`, both included."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise InvalidError("A period ends on or after the day on which it begins.")

    @classmethod
    def ending(cls, until: date, days: int = 30) -> "Period":
        return cls(until - timedelta(days=days - 1), until)

    @classmethod
    def of_span(cls, span: str, last: date, *, since: date | None = None, until: date | None = None) -> "Period":
        """So many days until the last day told, the quarter so far, or `custom` from one day to another."""
        if span == "custom" and since:
            return cls(since, max(since, until or last))
        if span == "quarter":
            return cls(date(last.year, (last.month - 1) // QUARTER * QUARTER + 1, 1), last)
        return cls.ending(last, int(span) if span.isdigit() else int(USUAL_SPAN))

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def previous(self) -> "Period":
        """As many days, ending on the day before."""
        return Period.ending(self.since - timedelta(days=1), self.days)

    def each_day(self) -> list[date]:
        return [self.since + timedelta(days=n) for n in range(self.days)]

    def points(self, count: int = 7) -> list[date]:
        """Days at which a standing is taken: the last of the previous period, the last of this one, and some between."""
        steps = min(count - 1, self.days)
        return [self.since + timedelta(days=self.days * n // steps - 1) for n in range(steps + 1)]
