"""The chain: each change set carries a hash over its content and over the hash of the one before."""

import hashlib
from collections.abc import Hashable
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import db
from crm.db import is_duckdb
from crm.db.sql import Sql
from crm.ground import keyring
from crm.journal import entities
from crm.journal.models import LOOK, ChangeSet

CHAIN_LOCK = 7_300_001
SEAL = "journal"
# A look at a file changes nothing that anybody has kept in mind.
_NEWEST = sa.select(sa.func.coalesce(sa.func.max(ChangeSet.seq), 0)).where(col(ChangeSet.kind) != LOOK)
_LINKED = sa.insert(entities.of(ChangeSet))
_newest: dict[Hashable, int] = {}  # for the moment in which somebody asked last


def add(session: Session, link: ChangeSet) -> None:
    """Append a change set to the chain; on PostgreSQL writers take turns here until they commit."""
    if not is_duckdb(session.connection()):
        session.connection().execute(sa.text(f"SELECT pg_advisory_xact_lock({CHAIN_LOCK})"))
    last = session.exec(select(ChangeSet.seq, ChangeSet.hash).order_by(col(ChangeSet.seq).desc()).limit(1)).first()
    link.seq, link.previous_hash = (last[0] + 1, last[1]) if last else (1, "")
    link.hash = _hash(link, content_digest(session, link.id, just_written=True))
    link.seal = keyring.sealed(SEAL, link.hash)
    kept = {name: getattr(link, name) for name in ChangeSet.model_fields}  # as it is hashed: a dump is for readers
    session.connection().execute(_LINKED, kept)  # a flush looks at much else


def content_digest(session: Session, change_set_id: UUID, *, just_written: bool = False) -> str:
    """SHA-256 over every change of a set, in order, as text: entity, key, before and after.

    `just_written`: in this very transaction, one after the other, so that DuckDB need not sort what it gives in order.
    """
    # NULL is nothing to concat; joined one by one, the texts would be copied seven times.
    line = "concat(entity, chr(31), entity_key, chr(31), CAST(before AS VARCHAR), chr(31), CAST(after AS VARCHAR), chr(30))"
    digest = hashlib.sha256()
    sql = Sql(session)
    order = "" if just_written and sql.duckdb else "ORDER BY seq"
    for block in sql.text_blocks(f"SELECT {line} FROM change WHERE change_set_id = '{change_set_id}' {order}"):
        digest.update(block)
    return digest.hexdigest()


def _hash(link: ChangeSet, digest: str) -> str:
    parts = [
        link.previous_hash,
        str(link.seq),
        str(link.id),
        link.made_at.isoformat(),
        str(link.made_by or ""),
        link.kind,
        link.why,
        str(link.undoes or ""),
        str(link.changes),
        digest,
    ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def first_broken(session: Session) -> ChangeSet | None:
    """The first change set whose content or link does not fit its hash; None if the chain is whole."""
    previous = ""
    for expected, link in enumerate(session.exec(select(ChangeSet).order_by(col(ChangeSet.seq))).all(), start=1):
        whole = link.seq == expected and link.previous_hash == previous
        if not whole or link.hash != _hash(link, content_digest(session, link.id)):
            return link
        previous = link.hash
    return None


def first_unsealed(session: Session) -> int | None:
    """The number of the first change set whose hash the key outside the database has not sealed; None if all are."""
    links = session.connection().execute(
        sa.select(col(ChangeSet.seq), col(ChangeSet.hash), col(ChangeSet.seal)).order_by(col(ChangeSet.seq))
    )
    for seq, hashed, seal in links:
        if not keyring.is_sealed(SEAL, hashed, seal or ""):
            return int(seq)
    return None


def data_version(session: Session) -> int:
    """The number of the newest change set: as long as it stands, nothing has changed."""
    moment = db.moment(session)
    known = _newest.get(moment) if moment else None
    if known is None:
        known = int(session.connection().execute(_NEWEST).scalar_one())
        _newest.clear()
        _newest[moment] = known
    return known
