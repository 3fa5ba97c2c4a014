"""A server of our own on loopback, over a demo made in an empty folder, for as long as something is measured."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from crm.ground.errors import CrmError

_RUN = (sys.executable, "-c", "from crm.cli import process; process()")
_START_SECONDS = 60.0


def make_demo(folder: Path) -> None:
    subprocess.run([*_RUN, "demo", "--no-serve"], env=_environment(folder), check=True, stdout=subprocess.DEVNULL)  # noqa: S603


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server over the demo in this folder, from the moment its sign-in page is there."""
    port = _free_port()
    server = subprocess.Popen(  # noqa: S603 -- our own program
        [*_RUN, "demo", "--port", str(port)],
        env=_environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/login", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "CRM_DATA_DIR": str(folder), "CRM_DATABASE_URL": "", "CRM_PUBLIC_URL": ""}


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=2).close()  # noqa: S310 -- loopback
        except (URLError, OSError):
            time.sleep(0.02)
        else:
            return
    raise CrmError("The server that was to be measured did not start.")
