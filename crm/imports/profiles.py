"""Mappings that were kept under a name: how files of a certain header are read."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, col, select

from crm import people
from crm.db.sessions import WriteSession
from crm.ground.errors import InvalidError, NotFoundError
from crm.imports import batches, staging_pool
from crm.imports.models import MappingProfile
from crm.intake.headers import fingerprint
from crm.intake.mapping import Mapping
from crm.people import Person, Right


def profiles(session: Session, kind: str) -> Sequence[MappingProfile]:
    return session.exec(select(MappingProfile).where(MappingProfile.kind == kind).order_by(MappingProfile.name)).all()


def kept_mappings(session: Session, viewer: Person) -> Sequence[MappingProfile]:
    """Every kept mapping, of whatever kind; they belong to the desk, not to a person."""
    if not people.may(viewer, Right.IMPORT):
        return []
    return session.exec(select(MappingProfile).order_by(MappingProfile.kind, col(MappingProfile.name))).all()


def keep_mapping(session: WriteSession, by: Person, batch_id: UUID, name: str) -> MappingProfile:
    """Keep how the columns of a batch were understood, under a name; files of the same header are then read so.

    Raises:
        InvalidError: a mapping for another header, or another kind, has this name.
    """
    batch = batches.get(session, by, batch_id)
    with staging_pool.held(batch) as staging:
        header = fingerprint(staging.table.header)
    found = session.exec(select(MappingProfile).where(MappingProfile.name == name)).first()
    if found and (found.header_hash, found.kind) != (header, batch.kind):
        raise InvalidError(
            "There is another mapping called “{name}”, for files of another header; choose another name.", name=name
        )
    profile = found or MappingProfile(name=name, kind=batch.kind, header_hash=header)
    mapping = Mapping.of(batch.mapping)
    # A UID is one file's, never the next one's.
    own = {field: value for field, value in mapping.constants.items() if field != "uid"}
    profile.mapping = replace(mapping, constants=own, table="", tables=(), profile="").plain()
    session.add(profile)
    session.flush()
    return profile


def rename_mapping(session: WriteSession, by: Person, profile_id: UUID, *, version: int, name: str) -> MappingProfile:
    people.require(by, Right.IMPORT)
    profile = _get(session, profile_id)
    wanted = " ".join(name.split())
    other = session.exec(select(MappingProfile).where(MappingProfile.name == wanted)).first()
    if not wanted:
        raise InvalidError("A mapping needs a name.")
    if other and other.id != profile_id:
        raise InvalidError("There is another mapping called “{name}”.", name=wanted)
    if profile.version != version:
        raise InvalidError("Somebody changed this mapping meanwhile; look at it again.")
    profile.name = wanted
    session.flush()
    return profile


def forget_mapping(session: WriteSession, by: Person, profile_id: UUID) -> None:
    """Files of its header are from now on read by the names of their columns again."""
    people.require(by, Right.IMPORT)
    session.delete(_get(session, profile_id))


def _get(session: Session, profile_id: UUID) -> MappingProfile:
    found = session.get(MappingProfile, profile_id)
    if not found:
        raise NotFoundError("There is no such mapping any more.")
    return found
