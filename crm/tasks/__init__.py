"""What we owe a client, or each other, and by when."""

from crm.tasks import owners
from crm.tasks.actions import add, change, done, snooze, withdraw
from crm.tasks.handover import follow, hand_over, merge_clients, reassign_clients
from crm.tasks.models import NewTask, Priority, Repeat, Task, TaskChange, TaskKind, TaskStatus
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
    totals,
    visible_to,
)

__all__ = [
    "ORDERS", "NewTask", "Priority", "Repeat", "Task", "TaskChange", "TaskCounts", "TaskFilter", "TaskKind", "TaskLine",
    "TaskPage", "TaskStatus", "add", "change", "counts", "done", "due", "follow", "get", "hand_over", "matching",
    "merge_clients", "of_client", "overdue", "owners", "page", "reassign_clients", "snooze", "totals", "visible_to", "withdraw",
]  # fmt: skip
