"""What jobs there are: a room names its function, the worker finds it by that name."""

from collections.abc import Callable
from typing import Any

from crm.jobs.models import Job

# A job says how far it is: the step in words, how much of how much is done.
Progress = Callable[[str, int, int], None]
Work = Callable[[Job, Progress], dict[str, Any] | None]

_known: dict[str, Work] = {}


def job(name: str) -> Callable[[Work], Work]:
    """Register the function that does a job; what it returns is kept as the job's result."""

    def registered(work: Work) -> Work:
        _known[name] = work
        return work

    return registered


def named(name: str) -> Work | None:
    return _known.get(name)
