"""Tasks by when they are due: every open one stands in one group, and the groups add up to all."""

from datetime import date, timedelta

import pytest

from crm import db, tasks
from crm.tasks import NewTask, TaskFilter, TaskStatus
from tests.cast import Cast

TODAY = date(2026, 3, 16)


def test_every_task_with_a_day_stands_in_one_group(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        for days in (-30, -1, 0, 1, 7, 8, 400):
            tasks.add(session, cast.mei, NewTask(title=str(days), due_on=TODAY + timedelta(days=days)))

    with db.read() as session:
        found = tasks.groups.counted(session, cast.mei, TaskFilter(), TODAY)

    assert found == {"all": 7, "overdue": 2, "today": 1, "week": 2, "later": 2}


def test_finished_tasks_are_not_grouped(cast: Cast) -> None:
    with db.read() as session:
        assert tasks.groups.counted(session, cast.mei, TaskFilter(statuses=(TaskStatus.DONE,)), TODAY) == {}


@pytest.mark.parametrize(("due_on", "late"), [(None, False), (TODAY, False), (TODAY - timedelta(days=1), True)])
def test_what_is_due_today_is_not_late(due_on: date | None, *, late: bool) -> None:
    assert tasks.is_overdue(due_on, TODAY) is late
