"""What we owe a client, or each other, and by when."""

from crm.tasks import groups, owners
from crm.tasks.actions import add, change, clashes, done, snooze, withdraw
from crm.tasks.handing import hand_over
from crm.tasks.listing import ORDERS, TaskFilter, TaskLine, TaskPage, matching, page
from crm.tasks.models import NewTask, Priority, Repeat, Task, TaskChange, TaskKind, TaskStatus, is_overdue
from crm.tasks.queries import TaskCounts, counts, get, of_client, owners_of, still_open, visible_to

__all__ = [
    "ORDERS", "NewTask", "Priority", "Repeat", "Task", "TaskChange", "TaskCounts", "TaskFilter", "TaskKind", "TaskLine",
    "TaskPage", "TaskStatus", "add", "change", "clashes", "counts", "done", "get", "groups", "hand_over", "is_overdue",
    "matching", "of_client", "owners", "owners_of", "page", "snooze", "still_open", "visible_to", "withdraw",
]  # fmt: skip
