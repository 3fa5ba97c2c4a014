"""Which sets of changes a person may look at: their own; a lead those of the team, too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import people
from crm.ground import clock
from crm.ground.errors import InvalidError, NotFoundError
from crm.journal import ChangeSet
from crm.people import Person, Right

ORDERS: Mapping[str, Any] = {
    "when": col(ChangeSet.seq),
    "who": select(Person.name).where(Person.id == ChangeSet.made_by).scalar_subquery(),
    "kind": col(ChangeSet.kind),
    # A reason with values is kept as an object that begins with its sentence: it is sorted by its words, not by the brace.
    "why": sa.func.nullif(sa.func.replace(col(ChangeSet.why), '{"text": "', ""), ""),
    "rows": col(ChangeSet.changes),
}
KINDS = ("edit", "import", "preview", "undo", "export", "demo", "job")


@dataclass(frozen=True)
class SetFilter:
    """What to look for; `on` is a day in the reader's zone, `before` the number of the last set seen."""

    made_by: UUID | None = None
    kind: str | None = None
    on: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class SetLine:
    """One set of changes, who made it, and the set that undid it."""

    made: ChangeSet
    who: str
    undone_by: UUID | None


def authors(session: Session, viewer: Person) -> Sequence[Person]:
    """Whose sets a person may look at."""
    everyone = people.colleagues(session, active_only=False)
    if not people.may(viewer, Right.JOURNAL):
        return [person for person in everyone if person.id == viewer.id]
    if viewer.team_id is None:
        return everyone
    return [person for person in everyone if person.team_id == viewer.team_id or person.id == viewer.id]


def page(  # noqa: PLR0913 -- a list is narrowed, sorted and turned over
    session: Session,
    viewer: Person,
    wanted: SetFilter,
    *,
    order: str = "when",
    descending: bool = True,
    limit: int = 50,
    offset: int = 0,
) -> list[SetLine]:
    """The newest first, unless another order is asked for; equal sets, and those of nobody, come the newest first, too."""
    if order not in ORDERS:
        raise InvalidError("The journal can be sorted by {names}.", names=", ".join(ORDERS))
    by = ORDERS[order].desc() if descending else ORDERS[order].asc()
    query = select(ChangeSet).where(*_kept_by(session, viewer, wanted))
    query = query.order_by(by.nulls_last(), col(ChangeSet.seq).desc()).limit(limit).offset(offset)
    return _lines(session, session.exec(query).all())


def total(session: Session, viewer: Person, wanted: SetFilter) -> int:
    """How many sets the pages of this filter hold in all."""
    return session.scalar(select(sa.func.count()).select_from(ChangeSet).where(*_kept_by(session, viewer, wanted))) or 0


def _kept_by(session: Session, viewer: Person, wanted: SetFilter) -> list[sa.ColumnElement[bool]]:
    conditions = _within(session, viewer)
    if wanted.made_by:
        conditions.append(col(ChangeSet.made_by) == wanted.made_by)
    if wanted.kind:
        conditions.append(col(ChangeSet.kind) == wanted.kind)
    if wanted.on:
        start, end = _bounds(wanted.on, viewer.time_zone)
        conditions += [col(ChangeSet.made_at) >= start, col(ChangeSet.made_at) < end]
    if wanted.before:
        conditions.append(col(ChangeSet.seq) < wanted.before)
    return conditions


def get(session: Session, viewer: Person, change_set_id: UUID) -> SetLine:
    found = session.exec(select(ChangeSet).where(ChangeSet.id == change_set_id, *_within(session, viewer))).first()
    if not found:
        raise NotFoundError("There is no such entry in the journal.")
    return _lines(session, [found])[0]


def may_undo(viewer: Person, made: ChangeSet) -> bool:
    return bool(made.changes) and (made.made_by == viewer.id or people.may(viewer, Right.UNDO_OTHERS))


def _within(session: Session, viewer: Person) -> list[sa.ColumnElement[bool]]:
    if people.may(viewer, Right.JOURNAL) and viewer.team_id is None:
        return []
    return [col(ChangeSet.made_by).in_([person.id for person in authors(session, viewer)])]


def _lines(session: Session, found: Sequence[ChangeSet]) -> list[SetLine]:
    names = people.names(session)
    ids = [made.id for made in found]
    undoes = select(ChangeSet.undoes, ChangeSet.id).where(col(ChangeSet.undoes).in_(ids))
    undone = dict(session.exec(undoes).all())
    return [SetLine(made, names.get(made.made_by, "") if made.made_by else "", undone.get(made.id)) for made in found]


def _bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(), clock.zone(zone))
    return start, datetime.combine(day + timedelta(days=1), time(), clock.zone(zone))
