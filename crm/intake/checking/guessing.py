"""All guesses about one file: of each column by its type, of the whole file, and of its kind."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crm.ground.messages import Message
from crm.intake import guesses, layouts
from crm.intake.checking import amounts, cells, clocks, dates, durations, numbers, uids
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.kinds import Column, Kind, Type
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging


def guesses_of(staging: Staging, kind: Kind, mapping: Mapping) -> Sequence[Guess]:
    """Those of the columns in the order of the file, then those of its kind, then those of the whole.

    Raises:
        InvalidError: a person answered what was not asked.
    """
    found = list(_all(staging, kind, mapping))
    guesses.check_answers(found, mapping.answers.items())
    return found


def _all(staging: Staging, kind: Kind, mapping: Mapping) -> Sequence[Guess]:
    meant = sorted(
        (i, place, column) for place, column in enumerate(kind.columns) for i in told_alone(column, staging, mapping)
    )
    return [
        *(one for i, _, column in meant for one in _of_column(staging, i, column, mapping)),
        *(kind.rows.guesses(staging, mapping) if kind.rows.guesses else ()),
        *_zone(staging, kind, mapping),
        *_encoding(staging),
    ]


def told_alone(column: Column, staging: Staging, mapping: Mapping) -> Sequence[int]:
    """The columns that say this; of a moment in parts, the one that holds its day."""
    found = mapping.columns.get(column.field, [])
    return [clocks.places(staging, mapping, column.field).day] if column.type is Type.MOMENT and found else found


def _of_column(staging: Staging, index: int, column: Column, mapping: Mapping) -> Iterator[Guess]:
    if column.type in (Type.NUMBER, Type.COUNT):
        yield from numbers.guesses(staging, index, mapping)
        yield from amounts.guesses(staging, index, column, mapping)
    elif column.type is Type.DURATION:
        yield from durations.guesses(staging, index, mapping)
    elif column.type is Type.DAY and dates.are_iso(staging, index):
        return
    elif column.type in (Type.DAY, Type.MOMENT):
        yield from dates.guesses(staging, index, cells.decided_order(column, staging, index, mapping))
        if column.type is Type.DAY:
            yield from dates.centuries(staging, index, is_past=column.is_past)
        if column.type is Type.MOMENT:
            yield from clocks.guesses(staging, mapping, column.field)
    elif column.type is Type.UID:
        yield from uids.guesses(staging, index, mapping)


def _encoding(staging: Staging) -> Iterator[Guess]:
    """How the letters are written, where the file does not say it; `others` are those that fit."""
    if said := staging.encoding:
        yield Guess(Topic.ENCODING, "", said, SAID, sure=True)
    elif staging.table.encodings:
        read, *others = staging.table.encodings
        yield Guess(
            Topic.ENCODING,
            "",
            read,
            Message("the letters of the file fit it best"),
            others=others,
            samples=staging.table.encodings,
        )


def _zone(staging: Staging, kind: Kind, mapping: Mapping) -> Iterator[Guess]:
    """In which zone clocks stand that name none."""
    moments = [c for c in kind.columns if c.type is Type.MOMENT and mapping.columns.get(c.field)]
    days = [
        (c, i, zone)
        for c in kind.columns
        for i in mapping.columns.get(c.field, [])
        if (zone := cells.zone_of_days(c, staging, i, mapping))
    ]
    if not moments and not days:
        return
    stated, layout = layouts.stated(staging), layouts.find(mapping.layout)
    is_said = mapping.zone_is_said or bool(mapping.answer(Topic.TIME_ZONE))
    titles = {staging.header[clocks.places(staging, mapping, c.field).day] for c in moments}
    titles |= {staging.header[i] for _, i, _ in days}
    guess = Guess(
        Topic.TIME_ZONE,
        titles.pop() if len(titles) == 1 else "",
        mapping.time_zone if moments else days[0][2],
        SAID if is_said else layouts.why_zone(stated.zone, layout),
        sure=is_said or bool(stated.zone or (layout and layout.time_zone)),
    )
    is_settled = is_said or (layout and layout.time_zone in stated.several)
    if stated.several and not is_settled:
        because = Message("the file says {words}, which means several zones", words=stated.words)
        guess = replace(
            guess,
            because=because,
            asked=True,
            sure=False,
            others=tuple(zone for zone in stated.several if zone != guess.guess),
        )
    yield guess
