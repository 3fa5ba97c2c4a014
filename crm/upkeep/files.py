"""Writing a file so that it is either whole under its name, or not there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm.ground.errors import CrmError, InvalidError
from crm.upkeep import places


@contextmanager
def made_whole(path: Path) -> Iterator[Path]:
    """A place beside `path` to write to; moved there at the end, removed if anything went wrong.

    Raises:
        InvalidError: there is something under that name already.
        CrmError: the place cannot be written to, or is full.
    """
    if path.exists():
        raise InvalidError("{path} is there already; choose another name.", path=path)
    places.make_folder(path.parent)
    making = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield making
        settle(making)
        making.rename(path)
        settle(path.parent)
    except OSError as error:
        raise CrmError("{path} could not be written ({what}).", path=path, what=error.strerror or error) from error
    finally:
        making.unlink(missing_ok=True)
        making.with_name(making.name + ".wal").unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Wait until the disk has it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_room(path: Path, needed: int) -> None:
    """Refuse before half of it is written."""
    free = shutil.disk_usage(places.make_folder(path.parent)).free
    if free < needed:
        raise CrmError(
            "{parent} has {free} MB free, and {needed} MB are needed.",
            parent=path.parent,
            free=free // 1000000,
            needed=needed // 1000000,
        )
