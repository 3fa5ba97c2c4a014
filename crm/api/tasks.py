"""Tasks: the same list, form and refusals as on the page."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from crm import db, interactions, tasks
from crm.api.doorkeeper import Caller
from crm.api.lists import MOST_AT_ONCE, Asked
from crm.ground import limits
from crm.interactions import Channel
from crm.tasks import NewTask, Task, TaskChange, TaskCounts, TaskFilter, TaskPage, TaskStatus

router = APIRouter(tags=["tasks"])
WHY = "API"


class TasksAsked(Asked):
    """Open tasks unless another status is asked for; days are in the owner's zone, both included."""

    text: limits.Line = ""
    owner: Annotated[tuple[UUID, ...], Field(max_length=MOST_AT_ONCE)] = ()
    client: UUID | None = None
    status: limits.Codes = (TaskStatus.OPEN,)
    kind: limits.Codes = ()
    priority: limits.Codes = ()
    due_since: date | None = None
    due_until: date | None = None
    awake_on: date | None = None
    order: limits.Code = "due"
    descending: bool = False

    def filter(self) -> TaskFilter:
        return TaskFilter(
            text=self.text,
            owner_ids=self.owner,
            client_id=self.client,
            statuses=self.status,
            kinds=self.kind,
            priorities=self.priority,
            due_since=self.due_since,
            due_until=self.due_until,
            awake_on=self.awake_on,
        )


class Done(BaseModel):
    """With a channel, what came of it is also logged as a conversation with the task's client."""

    outcome: limits.Paragraph
    channel: Channel | None = None


class Snoozed(BaseModel):
    until: date


class Withdrawn(BaseModel):
    reason: limits.Paragraph = ""


class HandedOver(BaseModel):
    """Whose they become; all of them or none."""

    task_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_AT_ONCE)]
    to: UUID


class Given(BaseModel):
    """How many tasks went."""

    tasks: int


@router.get("/tasks")
def page(me: Caller, asked: Annotated[TasksAsked, Query()]) -> TaskPage:
    with db.read() as session:
        return tasks.page(
            session,
            me,
            asked.filter(),
            order=asked.order,
            descending=asked.descending,
            limit=asked.limit,
            offset=asked.offset,
        )


@router.get("/me/tasks")
def counts(me: Caller) -> TaskCounts:
    with db.read() as session:
        return tasks.counts(session, me)


@router.post("/tasks", status_code=201)
def add(me: Caller, new: NewTask) -> Task:
    with db.write(by=me, why=WHY) as session:
        return tasks.add(session, me, new)


@router.get("/tasks/{task_id}")
def get(me: Caller, task_id: UUID) -> Task:
    with db.read() as session:
        return tasks.get(session, me, task_id)


@router.patch("/tasks/{task_id}")
def change(me: Caller, task_id: UUID, wanted: TaskChange) -> Task:
    with db.write(by=me, why=WHY) as session:
        return tasks.change(session, me, task_id, wanted)


@router.post("/tasks/hand-over")
def hand_over(me: Caller, handed: HandedOver) -> Given:
    with db.write(by=me, why=WHY) as session:
        return Given(tasks=tasks.hand_over(session, me, handed.task_ids, to=handed.to))


@router.post("/tasks/{task_id}/done")
def done(me: Caller, task_id: UUID, wanted: Done) -> Task:
    with db.write(by=me, why=WHY) as session:
        if wanted.channel:
            interactions.finish_task(session, me, task_id, outcome=wanted.outcome, channel=wanted.channel)
            return tasks.get(session, me, task_id)
        return tasks.done(session, me, task_id, outcome=wanted.outcome)


@router.post("/tasks/{task_id}/snooze")
def snooze(me: Caller, task_id: UUID, wanted: Snoozed) -> Task:
    with db.write(by=me, why=WHY) as session:
        return tasks.snooze(session, me, task_id, until=wanted.until)


@router.post("/tasks/{task_id}/withdraw")
def withdraw(me: Caller, task_id: UUID, wanted: Withdrawn) -> Task:
    with db.write(by=me, why=WHY) as session:
        return tasks.withdraw(session, me, task_id, reason=wanted.reason)
