"""Which jobs run when asked and which run every morning."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from crm import db, jobs
from crm.ground import clock
from crm.ground.errors import ConflictError, CrmError

POLL_SECONDS = 5.0
MORNING_HOUR = 4  # in the exchange's zone: the day before has closed, the desk has not begun

# (name, function) pairs; each is done once a day by whichever process is first, and made up for after a night off.
EVERY_MORNING: list[tuple[str, Callable[[], object]]] = []

_log = logging.getLogger(__name__)


class _Worker:
    """One thread that does what was asked for, and a clock for the mornings."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="crm-worker", daemon=True)
        self._clock = BackgroundScheduler(timezone=clock.exchange_zone())
        self._clock.add_job(ask_for_the_morning, "cron", hour=MORNING_HOUR, misfire_grace_time=None, coalesce=True)

    def start(self) -> None:
        self._thread.start()
        self._clock.start()

    def stop(self) -> None:
        self._stopping.set()
        jobs.asked.set()
        self._clock.shutdown(wait=True)
        self._thread.join()

    def _work(self) -> None:
        self._try(lambda: jobs.revive(all_running=db.is_duckdb()))
        self._try(make_up_for_the_morning)
        while not self._stopping.is_set():
            jobs.asked.clear()
            self._try(jobs.run_waiting)
            if not self._stopping.is_set():
                jobs.asked.wait(POLL_SECONDS)
            self._try(jobs.revive)

    def _try(self, step: Callable[[], object]) -> None:
        """A database that does not answer now may answer at the next poll."""
        try:
            step()
        except CrmError as error:
            _log.warning("The worker could not go on: %s", error)
        except Exception:  # noqa: BLE001 -- without this thread nothing asked for would ever be done
            _log.exception("The worker stumbled.")


_running: list[_Worker] = []


def start() -> None:
    """Begin to look for waiting jobs; a second call does nothing."""
    if _running:
        return
    for name, function in EVERY_MORNING:
        jobs.job(f"morning.{name}")(_as_job(function))
    _running.append(_Worker())
    _running[0].start()


def stop() -> None:
    """Finish the job that runs and end; it blocks, so the server calls it in a thread."""
    while _running:
        _running.pop().stop()


def _as_job(function: Callable[[], object]) -> Callable[[jobs.Job, jobs.Progress], dict[str, Any]]:
    def work(_job: jobs.Job, _progress: jobs.Progress) -> dict[str, Any]:
        said = function()
        return {"said": str(said)} if said is not None else {}

    return work


def ask_for_the_morning() -> None:
    """Ask for everything that runs once a day, unless another process did."""
    for name, _ in EVERY_MORNING:
        try:
            with db.beside("jobs") as session:
                jobs.ask_once(session, f"morning.{name}", clock.exchange_today().isoformat())
        except ConflictError:
            _log.info("Another process does %s this morning.", name)


def make_up_for_the_morning() -> None:
    """The machine was off at the hour: do it now."""
    if clock.now().astimezone(clock.exchange_zone()).hour >= MORNING_HOUR:
        ask_for_the_morning()
