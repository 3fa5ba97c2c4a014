"""One row for each piece of work that was asked for."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import field_serializer

from crm.ground import messages, rows
from crm.ground.messages import Message


class JobStatus(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(rows.Row, table=True):
    __table_args__ = rows.UNJOURNALLED

    name: str
    arguments: dict[str, Any] = rows.json_map()
    status: str = JobStatus.WAITING
    asked_by: UUID | None = None
    asked_at: datetime = rows.now_field()
    run_after: datetime = rows.now_field()
    claimed_at: datetime | None = rows.moment()
    ended_at: datetime | None = rows.moment()
    attempts: int = 0
    step: str = ""
    done: int = 0
    total: int = 0
    error: str = ""
    result: dict[str, Any] = rows.json_map()

    @property
    def fault(self) -> Message:
        """Why it failed."""
        return messages.read(self.error)

    @field_serializer("error")
    def _in_words(self, error: str) -> str:
        return str(messages.read(error))
