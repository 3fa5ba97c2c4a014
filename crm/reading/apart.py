"""Containers are opened in a process apart, which may die of one: then the file is refused in a sentence, and nothing else ends."""

import atexit
import json
import logging
import os
import socket
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crm.ground.config import settings
from crm.ground.errors import BusyError, InvalidError
from crm.reading.limits import Limits
from crm.reading.unpacking import Folder

AT_ONCE = 2
_WAITING = 60  # seconds
_GRACE = 5.0  # seconds
_MB = 1_000_000
# As little address space as can be, for that is what is limited.
_LEAN = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}

_log = logging.getLogger(__name__)
_turns = threading.BoundedSemaphore(AT_ONCE)


def opened(path: Path, sheet: str | None, folder: Folder) -> dict[str, Any]:
    """What is in a container, for `wire.Answer`; what was found lies in the folder.

    Raises:
        InvalidError: reading it would take more memory or time than it may, or ended in a fault.
        BusyError: others are being read, and did not end in time.
    """
    limits = limits_for(path.stat().st_size)
    request = {
        "path": str(path.absolute()),
        "name": path.name,
        "sheet": sheet,
        "folder": str(folder.path),
        "limits": asdict(limits),
    }
    if not _turns.acquire(timeout=_WAITING):
        raise BusyError("Other files are being read just now. Try again in a minute.")
    try:
        found = _asked(request, limits.wall_seconds + _GRACE)
    finally:
        _turns.release()
    return _checked(found, path.name, limits)


def limits_for(size: int) -> Limits:
    """Of a file of so many bytes: a larger one may take longer."""
    ours = settings()
    seconds = ours.reading_seconds + size // (2 * _MB)
    return Limits(ours.reading_memory_mb, seconds, ours.unpacked_limit_mb, ours.upload_limit_mb)


def warm() -> None:
    """Have the process ready before the first file comes; this waits for nothing."""
    if hasattr(os, "fork"):
        _process.start()


def _checked(found: dict[str, Any], name: str, limits: Limits) -> dict[str, Any]:
    if "fault" in found:
        _log.error("A reader failed.\n%s", found["fault"])
        raise InvalidError("{name} is damaged or was cut off on its way; fetch it again and try once more.", name=name)
    if not found:
        raise InvalidError(
            "{name} cannot be read within {memory} MB of memory and {seconds} seconds; delete what is not part of the list, "
            "split it, or save it as CSV.",
            name=name,
            memory=limits.memory_mb,
            seconds=limits.seconds,
        )
    return found


def _asked(request: dict[str, Any], seconds: float) -> dict[str, Any]:
    if not hasattr(os, "fork"):
        from crm.reading import process  # noqa: PLC0415 -- the readers are loaded where they read

        return process.answer(process.request_of(request))
    with _process.connected() as ours:
        ours.settimeout(seconds)
        ours.sendall(json.dumps(request).encode() + b"\n")
        said = _whole(ours)
    return json.loads(said) if said else {}


def _whole(ours: socket.socket) -> bytes:
    """Nothing where the other end died, or does not end in time."""
    parts = []
    try:
        while part := ours.recv(1 << 20):
            parts.append(part)
    except OSError:
        return b""
    return b"".join(parts)


class _Process:
    """The one process of ours that forks for each file; started when the first is read, or again after it died."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self) -> None:
        with self._turn:
            self._started()

    def connected(self) -> socket.socket:
        """A socket whose other end a new child holds."""
        ours, theirs = socket.socketpair()
        with theirs, self._turn:
            control = self._started()
            socket.send_fds(control, [b"."], [theirs.fileno()])
        return ours

    def stop(self) -> None:
        with self._turn:
            self._stop()

    def _started(self) -> socket.socket:
        if self._control and self._running and self._running.poll() is None:
            return self._control
        self._stop()
        ours, theirs = socket.socketpair()
        with theirs:
            secret = {name for name in os.environ if name.startswith("CRM_")}
            self._running = subprocess.Popen(  # noqa: S603 -- our own interpreter
                [sys.executable, "-m", "crm.reading.process", str(theirs.fileno())],
                env={name: value for name, value in os.environ.items() if name not in secret} | _LEAN,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        self._control = ours
        return ours

    def _stop(self) -> None:
        if self._control:
            self._control.close()  # it ends by itself when nobody can ask any more
        if self._running:
            self._running.wait()
        self._control = self._running = None


_process = _Process()
atexit.register(_process.stop)
