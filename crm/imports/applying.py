"""Applying a batch: all of it in one transaction, or nothing."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from crm import db, jobs, people
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.ground.errors import ConflictError
from crm.ground.messages import Message
from crm.imports import batches, certificate, holding, outcomes, staging_pool
from crm.imports.certificate import Certificate, certificate_of
from crm.imports.models import Batch
from crm.intake import planning
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.jobs import Job, JobStatus
from crm.people import Person

Progress = Callable[[str, int, int], None]
STEPS = ("Reading", "Matching", "Writing", "Done")


def apply(by: Person, batch_id: UUID, *, progress: Progress | None = None) -> Certificate:
    """Write a batch in one transaction and one change set: all of it is in afterwards, or nothing.

    Raises:
        ConflictError: it was applied already, perhaps by somebody else at the same moment.
    """
    say = progress or (lambda _step, _done, _total: None)
    say(STEPS[0], 0, 3)
    with db.read() as session:
        batch = batches.get(session, by, batch_id)
    with staging_pool.checked(batch):
        pass  # while others write
    # Always in this order, the turn to write, the batch, what is staged of it: who takes them the other way round waits for ever.
    with db.write(by=by, why=Message("Import of {file}", file=batch.file_name), kind="import") as writing:
        batch = batches.staged(writing, by, batch_id)
        holding.check_allowance(writing, by, batch)
        holding.withdraw(writing, by, batch)
        with staging_pool.checked(batch) as staging:
            _write(writing, by, batch, staging, say)
    say(STEPS[3], 3, 3)
    staging_pool.put_away(batch_id)
    with db.read() as session:
        return certificate_of(session, by, batch_id)


def _write(session: WriteSession, by: Person, batch: Batch, staging: Staging, say: Progress) -> None:
    say(STEPS[1], 1, 3)
    planned = outcomes.plan(session, by, batch, staging)
    planning.hold(session, planned)
    outcomes.note(Sql(session), staging, planned.kind, Mapping.of(batch.mapping))
    say(STEPS[2], 2, 3)
    before = certificate.sums_held(Sql(session), planned)
    planning.write(session, planned)
    holding.keep(session, batch)
    certificate.record(session, batch, staging, (before, certificate.sums_held(Sql(session), planned)))


def ask_to_apply(session: WriteSession, by: Person, batch_id: UUID) -> Job:
    """Apply a batch in the background.

    Raises:
        InvalidError: there is a question to be answered first.
        ConflictError: somebody asked for it a moment ago, or it was applied already.
    """
    batch = batches.staged(session, by, batch_id)
    holding.check_allowance(session, by, batch)
    running = jobs.get(session, batch.job_id) if batch.job_id else None
    if running and running.status in (JobStatus.WAITING, JobStatus.RUNNING):
        raise ConflictError("This file is being applied already; its certificate comes in a moment.")
    staging_pool.ask(batch)
    job = jobs.ask(session, "imports.apply", {"batch_id": str(batch_id)}, by)
    batch.job_id = job.id
    return job


@jobs.job("imports.apply")
def _apply_job(job: Job, progress: Progress) -> dict[str, Any]:
    with db.read() as session:
        by = session.get_one(people.Person, job.asked_by)
    return asdict(apply(by, UUID(job.arguments["batch_id"]), progress=progress).counts)
