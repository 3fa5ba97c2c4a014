"""Opening the store: at the newest revision, with the tier policies that come with the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine
from sqlmodel import select

from crm import db, migrations, trading
from crm.ground.errors import BusyError, CrmError, NotFoundError
from crm.upkeep import backups, identity, places

MIGRATION_LOCK = 7_300_002
_SETUP = "the tier policies that come with the program"


def open_store(url: str | None = None, *, anew: bool = False) -> bool:
    """Open the database, bring it to the newest revision (after a backup), and put the tier policies in.

    True: there was none, and a new, empty desk was made. `anew`: also where one was before.

    Raises:
        BusyError: another process holds the DuckDB file, or PostgreSQL does not answer.
        DamagedError: the file cannot be read.
        MissingDeskError: there is none, and one was there before.
        CrmError: it belongs to another program, or to a newer version of this one.
    """
    chosen = places.choose(url)
    if not anew and not is_there(chosen):
        identity.check(chosen)
    engine = db.engine()
    check_ours(engine)
    is_new = migrations.pending(engine).current is None
    if is_new and not anew:
        identity.check(chosen)
    migrate(engine)
    with db.read() as session:
        known = session.exec(select(trading.TierPolicy.id).limit(1)).first()
    if known is None:
        with db.write(why=_SETUP, kind="setup") as writing:
            trading.ensure_policies(writing)
    identity.note(chosen)
    return is_new


def reopen_store(url: str | None = None) -> None:
    """The same for a database that must be there already: a mistyped name makes no new one."""
    chosen = places.choose(url)
    if not is_there(chosen):
        identity.check(chosen)
        raise NotFoundError(
            "There is no database {database} yet; “crm serve”, “crm demo” or an import makes one.",
            database=chosen.database,
        )
    open_store(url)


def is_there(url: URL) -> bool:
    """Whether its file is; what a server holds is known when it is asked."""
    return not places.is_file(url) or Path(url.database or "").is_file()


def check_ours(engine: Engine) -> None:
    """Leave databases alone that hold somebody else's tables."""
    names = set(sa.inspect(engine).get_table_names())
    if names and "alembic_version" not in names:
        raise CrmError(
            "{url} belongs to another program; choose another with --database.", url=places.place_of(engine.url)
        )


def migrate(engine: Engine) -> bool:
    """Run the migrations that are missing; processes that start together take turns."""
    if migrations.pending(engine).is_current:
        return False
    with _alone(engine):
        return migrations.upgrade(engine, before_change=_backup_first)


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    if db.is_duckdb(engine):
        yield
        return
    with engine.connect() as connection:
        connection.execute(sa.text("SET lock_timeout = '60s'"))
        try:
            connection.execute(sa.text(f"SELECT pg_advisory_lock({MIGRATION_LOCK})"))
        except sa.exc.DBAPIError as error:
            raise BusyError("Another process is bringing this database up to date; try again in a minute.") from error
        try:
            yield
        finally:
            connection.execute(sa.text(f"SELECT pg_advisory_unlock({MIGRATION_LOCK})"))


def _backup_first() -> None:
    backups.backup(places.folder() / f"before-migration-{places.stamp()}{places.suffix()}")
