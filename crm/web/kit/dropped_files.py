"""Files that were dropped on a page lie on disk, not in memory: of each open page the last one."""

import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import cast
from uuid import uuid4

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile

_MOST = 20  # open pages; the oldest file goes first, and has to be dropped again

_lock = threading.Lock()
_folders: list["tempfile.TemporaryDirectory[str]"] = []
_places: OrderedDict[str, tuple[str, Path]] = OrderedDict()  # by session: its file and where it lies


def put_away(session_id: str, file_id: str) -> None:
    """Write what a browser just sent to disk, and leave nothing of it in memory."""
    if runtime.exists():
        ours = runtime.get_instance()
        forget(lambda one: not ours.is_active_session(one))
        move(cast("MemoryUploadedFileManager", ours.uploaded_file_mgr), session_id, file_id)


def move(manager: MemoryUploadedFileManager, session_id: str, file_id: str) -> None:
    for sent in manager.get_files(session_id, [file_id]):
        place = _folder() / uuid4().hex
        place.write_bytes(sent.data)
        manager.add_file(session_id, sent._replace(data=b""))
        _remember(session_id, file_id, place)


def forget(is_gone: Callable[[str], bool]) -> None:
    """Remove what was dropped on pages that nobody has open any more."""
    with _lock:
        gone = [_places.pop(session_id)[1] for session_id in list(_places) if is_gone(session_id)]
    for place in gone:
        place.unlink(missing_ok=True)


def stop() -> None:
    """Leave nothing behind."""
    with _lock:
        _places.clear()
        while _folders:
            _folders.pop().cleanup()


def content_of(file: UploadedFile) -> bytes | Path:
    """Where a dropped file lies; its bytes where no browser sent it."""
    with _lock:
        found = next((place for file_id, place in _places.values() if file_id == file.file_id), None)
    return found if found and found.exists() else file.getvalue()


def _remember(session_id: str, file_id: str, place: Path) -> None:
    with _lock:
        before = _places.pop(session_id, None)
        _places[session_id] = (file_id, place)
        gone = [before] if before else []
        while len(_places) > _MOST:
            gone.append(_places.popitem(last=False)[1])
    for _, old in gone:
        old.unlink(missing_ok=True)


def _folder() -> Path:
    with _lock:
        if not _folders:
            _folders.append(tempfile.TemporaryDirectory(prefix="crm-dropped-"))
        return Path(_folders[0].name)
