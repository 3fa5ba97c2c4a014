"""Doing what was asked for: each job is claimed by one process, tried three times, and says how far it is."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from crm import db
from crm.ground import clock
from crm.ground.errors import BusyError, CrmError
from crm.jobs import actions
from crm.jobs.models import Job, JobStatus
from crm.jobs.register import Progress, named

TRIES = 3
FIRST_PAUSE = timedelta(seconds=10)
# Whoever runs a job tells its progress; a process that was silent for so long is taken for dead.
SILENCE = timedelta(minutes=30)

_log = logging.getLogger(__name__)


def run_waiting() -> int:
    """Do every job whose turn it is; says how many this process did."""
    done = 0
    with db.read() as session:
        due = actions.waiting(session)
    for job_id in due:
        job = _claim(job_id)
        if job:
            _run(job)
            done += 1
    return done


def revive(*, all_running: bool = False) -> int:
    """Jobs whose process died wait for another try, or have failed; on DuckDB at start that is every running one."""
    with db.read() as session:
        running = select(Job).where(Job.status == JobStatus.RUNNING)
        if not all_running:
            running = running.where(col(Job.claimed_at) < clock.now() - SILENCE)
        dead = session.exec(running).all()
    return sum(_end_of_try(job, "The program stopped while this was running.", can_retry=True) for job in dead)


def _claim(job_id: UUID) -> Job | None:
    """Of several processes one gets the job: the update finds it waiting only once."""
    values = {"claimed_at": clock.now(), "status": JobStatus.RUNNING.value, "attempts": col(Job.attempts) + 1}
    if not _update(job_id, values, JobStatus.WAITING):
        return None
    with db.read() as session:
        return session.get(Job, job_id)


def _run(job: Job) -> None:
    work = named(job.name)
    if not work:
        _end_of_try(job, f"Nobody here knows how to do “{job.name}”.", can_retry=False)
        return
    try:
        result = work(job, _telling(job))
    except CrmError as error:
        _end_of_try(job, error.message.stored(), can_retry=isinstance(error, BusyError))
    except Exception:  # noqa: BLE001 -- the outermost edge of the worker: it goes on with the next job
        _log.exception("The job %s (%s) failed.", job.name, job.id)
        _end_of_try(job, "Something went wrong inside; the log says what.", can_retry=True)
    else:
        values = {"status": JobStatus.DONE.value, "ended_at": clock.now(), "result": result or {}, "error": ""}
        _update(job.id, values, JobStatus.RUNNING, job.claimed_at)


def _telling(job: Job) -> Progress:
    """Progress goes into writes of its own, so that it is seen while the job's transaction is open."""

    def tell(step: str, done: int, total: int) -> None:
        job.claimed_at, before = clock.now(), job.claimed_at
        told = {"step": step, "done": done, "total": total, "claimed_at": job.claimed_at}
        _update(job.id, told, JobStatus.RUNNING, before)

    return tell


def _end_of_try(job: Job, error: str, *, can_retry: bool) -> bool:
    values: dict[str, Any] = {"error": error, "status": JobStatus.FAILED.value, "ended_at": clock.now()}
    if can_retry and job.attempts < TRIES:
        pause = FIRST_PAUSE * 6 ** (job.attempts - 1)
        values = {"error": error, "status": JobStatus.WAITING.value, "run_after": clock.now() + pause}
    return _update(job.id, values, JobStatus.RUNNING, job.claimed_at)


def _update(job_id: UUID, values: dict[str, Any], expected: JobStatus, claimed_at: datetime | None = None) -> bool:
    """Change a job only if it still stands as expected, and is still this process's."""
    change = sa.update(Job).where(col(Job.id) == job_id, col(Job.status) == expected.value).values(**values)
    if claimed_at:
        change = change.where(col(Job.claimed_at) == claimed_at)
    with db.beside("jobs") as session:
        changed: int = session.connection().execute(change).rowcount
    return changed == 1
