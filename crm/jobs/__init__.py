"""Work for later: one table, claimed by a conditional update, tried three times."""

from crm.jobs.actions import ask, ask_once, asked, get, recent
from crm.jobs.models import Job, JobStatus
from crm.jobs.register import Progress, job
from crm.jobs.running import revive, run_waiting

__all__ = [
    "Job", "JobStatus", "Progress", "ask", "ask_once", "asked", "get", "job", "recent", "revive", "run_waiting",
]  # fmt: skip
