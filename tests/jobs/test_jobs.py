"""Work for later: done once, tried three times, seen while it runs, picked up after a crash."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from crm import db, jobs, journal, worker
from crm.clients.models import Client
from crm.ground import clock
from crm.ground.errors import BusyError, InvalidError
from crm.jobs import Job, JobStatus, Progress, register, running
from tests.cast import Cast
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(register, "_known", {})
    monkeypatch.setattr(worker, "EVERY_MORNING", [])
    yield
    worker.stop()


def asked(cast: Cast, name: str = "test", **arguments: Any) -> Job:
    with db.write(by=cast.mei) as session:
        return jobs.ask(session, name, arguments, cast.mei)


def now_is(job: Job) -> Job:
    with db.read() as session:
        return jobs.get(session, job.id)


def test_a_job_is_done_once_and_its_result_kept(cast: Cast) -> None:
    @jobs.job("test")
    def work(job: Job, _progress: Progress) -> dict[str, Any]:
        return {"by": str(job.asked_by), **job.arguments}

    job = asked(cast, size=3)

    assert (jobs.run_waiting(), jobs.run_waiting()) == (1, 0)
    after = now_is(job)
    assert (after.status, after.result, after.attempts) == ("done", {"by": str(cast.mei.id), "size": 3}, 1)
    with db.read() as session:
        assert all(change_set.why != "test" for change_set in journal.recent(session))
        assert [j.id for j in jobs.recent(session)] == [job.id]


def test_what_was_not_committed_was_not_asked_for(cast: Cast) -> None:
    jobs.asked.clear()
    with pytest.raises(InvalidError), db.write(by=cast.mei) as session:  # noqa: PT012 -- what is undone is the point
        jobs.ask(session, "test", {}, cast.mei)
        raise InvalidError("No.")

    assert not jobs.asked.is_set()
    assert jobs.run_waiting() == 0
    asked(cast)
    assert jobs.asked.is_set()


def test_progress_is_seen_while_the_jobs_own_write_is_open(cast: Cast) -> None:
    seen = []

    @jobs.job("test")
    def work(job: Job, progress: Progress) -> None:
        with db.write(by=cast.mei, why="slow") as session:
            session.get_one(Client, cast.harbour.id).tier = "VIP5"
            session.flush()
            progress("Writing", 5, 10)
            seen.append(now_is(job))

    job = asked(cast)
    jobs.run_waiting()

    assert [(j.status, j.step, j.done, j.total) for j in seen] == [("running", "Writing", 5, 10)]
    assert now_is(job).status == JobStatus.DONE


def test_a_bug_is_tried_three_times_with_growing_pauses(cast: Cast) -> None:
    @jobs.job("test")
    def work(_job: Job, _progress: Progress) -> None:
        raise ZeroDivisionError

    job, moment, pauses = asked(cast), NOON, []
    for _ in range(4):
        with clock.stopped_at(moment):
            jobs.run_waiting()
        after = now_is(job)
        pauses.append((after.run_after - moment).total_seconds())
        assert jobs.run_waiting() == 0 or after.status == "failed"
        moment = max(moment, after.run_after)

    assert pauses[:2] == [10, 60]
    assert (after.status, after.attempts) == ("failed", 3)
    assert "log" in after.error


@pytest.mark.parametrize(
    ("error", "status"), [(InvalidError("The file is empty."), "failed"), (BusyError("Later."), "waiting")]
)
def test_a_refusal_fails_at_once_and_a_busy_database_is_tried_again(cast: Cast, error: Exception, status: str) -> None:
    @jobs.job("test")
    def work(_job: Job, _progress: Progress) -> None:
        raise error

    job = asked(cast)
    jobs.run_waiting()

    assert (now_is(job).status, now_is(job).error) == (status, str(error))


def test_a_job_nobody_knows_fails_in_words(cast: Cast) -> None:
    job = asked(cast, "unheard.of")
    jobs.run_waiting()

    assert (now_is(job).status, "unheard.of" in now_is(job).error) == ("failed", True)


def test_of_many_who_look_at_once_one_does_the_job(cast: Cast) -> None:
    done = []

    @jobs.job("test")
    def work(job: Job, _progress: Progress) -> None:
        done.append(job.id)

    ids = {asked(cast).id for _ in range(6)}
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: jobs.run_waiting(), range(4)))

    assert (sum(counts), len(done), set(done)) == (6, 6, ids)


def test_a_job_whose_process_died_is_tried_again_and_in_the_end_failed(cast: Cast) -> None:
    job = asked(cast)
    for attempt in (1, 2, 3):
        later = NOON + timedelta(hours=attempt)
        with clock.stopped_at(later):
            assert running._claim(job.id) is not None
            assert running._claim(job.id) is None
            assert jobs.revive() == 0
        with clock.stopped_at(later + timedelta(minutes=31)):
            assert jobs.revive() == 1

    assert (now_is(job).status, "stopped" in now_is(job).error) == ("failed", True)


def test_a_process_taken_for_dead_cannot_end_a_job_that_another_has(cast: Cast) -> None:
    job = asked(cast)
    slow = running._claim(job.id)
    assert slow is not None
    with clock.stopped_at(NOON + timedelta(hours=1)):
        jobs.revive()
    with clock.stopped_at(NOON + timedelta(hours=2)):
        assert running._claim(job.id) is not None

    assert not running._end_of_try(slow, "late", can_retry=False)
    assert now_is(job).status == "running"


def test_the_worker_does_at_once_what_is_asked_and_stops_after_it(cast: Cast) -> None:
    done = threading.Event()

    @jobs.job("test")
    def work(_job: Job, _progress: Progress) -> None:
        done.set()

    worker.start()
    worker.start()
    job = asked(cast)

    assert done.wait(4)  # sooner than a poll
    worker.stop()
    assert now_is(job).status == "done"
    assert all(thread.name != "crm-worker" for thread in threading.enumerate())


def test_every_morning_is_asked_for_once_a_day(cast: Cast) -> None:
    ran = threading.Event()
    worker.EVERY_MORNING.append(("count", ran.set))
    worker.start()  # at noon: the morning is made up for
    assert ran.wait(4)
    worker.stop()

    worker.ask_for_the_morning()
    with db.read() as session:
        assert len(jobs.recent(session, name="morning.count")) == 1
    with clock.stopped_at(NOON + timedelta(days=1)):
        worker.ask_for_the_morning()
    with db.read() as session:
        assert len(jobs.recent(session, name="morning.count")) == 2
