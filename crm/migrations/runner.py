"""Bringing a database to the newest revision."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from crm.ground.errors import CrmError

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Pending:
    """Where a database stands (None: it is empty) and where it ought to be."""

    current: str | None
    newest: str

    @property
    def is_current(self) -> bool:
        return self.current == self.newest


def revisions() -> list[str]:
    """Every revision, oldest first: their files are numbered."""
    return sorted(path.name.split("_")[0] for path in (HERE / "versions").glob("[0-9]*.py"))


def pending(engine: Engine) -> Pending:
    """Where a database stands; asked at every start, so without loading Alembic."""
    with engine.connect() as connection:
        known = sa.inspect(connection).has_table("alembic_version")
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() if known else None
    return Pending(found, revisions()[-1])


def upgrade(engine: Engine, *, before_change: Callable[[], None] | None = None) -> bool:
    """Run what is missing in one transaction; `before_change` is called first if the database holds anything already."""
    state = pending(engine)
    if state.is_current:
        return False
    if state.current and state.current not in revisions():
        raise CrmError("This database was made by a newer version of VIP Desk; start that version instead.")
    if state.current and before_change:
        before_change()
    with engine.begin() as connection:
        run(connection)
    return True


def run(connection: sa.Connection, revision: str = "head") -> None:
    """Run what is missing up to a revision, in the transaction of this connection."""
    from alembic import command  # noqa: PLC0415 -- a second that a start on a current database does not wait for
    from alembic.config import Config  # noqa: PLC0415

    settings = Config()
    settings.set_main_option("script_location", str(HERE))
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)
