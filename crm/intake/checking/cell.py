"""One mapped column of a file, in the SQL that checks it."""

from dataclasses import dataclass

from crm.intake.checking.parsed import Parsed
from crm.intake.kinds import Column


@dataclass(frozen=True)
class Cell:
    """One mapped column of the file: where its text stands, and how it is understood."""

    column: Column
    index: int
    parsed: Parsed

    @property
    def v(self) -> str:
        return f"v{self.index}"

    @property
    def f(self) -> str:
        return f"f_{self.column.field}_{self.index}"

    @property
    def is_odd(self) -> str:
        """There is something to say of it."""
        wrong = self._sql(" OR ".join(filter(None, (self.parsed.wrong, self.parsed.ahead))))
        return f"({self.v} IS NOT NULL AND ({self.f} IS NULL{f' OR ({wrong})' if wrong else ''}))"

    @property
    def is_ahead(self) -> str:
        return f"coalesce({self._sql(self.parsed.ahead)}, FALSE)"

    @property
    def is_wrong(self) -> str:
        return f"({self.is_odd} AND NOT {self.is_nothing})"

    @property
    def is_nothing(self) -> str:
        return f"({self.v} IS NOT NULL AND {self.f} IS NULL AND {self._sql(self.parsed.nothing)})"

    @property
    def is_empty(self) -> str:
        return f"({self.v} IS NULL OR {self.is_nothing})"

    def _sql(self, condition: str) -> str:
        return condition.replace("{v}", self.v).replace("{f}", self.f)
