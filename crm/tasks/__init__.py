"""What we owe a client, or each other, and by when."""

from crm.tasks import groups, owners
from crm.tasks.actions import add, change, done, snooze, withdraw
from crm.tasks.handing import hand_over
from crm.tasks.models import NewTask, Priority, Repeat, Task, TaskChange, TaskKind, TaskStatus, is_overdue
from crm.tasks.queries import (
    ORDERS,
    TaskCounts,
    TaskFilter,
    TaskLine,
    TaskPage,
    counts,
    due,
    get,
    matching,
    of_client,
    overdue,
    page,
    still_open,
    totals,
    visible_to,
)

__all__ = [
    "ORDERS", "NewTask", "Priority", "Repeat", "Task", "TaskChange", "TaskCounts", "TaskFilter", "TaskKind", "TaskLine",
    "TaskPage", "TaskStatus", "add", "change", "counts", "done", "due", "get", "groups", "hand_over", "is_overdue", "matching",
    "of_client", "overdue", "owners", "page", "snooze", "still_open", "totals", "visible_to", "withdraw",
]  # fmt: skip
