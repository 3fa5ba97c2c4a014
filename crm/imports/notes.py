"""What reading a file repaired or assumed, in sentences, and whether any of it, or of its columns, needs a person's look."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session

from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.imports import batches, recognise, staging_pool
from crm.imports.models import Batch
from crm.imports.recognise import EXACT
from crm.intake import layouts
from crm.intake.checking import dates, durations, guessing, numbers
from crm.intake.guesses import Guess
from crm.intake.headers import bare, is_why_refused
from crm.intake.kinds import Column, Kind, Type, kind_called
from crm.intake.mapping import NAMELESS, Mapping
from crm.intake.staging import Staging
from crm.people import Person

LEAST_KNOWN = 0.5  # a list of which we understand less is one that somebody has more to say about


class _Note(NamedTuple):
    """`only_known`: it tells by what a file was recognised, and asks for nothing."""

    text: Message
    only_known: bool = False


def notes_of(session: Session, viewer: Person, batch_id: UUID) -> list[Message]:
    """What reading repaired or assumed, in sentences."""
    batch = batches.get(session, viewer, batch_id)
    with staging_pool.held(batch) as staging:
        return [note.text for note in _notes(batch, staging)]


def recognised_by(session: Session, viewer: Person, batch_id: UUID) -> list[Message]:
    """Those of the notes that tell by what a file was recognised."""
    batch = batches.get(session, viewer, batch_id)
    with staging_pool.held(batch) as staging:
        return [note.text for note in _notes(batch, staging) if note.only_known]


def guesses_of(session: Session, viewer: Person, batch_id: UUID) -> Sequence[Guess]:
    """What was guessed of a file, each with the readings that a person may choose instead."""
    batch = batches.get(session, viewer, batch_id)
    with staging_pool.held(batch) as staging:
        return guessing.guesses_of(staging, kind_called(batch.kind), Mapping.of(batch.mapping))


def is_certain(session: Session, viewer: Person, batch_id: UUID) -> bool:
    """Whether a file can be previewed before anybody has looked at its columns.

    It was read as it stands, and its columns are what somebody kept, what its layout declares, or what their very names say,
    days and numbers in one way only. No more than half of them say nothing known, and those are kept.
    """
    batch = batches.get(session, viewer, batch_id)
    kind, mapping = kind_called(batch.kind), Mapping.of(batch.mapping)
    try:
        kind.checked(mapping)
        with staging_pool.held(batch) as staging:
            if not all(note.only_known for note in _notes(batch, staging)):
                return False
            return bool(mapping.profile) or _says_all(kind, mapping, staging)
    except InvalidError:
        return False


def _says_all(kind: Kind, mapping: Mapping, staging: Staging) -> bool:
    if any(sure < EXACT for sure in mapping.confidence.values()):
        return False
    if mapping.layout:
        return True
    known = {i for places in mapping.columns.values() for i in places}
    least = LEAST_KNOWN if kind.keeps_rest else 1.0
    if len(known) < least * len(staging.table.header) or _says_twice(kind, known, staging):
        return False
    meant = [(column, i) for column in kind.columns for i in guessing.told_alone(column, staging, mapping)]
    return all(_has_one_reading(column, i, staging, mapping) for column, i in meant)


def _says_twice(kind: Kind, known: Collection[int], staging: Staging) -> bool:
    """A second column is called like one that was taken: “Tier” beside “VIP Level”."""
    every = [recognise.called(column, staging.table.header) for column in kind.columns]
    return any(sure == EXACT and i not in known for found in every for i, sure in found)


def _has_one_reading(column: Column, index: int, staging: Staging, mapping: Mapping) -> bool:
    if column.type in (Type.DAY, Type.MOMENT):
        return not dates.order_of(staging, index, staging.header[index], None).by_separator
    if column.type is Type.DURATION:
        return all(one.sure for one in durations.guesses(staging, index, mapping))
    return column.type not in (Type.NUMBER, Type.COUNT) or not list(numbers.guesses(staging, index, mapping))


def _notes(batch: Batch, staging: Staging) -> Iterator[_Note]:
    mapping, kind, table = Mapping.of(batch.mapping), kind_called(batch.kind), staging.table
    layout = layouts.find(mapping.layout)
    if mapping.profile:
        yield _Note(
            Message("The columns are read as they were kept under “{name}”.", name=mapping.profile), only_known=True
        )
    if others := [name for name in staging.tables if name != table.name]:
        yield _Note(
            Message(
                "This is the table “{table}” of the file. Not read with it: {others}.",
                table=table.name,
                others=", ".join(others),
            )
        )
    if mapping.layout:
        yield _Note(Message("Recognised as “{layout}”.", layout=mapping.layout), only_known=True)
    if layout and layout.says:
        yield _Note(Message(layout.says), only_known=True)
    if layout and not mapping.has("uid") and not kind.keeps_rest:
        yield _Note(NAMELESS)
    for title, label in mapping.misfits.items():
        yield _Note(_misfit(title, label, kind))
    yield from _unread(kind, mapping, staging)
    moments = {column.field for column in kind.columns if column.type is Type.MOMENT}
    if moments & set(mapping.columns) or (layout and not kind.keeps_rest):
        yield _Note(
            Message("Times without a zone are read as {zone}.", zone=mapping.time_zone),
            only_known=bool(layout or mapping.profile),
        )
    above = len(table.preamble) * (not layout)  # a layout knows what stands above its header
    yield from map(_Note, _passed_over(above, len(table.footer)))
    yield from map(_Note, table.notes)


def _unread(kind: Kind, mapping: Mapping, staging: Staging) -> Iterator[_Note]:
    if titles := _not_read(kind, mapping, staging):
        text = Message("Not read: {columns}.", columns=", ".join(titles))
        yield _Note(text, only_known=bool(mapping.layout or mapping.profile))


def _not_read(kind: Kind, mapping: Mapping, staging: Staging) -> list[str]:
    """The columns that say something of which nothing is kept."""
    if kind.keeps_rest:
        return []
    used = {i for places in mapping.columns.values() for i in places}
    spent = layouts.used_by(found) if (found := layouts.find(mapping.layout)) else set()
    left = [(i, title) for i, title in enumerate(staging.table.header) if i not in used and bare(title) not in spent]
    return [title for i, title in left if not is_why_refused(title) and staging.filled(i)]


def _misfit(title: str, label: str, kind: Kind) -> Message:
    text = (
        "“{title}” is called like {field}, but most of its cells say something else: look at the rows that are refused."
    )
    if kind.keeps_rest:
        text = "“{title}” is called like {field}, but most of its cells say something else: it is kept as it is."
    return Message(text, title=title, field=Message(label))


def _passed_over(above: int, below: int) -> Iterator[Message]:
    if above:
        one, many = "{count} line above the header was passed over.", "{count} lines above the header were passed over."
        yield Message(many, one=one, count=above)
    if below:
        one, many = "{count} line below the table was passed over.", "{count} lines below the table were passed over."
        yield Message(many, one=one, count=below)
