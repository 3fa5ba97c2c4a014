"""A batch: one file on its way in, from being dropped to being applied."""

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from crm import people
from crm.db.sessions import WriteSession
from crm.errors import ConflictError, InvalidError, NotFoundError
from crm.imports import benches, files, recognise
from crm.imports.headers import fingerprint
from crm.imports.kinds import kind_called
from crm.imports.mapping import Mapping
from crm.imports.models import Batch, BatchStatus, MappingProfile, Mode
from crm.imports.workbench import Workbench
from crm.people import Person, Right, Role

SAMPLES = 3


@dataclass(frozen=True)
class Options:
    """What a person knows about a file that the file does not say."""

    mode: Mode = Mode.ADD_AND_CHANGE
    time_zone: str | None = None
    date_order: str | None = None
    venue: str | None = None
    manager: str | None = None
    mapping_name: str | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class FileColumn:
    """A column of the file: what it is understood as, how surely, and its first values."""

    index: int
    header: str
    field: str | None
    confidence: float
    samples: tuple[str, ...]


def stage(
    session: WriteSession,
    by: Person,
    kind: str | None,
    file_name: str,
    content: bytes | Path,
    options: Options | None = None,
) -> Batch:
    """Keep a file, read it, and understand its columns; nothing of it is in the store yet.

    Raises:
        InvalidError: it cannot be read, is of no known kind, or lacks what its kind cannot do without.
    """
    options = options or Options()
    if by.role != Role.ADMIN:
        people.require(by, Right.IMPORT)
    file_hash, size = files.keep(file_name, content)
    batch = Batch(
        kind=kind or "", file_name=file_name, file_hash=file_hash, size=size, mode=options.mode, staged_by=by.id
    )
    bench = benches.laid_out(batch, options.sheet)
    batch.kind = kind or recognise.kind_of(bench) or ""
    if not batch.kind:
        raise InvalidError("The header of this file fits no kind that is known here; choose the kind.")
    batch.mapping = _understood(session, bench, batch, options).plain()
    session.add(batch)
    session.flush()
    return batch


def get(session: Session, viewer: Person, batch_id: UUID) -> Batch:
    """A batch of one's own; leads see those of their team, too."""
    found = session.exec(select(Batch).where(Batch.id == batch_id, _is_visible(viewer))).first()
    if not found:
        raise NotFoundError("There is no such import, or it is not yours.")
    return found


def recent(session: Session, viewer: Person, *, limit: int = 50) -> Sequence[Batch]:
    query = select(Batch).where(_is_visible(viewer)).order_by(col(Batch.staged_at).desc()).limit(limit)
    return session.exec(query).all()


def _is_visible(viewer: Person) -> ColumnElement[bool]:
    own = col(Batch.staged_by) == viewer.id
    if not people.may(viewer, Right.UNDO_OTHERS):
        return own
    if viewer.team_id is None:
        return sa.true()
    return sa.or_(own, col(Batch.staged_by).in_(select(Person.id).where(Person.team_id == viewer.team_id)))


def columns_of(session: Session, viewer: Person, batch_id: UUID) -> list[FileColumn]:
    batch = get(session, viewer, batch_id)
    bench, mapping = benches.of(batch), Mapping.of(batch.mapping)
    fields = {index: name for name, indexes in mapping.columns.items() for index in indexes}
    return [
        FileColumn(i, header, fields.get(i), mapping.confidence.get(fields.get(i, ""), 0.0), _samples(bench, i))
        for i, header in enumerate(bench.header)
    ]


def notes_of(session: Session, viewer: Person, batch_id: UUID) -> list[str]:
    """What reading repaired or assumed, in sentences."""
    batch = get(session, viewer, batch_id)
    mapping = Mapping.of(batch.mapping)
    said = [f"Recognised as “{mapping.layout}”."] if mapping.layout else []
    if "traded_at" in mapping.columns or "happened_at" in mapping.columns:
        said.append(f"Times without a zone are read as {mapping.time_zone}.")
    return said + list(benches.of(batch).table.notes)


def remap(
    session: WriteSession,
    by: Person,
    batch_id: UUID,
    *,
    version: int,
    fields: MappingType[int, str | None],
    options: Options,
) -> Batch:
    """Understand the columns as a person says. Columns that are not named keep what they were understood as."""
    batch = staged(session, by, batch_id)
    if batch.version != version:
        raise ConflictError("Somebody else changed the columns of this import meanwhile; look at it again.")
    bench, mapping, kind = benches.of(batch), Mapping.of(batch.mapping), kind_called(batch.kind)
    now = {index: name for name, indexes in mapping.columns.items() for index in indexes} | dict(fields)
    columns: dict[str, list[int]] = {}
    for index, name in sorted(now.items()):
        if not name:
            continue
        if columns.get(name) and not kind.column(name).many:
            raise InvalidError(f"Two columns cannot both be {kind.column(name).label}.")
        columns.setdefault(name, []).append(index)
    kept = {header: i for i, header in enumerate(bench.header) if not now.get(i)} if kind.keeps_rest else {}
    batch.mapping = _with_options(replace(mapping, columns=columns, attributes=kept), options).plain()
    batch.mode = options.mode
    session.flush()
    return batch


def discard(session: WriteSession, by: Person, batch_id: UUID) -> None:
    session.delete(staged(session, by, batch_id))


def staged(session: WriteSession, by: Person, batch_id: UUID) -> Batch:
    """A batch that was not applied yet, locked until this write ends."""
    get(session, by, batch_id)
    batch = session.get_one(Batch, batch_id, with_for_update=not session.get_bind().dialect.name.startswith("duck"))
    if batch.status != BatchStatus.STAGED:
        raise ConflictError("This file has already been applied.")
    return batch


def profiles(session: Session, kind: str) -> Sequence[MappingProfile]:
    return session.exec(select(MappingProfile).where(MappingProfile.kind == kind).order_by(MappingProfile.name)).all()


def keep_mapping(session: WriteSession, by: Person, batch_id: UUID, name: str) -> MappingProfile:
    """Keep how the columns of a batch were understood, under a name; files of the same header are then read so."""
    batch = get(session, by, batch_id)
    found = session.exec(select(MappingProfile).where(MappingProfile.name == name)).first()
    profile = found or MappingProfile(name=name, kind=batch.kind, header_hash="")
    profile.kind, profile.mapping = batch.kind, batch.mapping
    profile.header_hash = fingerprint(benches.of(batch).header)
    session.add(profile)
    session.flush()
    return profile


def _understood(session: Session, bench: Workbench, batch: Batch, options: Options) -> Mapping:
    kept = _kept_mapping(session, bench, batch.kind, options.mapping_name)
    mapping = kept or recognise.mapping_for(kind_called(batch.kind), bench, time_zone=options.time_zone)
    return _with_options(mapping, options).checked(kind_called(batch.kind))


def _kept_mapping(session: Session, bench: Workbench, kind: str, name: str | None) -> Mapping | None:
    query = select(MappingProfile).where(MappingProfile.kind == kind)
    header = fingerprint(bench.header)
    query = query.where(MappingProfile.name == name) if name else query.where(MappingProfile.header_hash == header)
    found = session.exec(query).first()
    if name and not found:
        raise InvalidError(f"There is no mapping called “{name}” for {kind}.")
    if found and found.header_hash != header:
        raise InvalidError(f"The mapping “{name}” was made for a file with another header.")
    return Mapping.of(found.mapping) if found else None


def _with_options(mapping: Mapping, options: Options) -> Mapping:
    given = mapping.with_constants(venue=options.venue or "", manager=(options.manager or "").lower())
    if options.time_zone:
        given = replace(given, time_zone=options.time_zone)
    if options.date_order:
        given = replace(given, date_orders=dict.fromkeys(given.columns, options.date_order))
    return given


def _samples(bench: Workbench, index: int) -> tuple[str, ...]:
    with bench.lock:
        found = bench.run(
            f"SELECT DISTINCT c{index} FROM (SELECT c{index} FROM raw WHERE trim(c{index}) <> '' LIMIT 200) LIMIT {SAMPLES}"
        )
    return tuple(cell for (cell,) in found)
