"""What the reading of one container may take, and how the process that reads it is held to that."""

import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_MB = 1_000_000
# Time on the clock beside time of the processor: a busy machine gives a process only a part of each second.
_WAITING = 1.5


@dataclass(frozen=True)
class Limits:
    """`memory_mb`: beyond what the readers themselves take; `text_mb`: of all cells together; `seconds`: of the processor."""

    memory_mb: int
    seconds: int
    unpacked_mb: int
    text_mb: int

    @property
    def wall_seconds(self) -> float:
        return self.seconds * _WAITING


def confine(limits: Limits) -> None:
    """Hold this process to its limits for the rest of its life; what goes beyond ends it, not the machine."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- not there on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.unpacked_mb * _MB, limits.unpacked_mb * _MB))
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds)
    if sys.platform == "linux":
        most = _address_space() + limits.memory_mb * _MB
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        with suppress(OSError):  # where the machine itself runs out of memory, this process goes first
            Path("/proc/self/oom_score_adj").write_text("1000")


def missing() -> str:
    """What this system does not hold such a process to; "" where it does all."""
    if sys.platform == "linux":
        return ""
    return "memory" if hasattr(os, "fork") else "memory, processor and time"


def _address_space() -> int:
    """Bytes."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
