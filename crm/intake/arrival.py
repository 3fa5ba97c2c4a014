"""The checked rows of a file on their way in, and who brings them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from crm.db.sessions import Who
from crm.db.sql import Sql
from crm.intake.mapping import Mapping as ColumnMapping
from crm.intake.staging import Staging


@dataclass(frozen=True)
class Importer:
    """Who imports: `by` whose leave, and whose file it is; that is "me" in it, and has what names nobody."""

    by: Who
    me_id: UUID

    @property
    def me(self) -> str:
        """As SQL."""
        return f"CAST('{self.me_id}' AS uuid)"


@dataclass(frozen=True)
class Arrival:
    """A file whose rows were checked, in the session in which they meet the store.

    `erased`: the fields that an empty cell empties.
    """

    sql: Sql
    staging: Staging
    mapping: ColumnMapping
    importer: Importer
    erased: Sequence[str] = ()

    def incoming(self, columns: Mapping[str, str]) -> str:
        """By what name the session knows the rows; `columns` are those of them that count, and their PostgreSQL types."""
        erasing = {f"erases_{name}": "boolean" for name in self.erased}
        return self.staging.hand_over(self.sql.session, "incoming", {**columns, **erasing})
