"""The journal is sealed by a key outside the database: whoever writes it anew without the key is found out."""

import hashlib
import stat

import sqlalchemy as sa
from sqlmodel import col, select

from crm import db, journal, upkeep
from crm.clients.models import Client
from crm.ground import keyring
from crm.journal import ChangeSet, chain
from crm.upkeep import heads
from tests.cast import Cast


def wrong(database: str) -> dict[str, str]:
    return {finding.check: finding.sentence for finding in upkeep.journal_only(database) if not finding.ok}


def written_anew() -> None:
    """As a script does it that knows our code, but holds only the database."""
    with db.engine().begin() as connection:
        connection.execute(sa.text("UPDATE change_set SET why = 'nothing to see' WHERE why = 'rename'"))
    with db.read() as session:
        links = session.exec(select(ChangeSet).order_by(col(ChangeSet.seq))).all()
        previous = ""
        for link in links:
            link.previous_hash = previous
            previous = link.hash = chain._hash(link, chain.content_digest(session, link.id))
    with db.engine().begin() as connection:
        for link in links:
            of_it = sa.update(ChangeSet).where(sa.column("id", sa.Uuid) == link.id)
            connection.execute(of_it.values(previous_hash=link.previous_hash, hash=link.hash))


def renamed(cast: Cast) -> None:
    with db.write(by=cast.mei, why="rename") as session:
        session.get_one(Client, cast.harbour.id).name = "Harbor"
    with db.write(by=cast.mei) as session:
        session.get_one(Client, cast.lotus.id).tier = "VIP2"


def test_a_journal_that_was_chained_anew_is_found_out(cast: Cast, database: str) -> None:
    renamed(cast)
    assert wrong(database) == {}

    written_anew()

    with db.read() as session:
        assert journal.first_broken(session) is None  # the chain alone cannot tell
    assert list(wrong(database)) == ["seals"]
    assert "Entry 2 of the journal" in wrong(database)["seals"]


def test_another_key_or_none_is_told(cast_on_duckdb: Cast, duckdb_only: str) -> None:
    path = keyring.path()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.rename(path.with_name("elsewhere"))

    assert "There is no key file" in wrong(duckdb_only)["seals"]
    path.write_text(hashlib.sha256(b"another").hexdigest())
    keyring._key.cache_clear()

    assert "Entry 1 of the journal was not sealed" in wrong(duckdb_only)["seals"]
    keyring._key.cache_clear()


def test_a_journal_that_was_cut_short_is_found_out(cast: Cast, database: str) -> None:
    renamed(cast)
    heads.note()
    assert wrong(database) == {}

    with db.engine().begin() as connection:
        connection.exec_driver_sql("DELETE FROM change_set WHERE seq = (SELECT max(seq) FROM change_set)")

    assert list(wrong(database)) == ["head"]
