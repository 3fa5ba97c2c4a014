"""A batch: one file on its way in, from being dropped to being applied."""

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from crm import db, people
from crm.db.sessions import WriteSession
from crm.ground.errors import ConflictError, InvalidError, NotFoundError
from crm.imports import files, recognise, staging_pool, tables, understanding
from crm.imports.models import Batch, BatchStatus
from crm.imports.understanding import Options
from crm.intake import layouts
from crm.intake.checking import clocks
from crm.intake.guesses import Topic
from crm.intake.kinds import Kind, Type, kind_called
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.people import Person, Right, Role

SAMPLES = 3


@dataclass(frozen=True)
class FileColumn:
    """A column of the file: what it is understood as, how surely, and its first values.

    `erasable`: under which name its empty cells may erase ("": they may not), and whether they do.
    """

    index: int
    header: str
    field: str | None
    confidence: float
    samples: tuple[str, ...]
    erasable: str = ""
    erases: bool = False


def arrive(
    by: Person, kind: str | None, file_name: str, content: bytes | Path, options: Options | None = None
) -> Batch:
    """Read a file as `stage` does before anything is written, so that nobody who saves waits for it; `note` comes next."""
    with db.read() as session:
        return _arrived(session, by, kind, file_name, content, options or Options())


def note(session: WriteSession, batch: Batch) -> Batch:
    """Put a file that has arrived on the list of imports."""
    session.add(batch)
    session.flush()
    return batch


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
    return note(session, _arrived(session, by, kind, file_name, content, options or Options()))


def _arrived(
    session: Session, by: Person, kind: str | None, file_name: str, content: bytes | Path, options: Options
) -> Batch:
    if by.role != Role.ADMIN:
        people.require(by, Right.IMPORT)
    file_hash, size = files.keep(file_name, content)
    batch = Batch(
        kind=kind or "", file_name=file_name, file_hash=file_hash, size=size, mode=options.mode, staged_by=by.id
    )
    _recognise(session, batch, kind, options)
    check_allowed(by, kind_called(batch.kind))
    return batch


def _recognise(session: Session, batch: Batch, kind: str | None, options: Options) -> None:
    """Read the table that is asked for, and find out what it is and what its columns say."""
    staging = staging_pool.laid_out(batch, options.sheet, options.answers.get(Topic.ENCODING, ""))
    with staging.lock:
        layout = understanding.layout_of(staging, kind, options.layout)
        kind = kind or (None if layout else understanding.kind_kept(session, staging))
        found = layout.kind if layout else recognise.kind_of(staging, tables.kind_in(staging.table.name))
        batch.kind = kind or found or batch.kind
        if not staging.rows:
            name = batch.file_name
            raise InvalidError("Nothing of {name} was imported: it has a header and no rows below it.", name=name)
        if not batch.kind:
            raise InvalidError("The header of this file fits no kind that is known here; choose the kind.")
        batch.mapping = understanding.understood(session, staging, batch, options, layout).plain()


def get(session: Session, viewer: Person, batch_id: UUID) -> Batch:
    """A batch of one's own; leads see those of their team, too."""
    found = session.exec(select(Batch).where(Batch.id == batch_id, is_visible(viewer))).first()
    if not found:
        raise NotFoundError("There is no such import, or it is not yours.")
    return found


def recent(session: Session, viewer: Person, *, limit: int = 50) -> Sequence[Batch]:
    query = select(Batch).where(is_visible(viewer)).order_by(col(Batch.staged_at).desc()).limit(limit)
    return session.exec(query).all()


def check_allowed(by: Person, kind: Kind) -> None:
    people.require(by, Right(kind.right))


def is_visible(viewer: Person) -> ColumnElement[bool]:
    own = col(Batch.staged_by) == viewer.id
    if not people.may(viewer, Right.UNDO_OTHERS):
        return own
    if viewer.team_id is None:
        return sa.true()
    return sa.or_(own, col(Batch.staged_by).in_(select(Person.id).where(Person.team_id == viewer.team_id)))


def columns_of(session: Session, viewer: Person, batch_id: UUID) -> list[FileColumn]:
    batch = get(session, viewer, batch_id)
    mapping, kind = Mapping.of(batch.mapping), kind_called(batch.kind)
    fields: dict[int, str] = {}
    for name, indexes in mapping.columns.items():
        for index in indexes:  # the day of a moment may be a day by itself as well
            fields.setdefault(index, name)
    kept = {index: name for name, index in mapping.attributes.items()}
    with staging_pool.held(batch) as staging:
        return [
            FileColumn(
                i,
                header,
                fields.get(i),
                mapping.confidence.get(fields.get(i, ""), 0.0),
                _samples(staging, i),
                name if (name := fields.get(i) or kept.get(i, "")) in kind.erasable or i in kept else "",
                name in mapping.erasing,
            )
            for i, header in enumerate(staging.header)
        ]


def layouts_of(session: Session, viewer: Person, batch_id: UUID) -> list[str]:
    """The layouts that this file could be read as: those of its kind whose columns it has."""
    batch = get(session, viewer, batch_id)
    with staging_pool.held(batch) as staging:
        header = staging.table.header
    return [
        one.name for one in layouts.every().values() if one.kind == batch.kind and one.fits(header) and not one.not_kept
    ]


def tables_of(session: Session, viewer: Person, batch_id: UUID) -> list[str]:
    """Every table of the file, the one that is read among them; none where there is but one."""
    return list(Mapping.of(get(session, viewer, batch_id).mapping).tables)


def stage_table(session: WriteSession, by: Person, batch_id: UUID, name: str) -> Batch:
    """Another table of the same file, as an import of its own."""
    batch = get(session, by, batch_id)
    return stage(session, by, None, batch.file_name, files.path_of(batch), Options(sheet=name))


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
    mapping, kind = Mapping.of(batch.mapping), kind_called(batch.kind)
    encoding = options.answers.get(Topic.ENCODING, "")
    if encoding != mapping.answer(Topic.ENCODING):  # other letters may make other columns
        _recognise(session, batch, batch.kind, replace(options, sheet=mapping.table or None))
        session.flush()
        return batch
    if options.sheet and options.sheet != mapping.table:
        _recognise(session, batch, None, Options(mode=options.mode, sheet=options.sheet, answers=options.answers))
        session.flush()
        return batch
    if options.kind and options.kind != batch.kind:
        check_allowed(by, kind_called(options.kind))
        _recognise(session, batch, options.kind, Options(mode=options.mode, sheet=mapping.table or None))
        session.flush()
        return batch
    with staging_pool.held(batch) as staging:
        found = _renamed(staging, mapping, kind, fields, options)
    if found.layout != mapping.layout and options.time_zone == mapping.time_zone:
        options = replace(options, time_zone=None)  # nobody chose it: it was that of the layout before
    batch.mapping = understanding.with_options(found, options, kind).plain()
    batch.mode = options.mode
    session.flush()
    return batch


def _renamed(
    staging: Staging, mapping: Mapping, kind: Kind, fields: MappingType[int, str | None], options: Options
) -> Mapping:
    """As the layout says that a person chose now, or as it was understood before, with the columns that they name."""
    if not options.layout or options.layout == (mapping.layout or layouts.NONE):
        return _corrected(mapping, staging, kind, fields)
    layout = understanding.layout_of(staging, kind.name, options.layout)
    zone = None if options.time_zone == mapping.time_zone else options.time_zone
    found = recognise.mapping_for(kind, staging, time_zone=zone, layout=layout)
    return replace(found, table=mapping.table, tables=mapping.tables)


def _corrected(mapping: Mapping, staging: Staging, kind: Kind, fields: MappingType[int, str | None]) -> Mapping:
    """A column that a person names takes the place of one that was worked out for the same field."""
    named, width = {name for name in fields.values() if name}, len(staging.table.header)
    before = [(i, name) for name, places in mapping.columns.items() for i in places if i not in fields]
    kept = [(i, name) for i, name in before if i < width or name not in named]
    columns: dict[str, list[int]] = {}
    for index, name in [*kept, *sorted((i, name) for i, name in fields.items() if name)]:
        columns.setdefault(name, []).append(index)
    for name, places in columns.items():
        column = kind.column(name)
        is_one = column.type is Type.MOMENT and clocks.is_part(staging, places)
        if len(places) > 1 and not column.many and not is_one:
            raise InvalidError("Two columns cannot both be {label}.", label=column.label)
    columns = {
        name: places if kind.column(name).type is Type.MOMENT else sorted(places) for name, places in columns.items()
    }
    taken = {index for places in columns.values() for index in places}
    rest = layouts.attributes_of(layouts.find(mapping.layout), staging, taken) if kind.keeps_rest else {}
    return replace(mapping, columns=columns, attributes=rest)


def discard(session: WriteSession, by: Person, batch_id: UUID) -> None:
    session.delete(staged(session, by, batch_id))


def staged(session: WriteSession, by: Person, batch_id: UUID) -> Batch:
    """A batch that was not applied yet, locked until this write ends."""
    get(session, by, batch_id)
    batch = session.get_one(Batch, batch_id, with_for_update=not session.get_bind().dialect.name.startswith("duck"))
    if batch.status != BatchStatus.STAGED:
        raise ConflictError("This file has already been applied.")
    return batch


def _samples(staging: Staging, index: int) -> tuple[str, ...]:
    """The first distinct values, in the order of the file."""
    first = f"SELECT line, c{index} AS cell FROM raw WHERE trim(c{index}) <> '' LIMIT 200"
    found = staging.cached(f"SELECT cell FROM ({first}) GROUP BY cell ORDER BY min(line) LIMIT {SAMPLES}")
    return tuple(cell for (cell,) in found)
