"""How a file is understood when it comes in: by its layout, by a mapping that was kept for its header, by what a person says."""

from collections.abc import Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace

from sqlmodel import Session, col, select

from crm.ground.errors import InvalidError
from crm.ground.messages import Message, joined
from crm.imports import recognise
from crm.imports.models import Batch, MappingProfile
from crm.intake import foreign_ids, layouts
from crm.intake.accounts import WEAK_UID_NAMES
from crm.intake.checking import dates
from crm.intake.guesses import Topic
from crm.intake.headers import fingerprint, squeezed
from crm.intake.kinds import Kind, kind_called
from crm.intake.layouts import Layout
from crm.intake.mapping import Lists, Mapping
from crm.intake.staging import Staging
from crm.intake.upsert import Mode


@dataclass(frozen=True)
class Options:
    """What a person knows about a file that the file does not say. `uid`: whose all rows are that name nobody.

    `layout`: the name of one of `layouts.every()`, or "none"; left out, the header decides. `sheet`: which table of the file.
    `lists`: what becomes of tags and the like. `erasing`: the columns whose empty cells erase, by field or by header.
    `kind`: what is in it after all, where it was recognised as something else.
    `values`: field -> what all rows say that say nothing themselves. An empty `venue`, `manager`, `uid` or value takes
    back what was said before. `answers`: instead of what was guessed, topic or topic:title of a column -> the reading.
    """

    mode: Mode = Mode.ADD_AND_CHANGE
    time_zone: str | None = None
    date_order: str | None = None
    venue: str | None = None
    manager: str | None = None
    mapping_name: str | None = None
    sheet: str | None = None
    uid: str | None = None
    layout: str | None = None
    lists: Lists | None = None
    erasing: tuple[str, ...] | None = None
    values: MappingType[str, str] = field(default_factory=dict)
    kind: str | None = None
    answers: MappingType[str, str] = field(default_factory=dict)

    @property
    def zone(self) -> str | None:
        """The zone of times that name none, if a person says it."""
        return self.time_zone or self.answers.get(Topic.TIME_ZONE)

    def __post_init__(self) -> None:
        """Zones and orders become part of statements; nobody puts anything else there.

        Raises:
            InvalidError: there is no such zone, or no such order.
        """
        if self.zone:
            layouts.check_zone(self.zone)
        if self.date_order and self.date_order not in dates.ORDERS:
            raise InvalidError("Dates are read day first or month first: {orders}.", orders=" or ".join(dates.ORDERS))


def layout_of(staging: Staging, kind: str | None, name: str | None) -> Layout | None:
    """The layout that a person names, or else the one that the header shows.

    Raises:
        InvalidError: it is of another kind, or of a file of which nothing is kept here.
    """
    header = staging.table.header
    if not name:
        found = layouts.recognised(header, kind) or layouts.recognised(header)
        if found and found.not_kept:
            raise InvalidError(found.not_kept)
        return found if found and kind in (None, found.kind) else None
    found = layouts.chosen(name, header)
    if found and kind not in (None, found.kind):
        raise InvalidError(
            "“{name}” is a layout of {kind}; choose that kind.", name=name, kind=kind_called(found.kind).label.lower()
        )
    return found


def understood(session: Session, staging: Staging, batch: Batch, options: Options, layout: Layout | None) -> Mapping:
    """What the columns of a file mean: as the profile of this header says, or as its names do, and as the person says."""
    kind, zone = kind_called(batch.kind), options.zone
    kept = None if options.layout else _kept_mapping(session, staging, batch.kind, options.mapping_name)
    found = (
        _as_kept(kept, kind, staging) if kept else recognise.mapping_for(kind, staging, time_zone=zone, layout=layout)
    )
    several = staging.tables if len(staging.tables) > 1 else []
    table = staging.table.name if several else ""
    if options.uid:  # whoever says it knows better than a column that is called so by chance
        weak = {i for i, title in enumerate(staging.header) if squeezed(title) in WEAK_UID_NAMES}
        own = [i for i in found.columns.get("uid", ()) if i not in weak]
        found = replace(found, columns={**found.columns, "uid": own} if own else _without(found.columns, "uid"))
    mapping = with_options(replace(found, table=table, tables=several), options, kind)
    mapping = foreign_ids.as_meant(mapping, staging, kind)
    try:
        return kind.checked(mapping)
    except InvalidError as error:
        other = layouts.recognised(staging.table.header)
        if other and other.kind != kind.name and not options.layout:
            kind_meant = Message(kind_called(other.kind).label)
            hint = Message("This looks like “{layout}”; choose {other}.", layout=other.name, other=kind_meant)
            raise InvalidError(joined([error.message, hint], " ")) from error
    return mapping  # what is still lacking is asked for before anything can be applied


def _without(columns: MappingType[str, list[int]], name: str) -> dict[str, list[int]]:
    return {field: places for field, places in columns.items() if field != name}


def kind_kept(session: Session, staging: Staging) -> str | None:
    """The kind of the newest mapping that somebody kept for this header."""
    query = select(MappingProfile).where(MappingProfile.header_hash == fingerprint(staging.table.header))
    found = session.exec(query.order_by(col(MappingProfile.id).desc())).first()
    return found.kind if found else None


def _as_kept(kept: Mapping, kind: Kind, staging: Staging) -> Mapping:
    """As the profile says; whose rows these are and in which zone their times stand, the file itself knows better."""
    layout, width = layouts.find(kept.layout), len(staging.table.header)
    zone = layouts.stated_zone(staging) or kept.time_zone
    layouts.work_out(staging, layout, zone)
    now = layouts.declared(layout, kind, staging) if layout else {}
    columns = {name: places if max(places) < width else now.get(name, []) for name, places in kept.columns.items()}
    above = layouts.values_above(layout, staging) if layout else {}
    return replace(kept, columns=columns, constants={**kept.constants, **above}, time_zone=zone)


def _kept_mapping(session: Session, staging: Staging, kind: str, name: str | None) -> Mapping | None:
    query = select(MappingProfile).where(MappingProfile.kind == kind)
    header = fingerprint(staging.table.header)
    query = query.where(MappingProfile.name == name) if name else query.where(MappingProfile.header_hash == header)
    found = session.exec(query.order_by(col(MappingProfile.id).desc())).first()  # the newest of several
    if name and not found:
        raise InvalidError("There is no mapping called “{name}” for {kind}.", name=name, kind=kind)
    if found and found.header_hash != header:
        raise InvalidError("The mapping “{name}” was made for a file with another header.", name=name)
    return replace(Mapping.of(found.mapping), profile=found.name) if found else None


def with_options(mapping: Mapping, options: Options, kind: Kind) -> Mapping:
    manager, uid = (options.manager or "").lower(), (options.uid or "").strip()
    chosen = {"venue": options.venue, "manager": options.manager and manager, "uid": options.uid and uid}
    given = mapping.with_constants(**{name: value for name, value in chosen.items() if value is not None})
    if options.values:
        given = replace(given, constants=_of_all(given.constants, options.values, kind))
    if options.lists:
        given = replace(given, lists=str(options.lists))
    if options.erasing is not None:
        given = replace(given, erasing=sorted(_erasing(given, options.erasing, kind)))
    if options.answers:
        given = replace(given, answers={k: v for k, v in ({**given.answers} | dict(options.answers)).items() if v})
    if options.zone:
        given = replace(given, time_zone=options.zone, zone_is_said=True)
    if options.date_order:
        given = replace(given, date_orders=dict.fromkeys(given.columns, options.date_order))
    return given


def values_of(pairs: Iterable[str]) -> dict[str, str]:
    """`tier=VIP1` as field and value.

    Raises:
        InvalidError: one of them has no sign of equality.
    """
    found = dict(pair.partition("=")[::2] for pair in pairs)
    if wrong := next((pair for pair in pairs if "=" not in pair), None):
        raise InvalidError("“{value}” says no value; write it as tier=VIP1.", value=wrong)
    return {name.strip(): value.strip() for name, value in found.items()}


def answers_of(pairs: Iterable[str]) -> dict[str, str]:
    """`decimal_mark:Volume=comma` as what is answered and the reading; a topic alone is of all columns.

    Raises:
        InvalidError: one of them has no sign of equality.
    """
    found = dict(pair.rpartition("=")[::2] for pair in pairs)
    if wrong := next((pair for pair in pairs if "=" not in pair), None):
        raise InvalidError("“{value}” says no reading; write it as decimal_mark:Volume=comma.", value=wrong)
    return {key.strip(): reading.strip() for key, reading in found.items()}


def _of_all(now: MappingType[str, str], values: MappingType[str, str], kind: Kind) -> dict[str, str]:
    """The constants with what a person says; an empty value takes one back."""
    known = {column.field for column in kind.of_all}
    if wrong := sorted(name for name, value in values.items() if value and name not in known):
        raise InvalidError(
            "No value for all rows can be given for {names}; choose one of {known}.",
            names=", ".join(wrong),
            known=", ".join(sorted(known)),
        )
    return {name: value for name, value in ({**now} | dict(values)).items() if value}


def _erasing(mapping: Mapping, names: Iterable[str], kind: Kind) -> set[str]:
    """Fields and attributes by what a person calls them."""
    by_label = {squeezed(column.label): column.field for column in kind.columns} | {
        squeezed(f): f for f in kind.erasable
    }
    kept = {squeezed(name): name for name in mapping.attributes}
    found = {name: kept.get(squeezed(name)) or by_label.get(squeezed(name), "") for name in names}
    may = {*kind.erasable, *mapping.attributes}
    if wrong := sorted(name for name, meant in found.items() if meant not in may):
        raise InvalidError(
            "Empty cells of {names} cannot erase; choose among {may}.",
            names=", ".join(wrong),
            may=", ".join(sorted(may)),
        )
    return set(found.values())
