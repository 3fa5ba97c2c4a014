"""Clients and tasks behind a count, a share or a step: the same conditions by which the number itself was made."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm.ground import clock
from crm.insights import attention, desk, movement, tier_downgrade_risk
from crm.insights.attention import task
from crm.insights.period import Period
from crm.insights.rows.facts import Rows, about
from crm.insights.rows.wanted import Wanted
from crm.people import Person
from crm.tasks.models import Task


def active(viewer: Person, wanted: Wanted) -> Rows:
    c = movement.amounts(viewer, _period(wanted)).c
    return _clients(c, wanted, volume=c.volume_now).where(c.volume_now > 0)


def kept(viewer: Person, wanted: Wanted) -> Rows:
    """What clients paid before, what of it they pay now, and at most as much as before."""
    c = movement.amounts(viewer, _period(wanted)).c
    at_most = sa.func.least(c.revenue_now, c.revenue_before)
    found = _clients(c, wanted, before=c.revenue_before, now=c.revenue_now, at_most=at_most)
    return found.where(movement.stayed(c, "now", "before"))


def at_risk(viewer: Person, wanted: Wanted) -> Rows:
    now, before = movement.around(wanted.until)
    c = desk.amounts_by_client(viewer, {"now": now, "before": before}, ("volume", "revenue")).c
    found = _clients(c, wanted, volume_before=c.volume_before, volume=c.volume_now, before=c.revenue_before)
    return found.where(movement.has_fallen(c, "now", "before"))


def moved(viewer: Person, wanted: Wanted) -> Rows:
    """Everyone whose fees are known in both periods."""
    c = movement.amounts(viewer, _period(wanted)).c
    gained = c.revenue_now - c.revenue_before
    return _clients(c, wanted, before=c.revenue_before, now=c.revenue_now, gained=gained).where(movement.told(c))


def step(name: str) -> Any:  # noqa: ANN401 -- a source
    """A step of the growth accounting."""

    def found(viewer: Person, wanted: Wanted) -> Rows:
        period = _period(wanted)
        c = movement.amounts(viewer, period).c
        condition, amount = movement.steps(c, period)[name]
        chosen = _clients(c, wanted, before=c.revenue_before, now=c.revenue_now, gained=amount)
        return chosen.where(movement.told(c), condition)

    return found


def in_touch(session: Session, viewer: Person, wanted: Wanted) -> Rows:
    """Open clients whose tier has a standard; `in_time` counts those who were contacted within it."""
    zone = clock.exchange_zone().key
    last = attention.until_now(session, _period(wanted)).until
    c = desk.contacts_by_client(session, viewer, [last], zone).c
    in_time = sa.case((c.in_time_0, 1), else_=0)
    one = sa.literal(1, sa.Integer)
    return _clients(c, wanted, last_contact=c.last_0, every=c.every, in_time=in_time, standard=one).where(
        c.every.is_not(None)
    )


def falling(viewer: Person, wanted: Wanted) -> Rows:
    """Tiers that fall on a day, or up to the last day asked for."""
    c = tier_downgrade_risk.falling(viewer).subquery().c
    at_stake = sa.case((c.revenue < 0, 0), else_=c.revenue)
    found = _clients(
        c, wanted, falls_on=c.falls_on, falls_to=c.falls_to, volume=c.volume, revenue=c.revenue, at_stake=at_stake
    )
    return found.where(c.falls_on == wanted.day if wanted.day else c.falls_on <= wanted.until)


def promises(session: Session, viewer: Person, wanted: Wanted) -> Rows:
    """Promises that were overdue at the close of the period."""
    last = attention.until_now(session, _period(wanted)).until
    return _tasks(viewer, wanted).where(attention.was_broken(last, clock.exchange_zone().key))


def open_tasks(viewer: Person, wanted: Wanted) -> Rows:
    return _tasks(viewer, wanted).where(attention.is_open())


def late_tasks(session: Session, viewer: Person, wanted: Wanted) -> Rows:
    last = attention.until_now(session, _period(wanted)).until
    return _tasks(viewer, wanted).where(attention.is_late(last))


def held(viewer: Person, wanted: Wanted) -> Rows:
    """Open clients."""
    book = desk.scope(viewer)
    return _clients(book.c, wanted).where(book.c.status != "closed")


def _tasks(viewer: Person, wanted: Wanted) -> Rows:
    book = desk.scope(viewer)
    parts = (task.title.label("task"), task.due_on, task.owner_id)
    return (
        sa.select(book.c.id, book.c.name, book.c.tier, book.c.manager_id, *parts)
        .join(Task, task.client_id == book.c.id)
        .where(*about(book.c, wanted))
    )


def _clients(c: Any, wanted: Wanted, **amounts: sa.ColumnElement[Any]) -> Rows:  # noqa: ANN401
    shown = (amount.label(name) for name, amount in amounts.items())
    return sa.select(c.id, c.name, c.tier, c.manager_id, *shown).where(*about(c, wanted))


def _period(wanted: Wanted) -> Period:
    return Period(wanted.since, wanted.until)
