"""Asking for work that goes on without the page."""

import threading
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import event
from sqlmodel import Session, col, select

from crm.db import Who
from crm.db.sessions import WriteSession
from crm.ground import clock
from crm.ground.errors import NotFoundError
from crm.jobs.models import Job, JobStatus

# Set when a job was asked for in this process and the asking is committed, so that nobody waits for the next poll.
asked = threading.Event()

_ONCE = UUID("9d1c5d0e-52a4-4c86-9a86-3f0e1c6f2b11")


def ask(session: WriteSession, name: str, arguments: dict[str, Any], by: Who | None) -> Job:
    """Have a job done as soon as this write is committed."""
    made = Job(name=name, arguments=arguments, asked_by=by.id if by else None)
    return _added(session, made)


def ask_once(session: WriteSession, name: str, key: str) -> Job | None:
    """Have a job done by nobody in particular, once for each key; None if somebody asked already.

    Two processes that ask at the same moment collide on the key, and one of them gets a ConflictError.
    """
    key_id = uuid5(_ONCE, f"{name} {key}")
    if session.get(Job, key_id):
        return None
    return _added(session, Job(id=key_id, name=name, arguments={}))


def _added(session: WriteSession, made: Job) -> Job:
    session.add(made)
    session.flush()
    event.listen(session, "after_commit", lambda _session: asked.set(), once=True)
    return made


def get(session: Session, job_id: UUID) -> Job:
    found = session.get(Job, job_id)
    if not found:
        raise NotFoundError("There is no such job.")
    return found


def recent(session: Session, *, name: str | None = None, limit: int = 50) -> list[Job]:
    query = select(Job).order_by(col(Job.asked_at).desc(), col(Job.id).desc()).limit(limit)
    if name:
        query = query.where(Job.name == name)
    return list(session.exec(query).all())


def waiting(session: Session) -> list[UUID]:
    """The jobs whose turn it is, the oldest first."""
    query = select(Job.id).where(Job.status == JobStatus.WAITING, col(Job.run_after) <= clock.now())
    return list(session.exec(query.order_by(col(Job.asked_at), col(Job.id)).limit(100)).all())
