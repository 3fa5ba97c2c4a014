"""Tasks in a client's timeline: when they were planned, and when they ended."""

import sqlalchemy as sa
from sqlmodel import col

from crm.ground.messages import Message
from crm.tasks.models import Task, TaskStatus
from crm.timeline import Asked, Entry, EntryKind, entries

TASK = EntryKind("task", Message("Tasks"), ":material/task_alt:")


@entries(TASK)
def planned(asked: Asked) -> list[Entry]:
    query = sa.select(Task).where(col(Task.client_id) == asked.client.id)
    rows = asked.session.scalars(asked.newest(query, col(Task.created_at)))
    return [
        Entry(
            TASK,
            row.created_at,
            asked.names.get(row.created_by) if row.created_by else None,
            Message("Task planned for {day}", day=row.due_on) if row.due_on else Message("Task planned"),
            row.title,
            "task",
            row.id,
        )
        for row in rows
    ]


@entries(TASK)
def ended(asked: Asked) -> list[Entry]:
    query = sa.select(Task).where(col(Task.client_id) == asked.client.id, col(Task.done_at).is_not(None))
    rows = asked.session.scalars(asked.newest(query, col(Task.done_at)))
    return [
        Entry(
            TASK,
            row.done_at,
            asked.names.get(row.owner_id),
            Message("Task done") if row.status == TaskStatus.DONE else Message("Task withdrawn"),
            "\n".join(part for part in (row.title, row.outcome) if part),
            "task",
            row.id,
        )
        for row in rows
        if row.done_at
    ]
