"""Mappings that were kept under a name: how files of a certain header are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from crm import people
from crm.db.sessions import WriteSession
from crm.ground.errors import InvalidError, NotAllowedError, NotFoundError
from crm.imports import batches, staging_pool
from crm.imports.models import MappingProfile
from crm.intake.headers import fingerprint
from crm.intake.mapping import Mapping
from crm.journal.models import ChangeSet, change
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
        NotAllowedError: a colleague kept the one of this name.
    """
    batch = batches.get(session, by, batch_id)
    with staging_pool.held(batch) as staging:
        header = fingerprint(staging.table.header)
    found = session.exec(select(MappingProfile).where(MappingProfile.name == name)).first()
    if found and (found.header_hash, found.kind) != (header, batch.kind):
        raise InvalidError(
            "There is another mapping called “{name}”, for files of another header; choose another name.", name=name
        )
    if found:
        _check_own(session, by, found)
    profile = found or MappingProfile(name=name, kind=batch.kind, header_hash=header)
    profile.mapping = Mapping.of(batch.mapping).kept().plain()
    session.add(profile)
    session.flush()
    return profile


def rename_mapping(session: WriteSession, by: Person, profile_id: UUID, *, version: int, name: str) -> MappingProfile:
    people.require(by, Right.IMPORT)
    profile = _get(session, profile_id)
    wanted = " ".join(name.split())
    _check_own(session, by, profile)
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
    profile = _get(session, profile_id)
    _check_own(session, by, profile)
    session.delete(profile)


@dataclass(frozen=True)
class Keepers:
    """Who kept a mapping first, and who changed it last; None: the program did, or nobody knows any more."""

    first: UUID | None
    last: UUID | None


def keepers(session: Session, profile_id: UUID) -> Keepers:
    """As the journal tells."""
    sets = (
        select(ChangeSet.made_by)
        .join(change, change.c.change_set_id == col(ChangeSet.id))
        .where(change.c.entity == "mapping_profile", change.c.entity_key == str(profile_id))
        .order_by(col(ChangeSet.seq))
    )
    found = session.exec(sets).all()
    return Keepers(found[0], found[-1]) if found else Keepers(None, None)


def _check_own(session: Session, by: Person, profile: MappingProfile) -> None:
    """Colleagues read their files by it: whoever kept it may change it, and leads may."""
    owner = keepers(session, profile.id).first
    if owner not in (None, by.id) and not people.may(by, Right.UNDO_OTHERS):
        raise NotAllowedError("A colleague kept the mapping “{name}”; they or a lead can change it.", name=profile.name)


def _get(session: Session, profile_id: UUID) -> MappingProfile:
    found = session.get(MappingProfile, profile_id)
    if not found:
        raise NotFoundError("There is no such mapping any more.")
    return found
