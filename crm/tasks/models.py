"""Tasks: what we owe a client, or each other, and by when."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from crm.ground import rows


class TaskKind(StrEnum):
    FOLLOW_UP = "follow_up"
    PROMISE = "promise"
    INTERNAL = "internal"


class TaskStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Repeat(StrEnum):
    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Task(rows.Versioned, table=True):
    """Due on a day, or at a moment: `due_on` is always the day in the owner's zone, `due_at` only if an hour was named."""

    title: str = Field(max_length=300)
    client_id: UUID | None = Field(default=None, foreign_key="client.id", index=True)
    owner_id: UUID = Field(foreign_key="person.id", index=True)
    kind: str = TaskKind.FOLLOW_UP
    status: str = TaskStatus.OPEN
    priority: str = Priority.NORMAL
    due_on: date | None = None
    due_at: datetime | None = rows.moment()
    remind_at: datetime | None = rows.moment()
    snoozed_until: date | None = None
    repeat: str = Repeat.NEVER
    origin: str = ""
    origin_id: UUID | None = None
    outcome: str = ""
    external_id: str | None = None
    created_at: datetime = rows.now_field()
    created_by: UUID | None = None
    done_at: datetime | None = rows.moment()


def is_overdue(due_on: date | None, today: date) -> bool:
    """A task that is due today is not late yet."""
    return due_on is not None and due_on < today


class NewTask(SQLModel):
    """What a form, the API or another room asks for."""

    title: str = Field(min_length=1, max_length=300)
    client_id: UUID | None = None
    owner_id: UUID | None = None
    kind: TaskKind = TaskKind.FOLLOW_UP
    priority: Priority = Priority.NORMAL
    due_on: date | None = None
    due_at: datetime | None = None
    remind_at: datetime | None = None
    repeat: Repeat = Repeat.NEVER


class TaskChange(SQLModel):
    """Fields that were not set stay as they are; `version` is the one that was looked at."""

    model_config = ConfigDict(extra="forbid")  # type: ignore[assignment]

    version: int
    title: str | None = Field(default=None, min_length=1, max_length=300)
    owner_id: UUID | None = None
    priority: Priority | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    remind_at: datetime | None = None
    repeat: Repeat | None = None
