"""The process that opens containers: it has the readers ready, and forks for each file a child that is held to its limits.

Not `multiprocessing`: that runs the program that was started again in every child, which is a page or a command here.
"""

import gc
import json
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

import pyarrow.parquet  # noqa: F401 -- ready before the first file comes

from crm.ground.errors import InvalidError
from crm.reading.containers import Request, opened
from crm.reading.limits import Limits, confine


def serve(control: socket.socket) -> None:
    """Answer each socket that comes over `control`, until whoever started this process is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    gc.collect()
    gc.freeze()
    gc.disable()  # a child is gone before garbage counts, and looking for it takes a fifth of its time
    while True:
        told, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not told:
            return
        asking = socket.socket(fileno=handles[0])
        if not os.fork():
            control.close()
            _serve_one(asking)
        asking.close()


def _serve_one(asking: socket.socket) -> None:
    """In the child, which ends with it, whatever happens: dead without an answer is an answer."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # where libraries write that they give up
        with asking.makefile("rwb") as stream:
            request = request_of(json.loads(stream.readline()))
            confine(request.limits)
            stream.write(json.dumps(answer(request)).encode())
    finally:
        os._exit(0)


def answer(request: Request) -> dict[str, Any]:
    """What is in a file, or the sentence or the fault that it ended with."""
    try:
        return opened(request)
    except InvalidError as error:
        return {"refused": error.message.stored()}
    except MemoryError:
        return {}
    except Exception:  # noqa: BLE001 -- a bug of a reader is told to the log of whoever asked
        return {"fault": traceback.format_exc(limit=-5)}


def request_of(told: dict[str, Any]) -> Request:
    return Request(Path(told["path"]), told["name"], told["sheet"], Path(told["folder"]), Limits(**told["limits"]))


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
