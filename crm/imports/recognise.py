"""Finding out which column says what, by its name first and by its values second."""

from collections.abc import Collection, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import replace

from crm.intake import foreign_ids, layouts
from crm.intake.accounts import WEAK_UID_NAMES
from crm.intake.checking import clocks, fits
from crm.intake.headers import bare, is_of_form, squeezed, without_date_order, without_number, without_unit
from crm.intake.kinds import KINDS, Column, Kind, Type
from crm.intake.layouts import Layout
from crm.intake.mapping import Mapping
from crm.intake.money import MONEY, is_share, titled
from crm.intake.qualifiers import is_own, names_others, own_part, unqualified
from crm.intake.staging import Staging

EXACT, NUMBERED, GROUPED, MISFIT = 1.0, 0.8, 0.6, 0.0
LEAST_FIT = 0.5  # a column named like a date whose cells are mostly not dates is something else
LEAST_FILLED = 0.5  # a key column that is mostly empty is not the key
TYPED = {
    Type.DAY,
    Type.MOMENT,
    Type.NUMBER,
    Type.COUNT,
    Type.DURATION,
    Type.CHOICE,
    Type.COUNTRY,
    Type.ZONE,
    Type.LANGUAGE,
    Type.EMAIL,
    Type.CALLING_CODE,
}
OF_CONTACTS = {"contactid", "leadid", "contactowner", "leadowner"}
# What else a title may say of its cells.
WITHOUT = {Type.DURATION: without_unit, Type.DAY: without_date_order, Type.MOMENT: without_date_order}


def mapping_for(kind: Kind, staging: Staging, *, time_zone: str | None = None, layout: Layout | None = None) -> Mapping:
    """The best mapping of a file's header; columns left over are kept as attributes where the kind allows it.

    What a layout declares is certain. Only of clients does it leave other columns to be recognised by their names: in a
    trading history a column that the layout passes over, such as an amount in coins, is passed over for a reason.
    """
    zone = time_zone or layouts.stated_zone(staging) or (layout.time_zone if layout else "") or "UTC"
    layouts.work_out(staging, layout, zone)
    columns = layouts.declared(layout, kind, staging) if layout else {}
    confidence = dict.fromkeys(columns, EXACT)
    taken = {i for places in columns.values() for i in places}
    is_open = not layout or (kind.keeps_rest and not layout.is_own)
    left = [column for column in kind.columns if is_open and column.field not in columns]
    for column in left:
        found = [(i, sure) for i, sure in _candidates(column, staging) if i not in taken]
        for i, sure in found if column.many else found[:1]:
            taken.add(i)
            columns.setdefault(column.field, []).append(i)
            confidence[column.field] = min(sure, confidence.get(column.field, 1.0))
    beside = _names_beside(columns, left, staging.table.header)
    for spare in beside:
        taken -= set(columns.pop(spare))
        del confidence[spare]
    _put_spares(columns, confidence, left, staging)
    taken |= {i for places in columns.values() for i in places}
    clocks.join(kind, staging, columns, taken)
    misfits = _misfits([c for c in left if c.field not in columns and c.field not in beside], staging, taken)
    if not kind.keeps_rest:  # or else its cells would be lost without a word
        meant = {column.field: [i] for i, column in misfits.items() if not _tells_nothing(column, kind, staging, i)}
        columns |= meant
        confidence |= dict.fromkeys(meant, MISFIT)
    return Mapping(
        columns=columns,
        attributes=layouts.attributes_of(layout, staging, taken) if kind.keeps_rest else {},
        constants=_constants(layout, staging, columns),
        time_zone=zone,
        date_orders=dict.fromkeys(columns, layout.date_order) if layout and layout.date_order else {},
        confidence=confidence,
        layout=layout.name if layout else "",
        misfits={
            staging.header[i]: column.label for i, column in misfits.items() if kind.keeps_rest or i in _places(columns)
        },
    )


def _names_beside(columns: Collection[str], left: Sequence[Column], header: Sequence[str]) -> list[str]:
    """A person's name beside the name of a company: one is the client's, and the other is kept as it is.

    Where a layout declares the person's, or the rows are contacts of that company, that is the client's.
    """
    parts = [name for name in ("first_name", "last_name") if name in columns]
    if "name" not in columns or not parts:
        return []
    if OF_CONTACTS.intersection(map(squeezed, header)):
        return ["name"]
    found_by_name = {column.field for column in left}
    return [name for name in parts if name in found_by_name] or [name for name in ("name",) if name in found_by_name]


def _put_spares(
    columns: dict[str, list[int]], confidence: dict[str, float], left: Sequence[Column], staging: Staging
) -> None:
    """What is not there is said by something else: the name by the company, what was said by its subject."""
    for column in left:
        is_said = column.field in columns or (column.field == "name" and {"first_name", "last_name"} & columns.keys())
        found = [] if is_said or not column.spare else called(replace(column, names=column.spare), staging.table.header)
        for i, sure in found[:1]:
            for other in [name for name, places in columns.items() if places == [i]]:
                del columns[other], confidence[other]
            columns[column.field], confidence[column.field] = [i], sure


def _misfits(columns: Sequence[Column], staging: Staging, taken: Collection[int]) -> dict[int, Column]:
    """Columns of the file that are called like one of these, while most of their cells are something else."""
    found: dict[int, Column] = {}
    for column in columns:
        every = called(column, staging.table.header, staging.table.groups)
        named = [i for i, sure in every if sure == EXACT and i not in taken and i not in found]
        if named:
            found[named[0]] = column
    return found


def _tells_nothing(column: Column, kind: Kind, staging: Staging, index: int) -> bool:
    """Every row says the same word, which is none of this choice: it tells no row from another, and is only not read."""
    needed = {name for group in (*kind.needs, *kind.each_row) for name in group}
    if column.type is not Type.CHOICE or column.field in needed:
        return False
    return bool(
        staging.cached(f"SELECT count(DISTINCT lower(trim(c{index}))) FROM raw WHERE trim(c{index}) <> ''")[0][0] == 1
    )


def _places(columns: MappingType[str, list[int]]) -> set[int]:
    return {i for places in columns.values() for i in places}


def _constants(layout: Layout | None, staging: Staging, columns: Collection[str]) -> dict[str, str]:
    """What a layout knows of all rows, for fields that no column says."""
    if not layout:
        return {}
    known = {"venue": layout.venue, **layout.constants, **layouts.values_above(layout, staging)}
    return {name: value for name, value in known.items() if value and name not in columns}


def kind_of(staging: Staging, named: str | None = None) -> str | None:
    """The kind of which this header says most; None if it has what no kind needs. `named`: what its name says it is."""
    header = staging.table.header
    if named and _understood_of(KINDS[named], staging):
        return named
    most = [
        (
            _share(kind, sum(bool(called(column, header, staging.table.groups)) for column in kind.columns), header),
            kind.name,
        )
        for kind in KINDS.values()
    ]
    best = (0.0, "")
    for at_most, name in sorted(most, reverse=True):
        if at_most < best[0]:  # its columns are no more than their names say
            break
        best = max(best, (_share(KINDS[name], _understood_of(KINDS[name], staging), header), name))
    return best[1] if best[0] else None


def _understood_of(kind: Kind, staging: Staging) -> int:
    """How many columns of a kind a file says; none if it lacks what the kind needs."""
    sure = {name for name, sure in mapping_for(kind, staging).confidence.items() if sure > MISFIT}
    return len(sure) if all(sure.intersection(needed) for needed in kind.needs) else 0


def _share(kind: Kind, understood: int, header: Sequence[str]) -> float:
    return understood / len(kind.columns) + understood / max(len(header), 1)


def _candidates(column: Column, staging: Staging) -> list[tuple[int, float]]:
    """Columns of the file that may be this one, the surest first."""
    named = called(column, staging.table.header, staging.table.groups)
    if column.type is Type.UID:
        named = [(i, sure) for i, sure in named if not _is_weak(staging, i) or _has_digits(staging, i)]
        named = [(i, sure) for i, sure in named if not _is_another_systems(staging, i)]
        named = [(i, sure) for i, sure in named if staging.filled(i) >= LEAST_FILLED] or named[:1]
    if column.type is Type.MOMENT:
        named = [(i, sure) for i, sure in named if not clocks.is_clock(staging, i)]
    if column.type in TYPED:
        named = [(i, sure) for i, sure in named if fits.share(staging, i, column) >= LEAST_FIT]
    return named


def _is_another_systems(staging: Staging, index: int) -> bool:
    """A CRM's own ids are kept as they are; only a column that is called UID is the exchange's whatever it holds."""
    is_open = foreign_ids.is_open(staging.header[index])
    return is_open and (foreign_ids.are_foreign(staging, index) or foreign_ids.is_of_a_crm(staging, index))


def _is_weak(staging: Staging, index: int) -> bool:
    return squeezed(staging.header[index]) in WEAK_UID_NAMES


def _has_digits(staging: Staging, index: int) -> bool:
    """“Spot” and “Main account” are no accounts of a venue."""
    filled, digits = staging.cached(
        f"SELECT count(nullif(trim(c{index}), '')), count_if(regexp_matches(c{index}, '\\d')) FROM raw"
    )[0]
    return bool(digits * 2 >= filled)


def called(column: Column, header: Sequence[str], groups: Sequence[str] = ()) -> list[tuple[int, float]]:
    """Columns of a header that are called like this one, and how surely; the most usual name first.

    `groups`: what stands above the own names, where the header has several lines. What a column is called under a heading
    that nobody knows counts only where no other is called so.
    """
    names = {
        name.replace(" ", ""): rank
        for rank, name in enumerate(((column.exported_as or column.field).replace("_", " "), *column.names))
    }
    found = []
    for i, title in enumerate(header):
        if column.is_money and is_share(title):
            continue
        if (exact := _exact(column, names, title)) is not None:
            found.append((exact, i, EXACT))
            continue
        if column.form and is_of_form(title, column.form):
            found.append((len(names), i, EXACT))
            continue
        if column.type in (Type.DAY, Type.MOMENT) and (rank := names.get(bare(layouts.untitled(title)))) is not None:
            found.append((rank, i, EXACT))
            continue
        group = groups[i] if i < len(groups) else ""
        rank, sure = _called_by_a_part(names, title, group)
        if sure:
            found.append((rank + len(names), i, sure))
    best = [one for one in found if one[2] > GROUPED]
    return [(i, sure) for _, i, sure in sorted(best or found)]


def _exact(column: Column, names: dict[str, int], title: str) -> int | None:
    """The rank of a name that a title is, beside what it says of money, units, or the order of days."""
    exact = names.get(squeezed(title), names.get(bare(title)))
    if exact is None and (column.is_money or column.is_coins):
        exact = _of_money(column, names, title)
    if exact is None and column.type in WITHOUT:
        exact = names.get(WITHOUT[column.type](title))
    return exact


def _called_by_a_part(names: dict[str, int], title: str, group: str) -> tuple[int, float]:
    """By its name without a number, a qualifier, or what stands above; surely not where that names somebody else."""
    for part in (without_number(title), own_part(title), unqualified(title)):
        if part in names:
            return names[part], NUMBERED
    if not group or names_others(group):
        return 0, 0.0
    own = title[len(group) :]
    rank = next(
        (names[part] for part in (squeezed(own), without_number(own), bare(own), unqualified(own)) if part in names),
        None,
    )
    return (0, 0.0) if rank is None else (rank, NUMBERED if is_own(group) else GROUPED)


def _of_money(column: Column, names: dict[str, int], title: str) -> int | None:
    """“Volume (EUR)” is a volume, “Amount (USDT)” an amount of money, and “Amount (BTC)” a quantity."""
    said = titled(title)
    if not said or (column.is_coins and (said.money.currency in MONEY or not said.money.currency)):
        return None
    amounts = {name.replace(" ", ""): len(names) + rank for rank, name in enumerate(column.amount_names)}
    return {**(amounts if said.money.currency in MONEY else {}), **names}.get(said.name)
