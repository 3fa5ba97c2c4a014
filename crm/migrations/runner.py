"""Bringing a database to the newest revision."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from crm.errors import CrmError


@dataclass(frozen=True)
class Pending:
    """Where a database stands (None: it is empty) and where it ought to be."""

    current: str | None
    newest: str

    @property
    def is_current(self) -> bool:
        return self.current == self.newest


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    return made


def pending(engine: Engine) -> Pending:
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    newest = ScriptDirectory.from_config(config()).get_current_head()
    if newest is None:
        raise CrmError("No migrations were found beside the program; install it again.")
    return Pending(current, newest)


def upgrade(engine: Engine, *, before_change: Callable[[], None] | None = None) -> bool:
    """Run what is missing in one transaction; `before_change` is called first if the database holds anything already."""
    state = pending(engine)
    if state.is_current:
        return False
    known = {revision.revision for revision in ScriptDirectory.from_config(config()).walk_revisions()}
    if state.current and state.current not in known:
        raise CrmError("This database was made by a newer version of VIP Desk; start that version instead.")
    if state.current and before_change:
        before_change()
    with engine.begin() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
    return True
