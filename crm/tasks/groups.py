"""Tasks by when they are due: overdue, today, in the next seven days, later; and those that are put off until a day to come."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session

from crm.people import Person
from crm.tasks.listing import TaskFilter, totals
from crm.tasks.models import TaskStatus

GROUPS = ("all", "overdue", "today", "week", "later")
SNOOZED = "snoozed"
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def narrowed(wanted: TaskFilter, group: str, today: date) -> TaskFilter:
    """The same filter, for one group of days only."""
    if group == SNOOZED:
        return replace(wanted, awake_on=None, asleep_on=today)
    bounds: Mapping[str, tuple[date | None, date | None]] = {
        "all": (None, None),
        "overdue": (None, today - DAY),
        "today": (today, today),
        "week": (today + DAY, today + WEEK),
        "later": (today + WEEK + DAY, None),
    }
    since, until = bounds[group]
    return replace(wanted, due_since=since, due_until=until)


def counted(session: Session, viewer: Person, wanted: TaskFilter, today: date) -> dict[str, int]:
    """How many tasks of the filter stand in each group; nothing for tasks that are no longer open.

    Where the filter keeps snoozed tasks away, they are a group of their own, so that none is ever out of every count.
    """
    if wanted.statuses != (TaskStatus.OPEN,):
        return {}
    shown = (*GROUPS, SNOOZED) if wanted.awake_on else GROUPS
    return totals(session, viewer, {group: narrowed(wanted, group, today) for group in shown})
