"""Files that were dropped on a page lie on disk, of each page the last one."""

from pathlib import Path

from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from crm.web.kit import dropped_files


def dropped(manager: MemoryUploadedFileManager, session_id: str, file_id: str, content: bytes) -> UploadedFile:
    manager.add_file(session_id, UploadedFileRec(file_id, "list.csv", "text/csv", content))
    dropped_files.move(manager, session_id, file_id)
    [kept] = manager.get_files(session_id, [file_id])
    return UploadedFile(kept, FileURLs())


def test_what_a_browser_sent_is_on_disk_and_no_longer_in_memory() -> None:
    manager = MemoryUploadedFileManager("/upload")

    file = dropped(manager, "mei", "first", b"uid\n1\n")

    place = dropped_files.content_of(file)
    assert isinstance(place, Path)
    assert place.read_bytes() == b"uid\n1\n"
    assert file.getvalue() == b""


def test_the_next_file_of_a_page_takes_the_place_of_the_one_before() -> None:
    manager = MemoryUploadedFileManager("/upload")
    before = dropped_files.content_of(dropped(manager, "mei", "first", b"uid\n1\n"))
    theirs = dropped_files.content_of(dropped(manager, "tomas", "other", b"uid\n3\n"))

    now = dropped_files.content_of(dropped(manager, "mei", "second", b"uid\n2\n"))

    assert [isinstance(one, Path) and one.exists() for one in (before, theirs, now)] == [False, True, True]


def test_a_file_that_no_browser_sent_is_read_from_memory() -> None:
    file = UploadedFile(UploadedFileRec("unknown", "list.csv", "text/csv", b"uid\n1\n"), FileURLs())

    assert dropped_files.content_of(file) == b"uid\n1\n"


def test_what_was_dropped_on_a_page_goes_with_the_page() -> None:
    manager = MemoryUploadedFileManager("/upload")
    closed = dropped_files.content_of(dropped(manager, "closed", "one", b"uid\n1\n"))
    still_open = dropped_files.content_of(dropped(manager, "open", "two", b"uid\n2\n"))

    dropped_files.forget(lambda session_id: session_id == "closed")

    assert [isinstance(one, Path) and one.exists() for one in (closed, still_open)] == [False, True]
